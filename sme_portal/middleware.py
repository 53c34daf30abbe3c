"""The Content-Security-Policy of every answer: one text, in which only the nonce changes."""

from functools import cache
from http import HTTPStatus

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_MARK = "nonce-of-this-answer"


@cache
def _policy(*, with_nonce: bool) -> str:
    return build_policy(nonce=_MARK if with_nonce else None)


class ContentPolicyMiddleware(CSPMiddleware):
    """The package's middleware, which composes the policy once a process instead of for every answer.

    An answer that changes its own policy, or one of Django's pages for developers, is left to the package.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        for_developers = settings.DEBUG and response.status_code in (
            HTTPStatus.NOT_FOUND,
            HTTPStatus.INTERNAL_SERVER_ERROR,
        )
        if for_developers or any(name.startswith("_csp_") for name in vars(response)):
            return super().process_response(request, response)
        nonce = getattr(request, "_csp_nonce", None)
        if HEADER not in response:
            response[HEADER] = _policy(with_nonce=nonce is not None).replace(_MARK, nonce or "")
        if nonce is None:
            # Whoever asks for one now is told that it comes too late.
            late = CheckableLazyObject(self._csp_nonce_post_response)
            request.csp_nonce = late  # type: ignore[attr-defined]
        return response
