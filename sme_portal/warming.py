"""What every worker would read by itself, read once before they are forked: they share it then."""

from pathlib import Path

from django.conf import settings
from django.db import connections
from django.template import loader
from django.urls import reverse
from django.utils import translation

from network.places import centre_of, county_map


def warm() -> None:
    """Load the views with all they import, the addresses and words of each language, the templates."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("home")
            translation.gettext("Sign in")
    for name in _templates():
        loader.get_template(name)
    county_map()
    centre_of("taipei")
    connections.close_all()


def _templates() -> list[str]:
    """The portal's own pages; letters are written by other processes."""
    home = Path(settings.BASE_DIR) / "templates"
    found = (path.relative_to(home) for path in home.rglob("*.html"))
    return sorted(str(path) for path in found if "messages" not in path.parent.parts)
