"""The components of the portal. `{% load ui %}` brings all of them, and the filters of formats.py.

Each tag draws one file of templates/components/, or itself where it is needed often, and is shown in
the styleguide in all its states.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from foundation import undo
from foundation.templatetags import drawing, form_parts, formats, frame, happenings, signs

register = template.Library()
for _part in (drawing, form_parts, formats, frame, happenings, signs):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Sequence[Any], current: int, label: str = "") -> dict[str, object]:
    """Where a person is. steps: labels, or (label, url) pairs; current: 1-based; done steps may link back."""
    drawn = []
    for position, step in enumerate(steps, start=1):
        name, url = step if isinstance(step, tuple | list) else (step, "")
        state = "done" if position < current else "now" if position == current else ""
        drawn.append({"label": name, "url": url if state == "done" else "", "state": state})
    return {"steps": drawn, "label": label}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Any]) -> dict[str, object]:
    """Things to do. Each: title, url (empty = cannot start), hint, done (bool), state and label for a chip."""
    return {"tasks": tasks}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any], *, change: bool = True) -> dict[str, object]:
    """Check your answers. Each row: label, value (empty = not given), meta, url to change it.

    change: draw the "Change" links.
    """
    return {"rows": rows, "change": change}


@register.inclusion_tag("components/file_list.html")
def file_list(files: Iterable[Any]) -> dict[str, object]:
    """Files. Each: name, size, url, meta, state (ready, pending, refused), reason, remove_url, percent."""
    return {"files": files}


@register.inclusion_tag("components/system_card.html")
def system_card(system: Any) -> dict[str, object]:
    """A system in full: number, code, url, heading (owner's words), name, name_other, gives, eligible,
    agency, days, ask_url. name_other is the name in the other language.
    """
    return {"system": system}


@register.inclusion_tag("components/system_mini.html")
def system_mini(system: Any) -> dict[str, object]:
    """A system in one line: number, url (empty = no link), name, heading."""
    return {"system": system}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", url: str = "", link: str = "") -> dict[str, object]:
    """Nothing here: why (title), what next (text), and one way on (url, link)."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag("components/skeleton.html")
def skeleton(lines: int = 3) -> dict[str, object]:
    """Loading; for regions that take longer than 300 ms."""
    return {"lines": range(lines)}


@register.inclusion_tag("components/kpi.html")
def kpi(label: str, value: object, unit: str = "", detail: str = "") -> dict[str, object]:
    """One figure inside `<dl class="sp-kpis">`."""
    return {"label": label, "value": value, "unit": unit, "detail": detail}


@register.inclusion_tag("components/more.html")
def more(url: str, label: str = "") -> dict[str, object]:
    """The way to the next page of a list; empty url = the list has ended."""
    return {"url": url, "label": label}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*trail: str) -> dict[str, object]:
    """Where the page lies: label, url, label, url, …, label of this page."""
    pairs = [(trail[i], trail[i + 1]) for i in range(0, len(trail) - 1, 2)]
    return {"pairs": pairs, "last": trail[-1] if len(trail) % 2 else ""}


@register.inclusion_tag("components/progress.html")
def progress(value: int, most: int, words: str, left: str = "") -> dict[str, object]:
    """A longer piece of work: how far (value of most), in words, and what is left."""
    return {"value": value, "most": most, "words": words, "left": left}


@register.filter
def undo_url(message: Any) -> str:
    """The address that takes back what a message tells of; "" where none was offered."""
    return undo.undo_url(getattr(message, "extra_tags", ""))


@register.simple_tag(takes_context=True)
def page_messages(context: Mapping[str, Any], messages: Iterable[Any]) -> SafeString:
    """Django's messages, in the page where they can be read again."""
    if not messages:
        return SafeString()
    shown = {"messages": messages, "csrf_token": context.get("csrf_token")}
    return render_to_string("components/messages.html", shown)


@register.inclusion_tag("components/door.html")
def door(url: str, icon: str, title: str, text: str = "") -> dict[str, object]:
    """A large way in on the home page."""
    return {"url": url, "icon": icon, "title": title, "text": text}


@register.inclusion_tag("components/toast.html")
def toast(text: str, undo_url: str = "", undo_label: str = "") -> dict[str, object]:
    """A passing word, e.g. in an htmx answer (out of band). Never for errors. undo_url: a POST that takes it back."""
    return {"text": text, "undo_url": undo_url, "undo_label": undo_label}


@register.simple_block_tag
def hint(
    content: str,
    kind: str = "",
    title: str = "",
    level: int = 2,
    *,
    live: bool = False,
    anchor: str = "",
) -> SafeString:
    """A boxed remark: `{% hint kind="ok" title=… %} … {% endhint %}`.

    kind: empty (neutral), ok, warn, bad. level: of the title's heading.
    live: announced when htmx changes it. anchor: its id.
    """
    return render_to_string(
        "components/hint.html",
        {
            "content": content,
            "kind": kind,
            "title": title,
            "level": level,
            "live": live,
            "anchor": anchor,
        },
    )


@register.simple_block_tag
def done(content: str, title: str, number: str = "", level: int = 1) -> SafeString:
    """The confirmation panel: `{% done title number=case.reference %} what happens next {% enddone %}`."""
    return render_to_string(
        "components/done.html",
        {"content": content, "title": title, "number": number, "level": level},
    )


@register.simple_block_tag
def panel(content: str, title: str = "", level: int = 2) -> SafeString:
    """A box with a hairline, for side matter: `{% panel title=… %} … {% endpanel %}`."""
    return render_to_string(
        "components/panel.html", {"content": content, "title": title, "level": level}
    )


@register.simple_block_tag
def drawer(content: str, name: str, title: str) -> SafeString:
    """A dialog at the right edge, opened by a button with `data-open="<name>"`."""
    return render_to_string(
        "components/drawer.html", {"content": content, "name": name, "title": title}
    )
