"""Finding an enterprise in dispute, and saying why a person is removed from it."""

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import BusinessNumberField
from foundation.forms import PortalForm, ProseField


class EnterpriseSearchForm(PortalForm):
    business_number = BusinessNumberField(help_text=_("Eight digits"))


class RemovalForm(PortalForm):
    reason = ProseField(
        max_length=1000,
        rows=4,
        label=_("Reason"),
        help_text=_("The removed person reads it. Say what was checked and what they can do."),
        error_messages={"required": _("Write the reason.")},
    )
