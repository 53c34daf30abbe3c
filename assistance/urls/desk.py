from django.urls import path

from assistance.urls import casework
from assistance.views import caller
from assistance.views.desk import (
    acts,
    bulk,
    bulk_asking,
    bulk_merging,
    export,
    filters,
    handing_over,
    known_answers,
    look,
    queue,
    records,
    undo,
)

app_name = "desk"
urlpatterns = [
    path("", queue.show, name="queue"),
    path("new/", caller.new, name="new"),
    path("search/", look.search, name="search"),
    path("export.csv", export.csv_file, name="export"),
    path("load/", look.load, name="load"),
    path("records/", records.show, name="records"),
    path("records/export.csv", records.csv_file, name="records_export"),
    path("views/", filters.views, name="views"),
    path("views/save/", filters.save, name="save_filter"),
    path("views/<int:filter_id>/rename/", filters.rename, name="rename_filter"),
    path("views/<int:filter_id>/remove/", filters.remove, name="remove_filter"),
    path("bulk/", bulk.choose, name="bulk"),
    path("bulk/assign/", bulk.assign, name="bulk_assign"),
    path("bulk/claim/", bulk.claim, name="bulk_claim"),
    path("bulk/ask/", bulk_asking.ask, name="bulk_ask"),
    path("bulk/merge/", bulk_merging.merge, name="bulk_merge"),
    path("bulk/undo/", undo.undo_assign, name="undo_assign"),
    path("bulk/hand-over/", handing_over.hand_over, name="hand_over"),
    path("laws/<int:law_id>/", known_answers.law, name="law"),
    path("answers/<slug:slug>/", known_answers.question, name="question"),
    path("<str:reference>/peek/", look.peek, name="peek"),
    path("<str:reference>/presence/", look.presence_of, name="presence"),
    path("<str:reference>/claim/", acts.claim, name="claim"),
    path("<str:reference>/assign/", acts.assign, name="assign"),
    *casework.urlpatterns,
]
