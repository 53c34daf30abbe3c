"""The workspace of the service network's partners and volunteers, and their links by e-mail."""

from django.urls import path

from assistance.views.partner import figures, inbox, link, referral

app_name = "partner"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("figures/", figures.show, name="figures"),
    path("referrals/<int:referral_id>/", referral.page, name="referral"),
    path("referrals/<int:referral_id>/accept/", referral.accept, name="accept"),
    path("referrals/<int:referral_id>/decline/", referral.decline, name="decline"),
    path("referrals/<int:referral_id>/report/", referral.report, name="report"),
    path("referrals/<int:referral_id>/complete/", referral.complete, name="complete"),
    path("link/<str:secret>/", link.show, name="link"),
    path("link/<str:secret>/accept/", link.accept, name="link_accept"),
    path("link/<str:secret>/decline/", link.decline, name="link_decline"),
    path("link/<str:secret>/complete/", link.complete, name="link_complete"),
]
