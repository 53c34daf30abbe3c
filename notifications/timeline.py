"""How the post room's own acts read in the record. They concern staff and the person alone."""

from django.utils.translation import gettext_lazy as _

from ledger.timeline import sentence
from notifications.events import PostEvent

sentence(PostEvent.MESSAGE_RESENT, public=None, staff=_("A notification was sent again."))
sentence(
    PostEvent.ALL_FAILED_RESENT,
    public=None,
    staff=_("All notifications that had failed were sent again."),
)
sentence(
    PostEvent.TEXTS_FORGOTTEN,
    public=None,
    staff=_("Texts and addresses of old e-mails were removed."),
)
sentence(PostEvent.ADDRESS_SUPPRESSED, public=None, staff=_("An e-mail address was held back."))
sentence(PostEvent.ADDRESS_RELEASED, public=None, staff=_("An e-mail address was released."))
sentence(
    PostEvent.PREFERENCES_CHANGED,
    public=None,
    staff=_("The choice of notifications was changed."),
)
