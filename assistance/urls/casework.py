"""What staff do with one case; part of the desk's namespace."""

from django.urls import path

from assistance.views.casework import (
    coordinating,
    history,
    known,
    needs,
    number,
    page,
    papers,
    placing,
    referral,
    resolution,
    triage,
    words,
)

urlpatterns = [
    path("<str:reference>/", page.case, name="case"),
    path("<str:reference>/audit/", history.audit, name="audit"),
    path("<str:reference>/known/", known.known, name="known"),
    path("<str:reference>/enterprise/", history.enterprise, name="enterprise"),
    path("<str:reference>/coordinate/<slug:code>/", coordinating.coordinate, name="coordinate"),
    path("<str:reference>/routing/", placing.why, name="routing"),
    path("<str:reference>/number/", number.correct, name="number"),
    path("<str:reference>/split/", triage.split, name="split"),
    path("<str:reference>/lead/", triage.lead, name="lead"),
    path("<str:reference>/decline/", triage.decline, name="decline"),
    path("<str:reference>/compare/", triage.compare, name="compare"),
    path("<str:reference>/keep-apart/", triage.keep_apart, name="keep_apart"),
    path("<str:reference>/message/", words.message, name="message"),
    path("<str:reference>/note/", words.note, name="note"),
    path("<str:reference>/ask/", words.ask, name="ask"),
    path("<str:reference>/files/<uuid:pk>/remove/", papers.remove, name="remove_file"),
    path(
        "<str:reference>/questions/<int:question_id>/cancel/",
        words.cancel_question,
        name="cancel_question",
    ),
    path("<str:reference>/refer/", referral.refer, name="refer"),
    path(
        "<str:reference>/referrals/<int:referral_id>/recall/",
        referral.recall,
        name="referral_recall",
    ),
    path(
        "<str:reference>/referrals/<int:referral_id>/link/",
        referral.send_link,
        name="referral_link",
    ),
    path(
        "<str:reference>/referrals/<int:referral_id>/take-up/",
        referral.take_up,
        name="referral_take_up",
    ),
    path("<str:reference>/answer/", resolution.answer, name="answer"),
    path("<str:reference>/needs/<int:need_id>/offer/", needs.offer, name="need_offer"),
    path("<str:reference>/needs/<int:need_id>/accept/", needs.accept, name="need_accept"),
    path("<str:reference>/needs/<int:need_id>/decline/", needs.decline, name="need_decline"),
    path("<str:reference>/needs/<int:need_id>/start/", needs.start, name="need_start"),
    path("<str:reference>/needs/<int:need_id>/transfer/", needs.transfer, name="need_transfer"),
    path("<str:reference>/needs/<int:need_id>/answer/", needs.answer, name="need_answer"),
    path("<str:reference>/needs/<int:need_id>/drop/", needs.drop, name="need_drop"),
    path("<str:reference>/needs/<int:need_id>/reopen/", needs.reopen, name="need_reopen"),
]
