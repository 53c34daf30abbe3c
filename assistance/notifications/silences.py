"""Events of which nobody is told on purpose, each with its reason."""

from assistance.events import (
    CaseEvent,
    CatalogueEvent,
    DeskEvent,
    NeedEvent,
    RoutingEvent,
    TemplateEvent,
)
from notifications.registry import silence

silence(CaseEvent.SPLIT, because="each need's own offer is told to the agency it goes to")
silence(CaseEvent.NOTE_ADDED, because="notes are read on the case page by those who work on it")
silence(CaseEvent.FILE_ADDED, because="the answer or message that comes with the file is told")
silence(CaseEvent.RATED, because="ratings are read in the figures, not one by one")
silence(CaseEvent.COORDINATION_SOUGHT, because="those who are asked hear it in their own case")
silence(CaseEvent.FOUND_DISTINCT, because="the suspicion was among staff; nothing changes for her")
silence(
    CaseEvent.QA_DRAFTED,
    because="an editor's own act; the case page and the draft name each other",
)
silence(NeedEvent.STARTED, because="the SME has heard that the agency took the need on")
silence(NeedEvent.WITHDRAWN, because="the act that dropped it is told: answer, withdrawal, merge")
for _event in (*CatalogueEvent, *DeskEvent, *RoutingEvent, *TemplateEvent):
    silence(_event, because="an administrator's or officer's own act on settings, kept on record")
