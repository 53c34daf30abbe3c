"""Who may act for an enterprise."""

from django.urls import path

from assistance.views.mandates import link, principal

app_name = "mandates"

urlpatterns = [
    path("", principal.index, name="list"),
    path("<int:mandate_id>/", principal.show, name="show"),
    path("<int:mandate_id>/confirm/", principal.confirm, name="confirm"),
    path("<int:mandate_id>/refuse/", principal.refuse, name="refuse"),
    path("<int:mandate_id>/withdraw/", principal.withdraw, name="withdraw"),
    path("link/<str:secret>/", link.show, name="link"),
    path("link/<str:secret>/papers/<uuid:pk>/", link.paper, name="link_paper"),
    path("link/<str:secret>/confirm/", link.confirm, name="link_confirm"),
    path("link/<str:secret>/refuse/", link.refuse, name="link_refuse"),
    path("link/<str:secret>/withdraw/", link.withdraw, name="link_withdraw"),
]
