from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from foundation import htmx
from notifications import demo_mail


@require_GET
@login_not_required
@never_cache
def list_mails(request: HttpRequest) -> HttpResponse:
    """Show the e-mails of the demo, newest first."""
    recipient = request.GET.get("to", "")[:200]
    mails = demo_mail.newest(_folder(), recipient)
    context = {"mails": mails, "recipient": recipient}
    return htmx.render(request, "notifications/mailbox/page.html", context)


@require_GET
@login_not_required
@never_cache
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one e-mail: its text with links to follow, and how it looks."""
    return htmx.render(request, "notifications/mailbox/mail.html", {"mail": _mail(name)})


@require_GET
@login_not_required
@never_cache
@xframe_options_sameorigin
def body(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the HTML part by itself, for the frame that shows how it looks."""
    mail = _mail(name)
    response = HttpResponse(mail.html)
    response["Content-Security-Policy"] = mail.content_security_policy
    return response


def _mail(name: str) -> demo_mail.DemoMail:
    mail = demo_mail.named(_folder(), name)
    if mail is None:
        raise Http404
    return mail


def _folder() -> Path:
    if not settings.PORTAL_DEMO:
        raise Http404
    return Path(settings.MAIL_DIR)
