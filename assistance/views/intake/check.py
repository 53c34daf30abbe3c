"""The last page: every answer with a way to change it, what she agrees to, then the case."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.reference import county_name, industry_name
from assistance.asking import Asking, Group
from assistance.forms.intake import SubmitForm
from assistance.models import Case, Draft
from assistance.next_steps import next_steps
from assistance.routing import suggest
from assistance.services import intake
from assistance.services.errors import DraftAlreadySubmittedError, DraftGoneError
from assistance.views.intake.in_hand import draft_in_hand, drop_cookie, guest_draft, submitter
from assistance.views.intake.papers import papers_of
from assistance.views.intake.reading import Reading, step_url
from assistance.views.limits import within_limit
from assistance.views.track import grant, granted_case, is_granted
from foundation.errors import DomainError
from foundation.htmx import redirect, render
from foundation.languages import pick

Row = dict[str, Any]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show all answers; send the request when she agrees."""
    reading = Reading(request, draft_in_hand(request))
    if request.method == "POST":
        return _submit(request, reading)
    if reading.draft is None:
        return redirect(request, step_url("start"))
    if reading.gap is not None:
        return redirect(request, f"{step_url(reading.gap)}")
    return _show(reading, SubmitForm(label_suffix=""))


def _submit(request: HttpRequest, reading: Reading) -> HttpResponse:
    form = SubmitForm(request.POST, label_suffix="")
    if reading.draft is None or reading.draft.submitted_case_id:
        return _sent_before(request)
    if reading.gap is not None:
        messages.error(request, _("Something is still missing. Please answer this first."))
        return redirect(request, step_url(reading.gap))
    if not form.is_valid():
        return _show(reading, form, status=422)
    if not within_limit(request, "submit"):
        messages.error(request, _("Many requests came from here. Wait an hour, please."))
        return _show(reading, form, status=429)
    try:
        case = _send(reading, reading.draft, form)
    except (DraftAlreadySubmittedError, DraftGoneError):
        return _sent_before(request)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _show(reading, form, status=409)
    return _arrive(request, case)


def _send(reading: Reading, draft: Draft, form: SubmitForm) -> Case:
    user = reading.request.user
    asking = reading.asking()
    return intake.submit(
        key=form.cleaned_data["idempotency_key"],
        by=submitter(reading.request, draft.pk),
        asking=Asking(**{**vars(asking), "consents": form.consents()}),
        draft_id=draft.pk,
        applicant_id=user.pk if user.is_authenticated else None,
    )


def _arrive(request: HttpRequest, case: Case) -> HttpResponse:
    if not request.user.is_authenticated:
        grant(request, case)
        request.session["sent_draft"] = case.reference
    return redirect(request, "request:done", reference=case.reference)


def _sent_before(request: HttpRequest) -> HttpResponse:
    """The same form sent again leads to the case it made."""
    reference = request.session.get("sent_draft", "")
    if request.user.is_authenticated:
        newest = Case.objects.of_applicant(request.user).filter(applicant=request.user)
        reference = newest.order_by("-pk").values_list("reference", flat=True).first() or ""
    if reference:
        return redirect(request, "request:done", reference=reference)
    messages.info(request, _("There is no unfinished request here. Begin a new one."))
    return redirect(request, step_url("start"))


def _show(reading: Reading, form: SubmitForm, status: int = 200) -> HttpResponse:
    asking = reading.asking()
    before = _seen_duplicate(reading, asking)
    context = {
        "form": form,
        "draft": reading.draft,
        "groups": _groups(reading, asking),
        "duplicate": before,
        "duplicate_url": _case_url(reading, before) if before else "",
        "stepper": reading.stepper("contact"),
        "back_url": step_url("contact"),
        "is_wrong": status == 422,
    }
    return render(reading.request, "assistance/intake/check.html", context, status=status)


def _seen_duplicate(reading: Reading, asking: Asking) -> Case | None:
    """An open case about the same, if she may know of it: by account, or by the same address."""
    codes = list(asking.system_codes)
    if not codes:
        codes = [one.system_code for one in suggest(intake.facts_of(asking))[:1]]
    found = intake.open_duplicates(asking, codes)
    if reading.request.user.is_authenticated:
        return found.visible_to(reading.request.user).first()
    return found.filter(contact_email=asking.contact_email).first()


def _case_url(reading: Reading, case: Case) -> str:
    if reading.request.user.is_authenticated:
        return reverse("cases:detail", args=[case.reference])
    return reverse("track:lookup") + f"?number={case.reference}"


def _groups(reading: Reading, asking: Asking) -> list[tuple[str, list[Row]]]:
    return [
        (str(Group.PROBLEM.label), _problem_rows(reading, asking)),
        (str(Group.SYSTEM.label), [_row(_("Kind of help"), _systems(reading, asking), "system")]),
        (str(Group.ENTERPRISE.label), _business_rows(reading, asking)),
        (str(Group.PAPERS.label), _paper_rows(reading)),
        (str(Group.CONTACT.label), _contact_rows(asking)),
    ]


def _row(label: str, value: str, step: str) -> Row:
    return {"label": label, "value": value, "url": f"{step_url(step)}?back=check"}


def _problem_rows(reading: Reading, asking: Asking) -> list[Row]:
    return [
        _row(_("Title"), asking.subject or reading.title, "subject"),
        _row(_("The difficulty"), asking.description, "problem"),
        _row(_("What you hope for"), asking.hoped_for, "hopes"),
    ]


def _systems(reading: Reading, asking: Asking) -> str:
    names = [
        pick(one, "short") for one in reading.editions if one.system.code in asking.system_codes
    ]
    if asking.is_unsure:
        names.append(_("Not sure: please choose for me"))
    return "\n".join(names)


def _business_rows(reading: Reading, asking: Asking) -> list[Row]:
    if asking.enterprise_id is None:
        return [
            _row(_("Name"), asking.enterprise_name, "details"),
            _row(_("Business number"), asking.business_number or _("None yet"), "business"),
            _row(_("County or city"), county_name(asking.county), "details"),
            _row(_("Industry"), industry_name(asking.industry), "details"),
        ]
    rows = [
        _row(_("Name"), reading.asker.enterprises[asking.enterprise_id], "enterprise"),
        _row(_("Business number"), asking.business_number, "enterprise"),
    ]
    if reading.asker.branches.get(asking.enterprise_id):
        branch = reading.branches.get(asking.branch_id or 0)
        place = branch.name if branch else _("The head office, or the business as a whole")
        rows.append(_row(_("Place of business"), place, "branch"))
    return rows


def _paper_rows(reading: Reading) -> list[Row]:
    rows = []
    for paper in papers_of(reading):
        names = "\n".join(str(line["name"]) for line in paper.files)
        later = _("Not given; you can add it later") if paper.is_required else ""
        if names or paper.is_required:
            rows.append(_row(paper.name, names or later, "papers"))
    return rows or [_row(_("Your papers"), "", "papers")]


def _contact_rows(asking: Asking) -> list[Row]:
    return [
        _row(_("Your name"), asking.contact_name, "contact"),
        _row(_("E-mail"), asking.contact_email, "contact"),
        _row(_("Phone"), asking.contact_phone, "contact"),
        _row(_("Good time to call"), asking.contact_time, "contact"),
    ]


@login_not_required
@require_safe
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """The number, what happens next and by when; can be opened again later."""
    if request.user.is_authenticated and not is_granted(request, reference):
        case = get_object_or_404(Case.objects.of_applicant(request.user), reference=reference)
    else:
        case = granted_case(request, reference)
    papers = case.attachments.filter(removed_at=None).count()
    context = {
        "case": case,
        "steps": next_steps(case),
        "papers": ngettext("%(n)d file", "%(n)d files", papers) % {"n": papers} if papers else "",
        "case_url": _case_url_for(request, case),
    }
    response = render(request, "assistance/intake/done.html", context)
    if guest_draft(request) is None:
        drop_cookie(response)
    return response


def _case_url_for(request: HttpRequest, case: Case) -> str:
    named = "cases" if request.user.is_authenticated else "track"
    return reverse(f"{named}:detail", args=[case.reference])
