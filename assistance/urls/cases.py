"""The applicant's pages. Guests walk through the same acts under `track:`."""

from django.urls import path

from assistance.views import consents, stated
from assistance.views.cases import acts, pages, papers, referral
from assistance.views.cases.door import owners_door, through
from assistance.views.mandates import principal

app_name = "cases"

mine = through(owners_door)

urlpatterns = [
    path("", pages.index, name="list"),
    path("calls/<int:stated_id>/", stated.answer, name="stated"),
    path("calls/<int:stated_id>/deny/", stated.deny, name="stated_deny"),
    path("<str:reference>/", mine(pages.detail), name="detail"),
    path("<str:reference>/readers/", mine(pages.readers), name="readers"),
    path("<str:reference>/print/", mine(pages.print_page), name="print"),
    path("<str:reference>/message/", mine(acts.message), name="message"),
    path("<str:reference>/answer/<int:question_id>/", mine(acts.answer), name="answer"),
    path("<str:reference>/upload/", mine(acts.upload), name="upload"),
    path("<str:reference>/files/<uuid:pk>/remove/", mine(papers.remove), name="remove_file"),
    path("<str:reference>/withdraw/", mine(acts.withdraw), name="withdraw"),
    path("<str:reference>/reopen/", mine(acts.reopen), name="reopen"),
    path("<str:reference>/rate/", mine(acts.rate), name="rate"),
    path("<str:reference>/referrals/<int:referral_id>/", mine(referral.page), name="referral"),
    path(
        "<str:reference>/referrals/<int:referral_id>/refuse/",
        mine(referral.refuse),
        name="referral_refuse",
    ),
    path(
        "<str:reference>/referrals/<int:referral_id>/stop/",
        mine(referral.stop),
        name="referral_stop",
    ),
    path("<str:reference>/filed-by/", mine(principal.filed_by), name="filed_by"),
    path("<str:reference>/consents/", mine(consents.show), name="consents"),
    path("<str:reference>/consents/withdraw/", mine(consents.withdraw), name="consent_withdraw"),
]
