"""What editors did to the words of the search: only staff read it."""

from django.utils.translation import gettext_lazy

from knowledge.search_events import SearchTermEvent
from ledger.timeline import sentence

sentence(SearchTermEvent.ADDED, public=None, staff=gettext_lazy("Words of the search were joined"))
sentence(
    SearchTermEvent.CHANGED,
    public=None,
    staff=gettext_lazy("A group of words of the search was changed"),
)
sentence(
    SearchTermEvent.REMOVED,
    public=None,
    staff=gettext_lazy("A group of words of the search was taken apart"),
)
