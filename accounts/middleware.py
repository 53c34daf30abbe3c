"""Signing in tells nothing by its timing; staff go no further without a second factor."""

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import empty
from django.utils.translation import gettext as _

from accounts.permissions import standing

_SETTING_UP = ("mfa_", "account_")


_TELL_TALE = frozenset(
    {"account_signup", "account_login", "account_request_login_code", "account_reset_password"}
)


class EvenAnswersMiddleware:
    """Answers a posted address only at even moments, so that known and unknown take as long.

    What differs between the two is a few milliseconds of queries; both are rounded up to the
    same multiple of `SIGN_IN_ANSWER_QUANTUM` seconds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name in _TELL_TALE:
            quantum = settings.SIGN_IN_ANSWER_QUANTUM
            if quantum:
                time.sleep(quantum - (time.monotonic() - started) % quantum)
        return response


class PersonMiddleware:
    """Puts the person in the place of Django's stand-in, once a page has made it look who is there.

    Templates and permissions ask for the person hundreds of times, each time through the stand-in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        known = vars(request.user).get("_wrapped", empty)
        if known is not empty:
            request.user = known


class StaffSecondFactorMiddleware:
    """Sends staff without authenticator app or passkey to the page where they add one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not settings.PORTAL_STAFF_MFA_REQUIRED or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        name = (match.view_name or "") if match else ""
        if name.startswith(_SETTING_UP) or name in {"set_language", "healthz", "readyz"}:
            return None
        if not (standing(request.user).is_staff or request.user.is_staff):
            return None
        if is_mfa_enabled(request.user):
            return None
        messages.warning(request, _("Staff sign in with a second factor. Add one to go on."))
        return redirect("mfa_index")
