"""Where announcements are written and approved."""

from django.urls import path

from knowledge.views.manage_news import listing, page, reviewing, writing

app_name = "manage_news"
urlpatterns = [
    path("", listing.index, name="list"),
    path("write/", writing.write, name="write"),
    path("<slug:slug>/", page.page, name="page"),
    path("<slug:slug>/edit/", writing.edit, name="edit"),
    path("<slug:slug>/amend/", writing.amend, name="amend"),
    path("<slug:slug>/drop/", writing.drop, name="drop"),
    path("<slug:slug>/files/", writing.add_file, name="add_file"),
    path("<slug:slug>/files/<uuid:pk>/remove/", writing.remove_file, name="remove_file"),
    path("<slug:slug>/submit/", reviewing.submit, name="submit"),
    path("<slug:slug>/take-back/", reviewing.take_back, name="take_back"),
    path("<slug:slug>/approve/", reviewing.approve, name="approve"),
    path("<slug:slug>/send-back/", reviewing.send_back, name="send_back"),
    path("<slug:slug>/withdraw/", reviewing.withdraw, name="withdraw"),
    path("<slug:slug>/versions/<int:number>/", page.version, name="version"),
]
