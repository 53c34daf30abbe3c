"""Asking for help, one question at a time."""

from django.urls import path

from assistance.views.intake import check, confirm, papers, resume, start, steps, suggesting

app_name = "request"
urlpatterns = [
    path("", start.start, name="start"),
    path("begin/", start.begin, name="begin"),
    path("go-on/", start.go_on, name="go_on"),
    path("discard/", start.discard, name="discard"),
    path("leave/", resume.leave, name="leave"),
    path("resume/<uuid:draft>/<str:secret>/", resume.resume, name="resume"),
    path("suggest/", suggesting.hint, name="suggest"),
    path("upload/<slug:paper>/", papers.upload, name="upload"),
    path("files/<uuid:pk>/remove/", papers.remove_file, name="remove_file"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("confirm/again/", confirm.send_again, name="send_code"),
    path("check/", check.check, name="check"),
    path("done/<str:reference>/", check.done, name="done"),
    path("<slug:step>/", steps.step, name="step"),
    path("<slug:step>/save/", steps.autosave, name="autosave"),
]
