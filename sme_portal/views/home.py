"""The first page: say what troubles you, or choose what you came for."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models import Case, NeedGroup, SystemEdition
from assistance.referral_permissions import is_receiver
from foundation.languages import pick
from foundation.published import published
from foundation.stamping import CATALOGUE, KNOWLEDGE
from knowledge.models import Announcement
from knowledge.views.news.shown import Row, rows_of
from sme_portal.figures import response_times

CASES_SHOWN = 5
NEWS_SHOWN = 4


@login_not_required
@require_safe
@published(KNOWLEDGE, CATALOGUE)
def home(request: HttpRequest) -> HttpResponse:
    """Public; people who belong to an enterprise or have asked before see their open cases first."""
    return render(
        request,
        "pages/home.html",
        {
            "situations": _situations(),
            "groups": _systems_by_need(),
            "open_cases": _open_cases(request),
            "performance": _performance(),
            "news": _news(request),
        },
    )


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead a person who has just signed in to where she works: staff to the desk, partners and
    volunteers to what they are asked, others home.
    """
    who = standing(request.user)
    if who.may(Permission.DESK_USE):
        return redirect("desk:queue")
    to_referrals = not who.enterprise_ids and is_receiver(request.user)
    return redirect("partner:inbox" if to_referrals else "home")


def _situations() -> list[str]:
    """Sentences people can press instead of typing."""
    return [
        _("Short of working capital"),
        _("The customer wants ISO certification"),
        _("A letter from the environment bureau"),
        _("I want to sell online"),
        _("Our machines are old"),
    ]


def _systems_by_need() -> list[dict[str, object]]:
    """The systems in force today, under the need they answer."""
    editions = SystemEdition.objects.current_editions()
    return [
        {
            "label": NeedGroup(need).label,
            "systems": [
                {
                    "number": edition.system.number,
                    "name": pick(edition, "short"),
                    "heading": pick(edition, "heading"),
                    "url": _address("systems:detail", edition.system.code),
                }
                for edition in members
            ],
        }
        for need, members in groupby(editions, key=lambda edition: edition.system.group)
    ]


def _performance() -> dict[str, object] | None:
    """How soon people were answered lately, in words; nothing while too few were."""
    found = response_times()
    if found is None:
        return None
    return {
        "since": found.since,
        "cases": found.cases,
        "figures": [
            {
                "label": _("Half of all first answers came within"),
                "value": found.median,
                "unit": ngettext("working day", "working days", found.median),
            },
            {
                "label": _("Nine of ten came within"),
                "value": found.most,
                "unit": ngettext("working day", "working days", found.most),
            },
        ],
    }


def _open_cases(request: HttpRequest) -> list[Case]:
    user = request.user
    if not user.is_authenticated or standing(user).is_staff:
        return []
    # No date of ours runs while we wait for the applicant: it is her turn, and she sees that first.
    cases = Case.objects.visible_to(user).open()
    cases = cases.order_by(F("due_on").asc(nulls_first=True), "-updated_at")
    return list(cases[:CASES_SHOWN])


def _news(request: HttpRequest) -> list[Row]:
    """The newest announcements this person may read."""
    found = Announcement.objects.readable_to(request.user).published().for_page()
    return rows_of(found.order_by("-published_at", "-pk")[:NEWS_SHOWN])


def _address(name: str, *args: object) -> str:
    """The address of a page, or nothing while that part of the portal is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
