"""What a form is bound to."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The posted data, also when nothing was filled in; None for a page that is only shown."""
    return request.POST if request.method == "POST" else None
