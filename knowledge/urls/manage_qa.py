"""Where questions and answers are written, approved and kept up to date."""

from django.urls import path

from knowledge.views import manage_laws, manage_qa, manage_qa_acts

app_name = "manage_qa"
urlpatterns = [
    path("", manage_qa.index, name="index"),
    path("add/", manage_qa.add, name="add"),
    path("laws/", manage_laws.index, name="laws"),
    path("laws/add/", manage_laws.add, name="law_add"),
    path("laws/<int:law_id>/", manage_laws.law, name="law"),
    path("<slug:slug>/", manage_qa.question, name="question"),
    path("<slug:slug>/edit/", manage_qa.edit, name="edit"),
    path("<slug:slug>/preview/", manage_qa.preview, name="preview"),
    path("<slug:slug>/compare/", manage_qa.compare, name="compare"),
    path("<slug:slug>/send/", manage_qa_acts.send, name="send"),
    path("<slug:slug>/give-back/", manage_qa_acts.give_back, name="give_back"),
    path("<slug:slug>/approve/", manage_qa_acts.approve, name="approve"),
    path("<slug:slug>/confirm/", manage_qa_acts.confirm, name="confirm"),
    path("<slug:slug>/retire/", manage_qa_acts.retire, name="retire"),
]
