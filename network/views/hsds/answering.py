"""Answers of the open API: a document, a page of documents, all of them line by line, or what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from network.forms.hsds import DEFAULT_PAGE, ParametersForm

Write = Callable[[Any], dict[str, Any]]
BATCH = 500
_AS_WRITTEN = {"ensure_ascii": False}


def opened(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let everybody read, from every site's scripts too."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    return answered


def document(data: dict[str, Any]) -> HttpResponse:
    return JsonResponse(data, json_dumps_params=_AS_WRITTEN)


def not_found() -> HttpResponse:
    return JsonResponse({"error": "There is nothing with this id."}, status=404)


def wrong(form: ParametersForm) -> HttpResponse:
    """400 with what is wrong, by parameter."""
    said = {name: [str(one) for one in errors] for name, errors in form.errors.items()}
    return JsonResponse({"error": said}, status=400, json_dumps_params=_AS_WRITTEN)


def listed(form: ParametersForm, found: QuerySet[Any, Any], write: Write) -> HttpResponseBase:
    """One page, or every row as a line of its own where `format` is ndjson."""
    if form.cleaned_data["format"] == "ndjson":
        return StreamingHttpResponse(_lines(found, write), content_type="application/x-ndjson")
    total = found.order_by().count()
    size = form.cleaned_data["per_page"] or DEFAULT_PAGE
    if form.says("minimal"):
        size = form.cleaned_data["per_page"] or max(total, 1)
    number = form.cleaned_data["page"] or 1
    contents = [write(row) for row in found[(number - 1) * size : number * size]]
    return document(page_of(contents, total=total, number=number, size=size))


def page_of(
    contents: list[dict[str, Any]], *, total: int, number: int, size: int
) -> dict[str, Any]:
    """The specification's Page around some documents."""
    pages = -(-total // size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _lines(found: QuerySet[Any, Any], write: Write) -> Iterator[str]:
    for row in found.iterator(chunk_size=BATCH):
        yield json.dumps(write(row), ensure_ascii=False) + "\n"
