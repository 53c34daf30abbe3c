"""What staff and administrators did to settings: only staff read it."""

from django.utils.translation import gettext_lazy

from assistance.events import CatalogueEvent, DeskEvent, RoutingEvent, TemplateEvent
from ledger.timeline import sentence

sentence(
    CatalogueEvent.EDITION_WITHDRAWN,
    public=None,
    staff=gettext_lazy("A coming edition of a system was withdrawn"),
)
sentence(
    CatalogueEvent.AGENCIES_ASSIGNED,
    public=None,
    staff=gettext_lazy("The agencies of a system were changed"),
)
sentence(
    CatalogueEvent.DAY_NAMED,
    public=None,
    staff=gettext_lazy("A day was named in the working calendar"),
)
sentence(
    CatalogueEvent.DAY_UNNAMED,
    public=None,
    staff=gettext_lazy("A day was taken out of the working calendar"),
)
sentence(
    CatalogueEvent.CALENDAR_IMPORTED,
    public=None,
    staff=gettext_lazy("The official working calendar was imported"),
)
sentence(DeskEvent.FILTER_SAVED, public=None, staff=gettext_lazy("A filter was saved"))
sentence(DeskEvent.FILTER_RENAMED, public=None, staff=gettext_lazy("A filter was renamed"))
sentence(DeskEvent.FILTER_REMOVED, public=None, staff=gettext_lazy("A filter was removed"))
sentence(DeskEvent.LIST_EXPORTED, public=None, staff=gettext_lazy("A list was downloaded"))
sentence(
    DeskEvent.RECORDS_EXPORTED,
    public=None,
    staff=gettext_lazy("Part of the audit record was downloaded"),
)
sentence(TemplateEvent.ADDED, public=None, staff=gettext_lazy("A reply template was added"))
sentence(TemplateEvent.CHANGED, public=None, staff=gettext_lazy("A reply template was changed"))
sentence(TemplateEvent.RETIRED, public=None, staff=gettext_lazy("A reply template was retired"))
sentence(
    TemplateEvent.RESTORED,
    public=None,
    staff=gettext_lazy("A reply template was put back in use"),
)
sentence(RoutingEvent.DRAFTED, public=None, staff=gettext_lazy("A routing rule was drafted"))
sentence(
    RoutingEvent.DISCARDED,
    public=None,
    staff=gettext_lazy("The draft of a routing rule was discarded"),
)
sentence(RoutingEvent.TURNED_ON, public=None, staff=gettext_lazy("A routing rule was turned on"))
sentence(RoutingEvent.ENDED, public=None, staff=gettext_lazy("A routing rule was ended"))
