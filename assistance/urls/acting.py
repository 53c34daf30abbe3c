"""Filing for enterprises under mandates."""

from django.urls import path

from assistance.views.cases import acts, pages
from assistance.views.cases.door import through
from assistance.views.mandates import cases, filer

app_name = "acting"

reading = through(cases.filers_door)
writing = through(cases.writers_door)

urlpatterns = [
    path("", filer.index, name="list"),
    path("new/", filer.new, name="new"),
    path("<int:mandate_id>/", filer.show, name="mandate"),
    path("<int:mandate_id>/request/", filer.request_page, name="request"),
    path("<int:mandate_id>/ask/", filer.ask, name="ask"),
    path("<int:mandate_id>/lay-down/", filer.lay_down, name="lay_down"),
    path("cases/<str:reference>/", reading(cases.case), name="detail"),
    path("cases/<str:reference>/print/", reading(pages.print_page), name="print"),
    path("cases/<str:reference>/message/", writing(acts.message), name="message"),
    path("cases/<str:reference>/answer/<int:question_id>/", writing(acts.answer), name="answer"),
    path("cases/<str:reference>/upload/", writing(acts.upload), name="upload"),
]
