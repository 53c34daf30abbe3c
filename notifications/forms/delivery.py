"""Why an address is held back."""

from django.utils.translation import gettext_lazy as _

from foundation.forms import LineField, PortalForm


class HoldBackForm(PortalForm):
    """The reason is shown to administrators beside the address."""

    reason = LineField(
        max_length=200,
        label=_("Why is nothing to be sent to this address?"),
        help_text=_("For example: the server says that this mailbox does not exist."),
        error_messages={"required": _("Write the reason.")},
    )
