"""Following a case by number and code: the applicant's pages for a guest, and taking it home."""

from django.urls import path

from assistance.views import claim, consents, track
from assistance.views.cases import acts, pages, papers, referral
from assistance.views.mandates import principal
from assistance.views.track import as_guest

app_name = "track"
urlpatterns = [
    path("", track.lookup, name="lookup"),
    path("code/", track.code, name="code"),
    path("code/again/", track.send_again, name="send_code"),
    path("leave/", track.leave, name="leave"),
    path("<str:reference>/", as_guest(pages.detail), name="detail"),
    path("<str:reference>/claim/", claim.claim, name="claim"),
    path("<str:reference>/readers/", as_guest(pages.readers), name="readers"),
    path("<str:reference>/print/", as_guest(pages.print_page), name="print"),
    path("<str:reference>/message/", as_guest(acts.message), name="message"),
    path("<str:reference>/answer/<int:question_id>/", as_guest(acts.answer), name="answer"),
    path("<str:reference>/upload/", as_guest(acts.upload), name="upload"),
    path("<str:reference>/files/<uuid:pk>/remove/", as_guest(papers.remove), name="remove_file"),
    path("<str:reference>/withdraw/", as_guest(acts.withdraw), name="withdraw"),
    path("<str:reference>/reopen/", as_guest(acts.reopen), name="reopen"),
    path("<str:reference>/rate/", as_guest(acts.rate), name="rate"),
    path("<str:reference>/referrals/<int:referral_id>/", as_guest(referral.page), name="referral"),
    path(
        "<str:reference>/referrals/<int:referral_id>/refuse/",
        as_guest(referral.refuse),
        name="referral_refuse",
    ),
    path(
        "<str:reference>/referrals/<int:referral_id>/stop/",
        as_guest(referral.stop),
        name="referral_stop",
    ),
    path("<str:reference>/filed-by/", as_guest(principal.filed_by), name="filed_by"),
    path("<str:reference>/consents/", as_guest(consents.show), name="consents"),
    path(
        "<str:reference>/consents/withdraw/",
        as_guest(consents.withdraw),
        name="consent_withdraw",
    ),
]
