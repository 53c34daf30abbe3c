"""Find the translatable texts of Python files and templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

SINGULAR = {"gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL_IN_CONTEXT = {"npgettext", "npgettext_lazy"}
KNOWN = SINGULAR | PLURAL | IN_CONTEXT | PLURAL_IN_CONTEXT

LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(
    rf"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Text:
    """One translatable text, as gettext knows it."""

    msgid: str
    plural: str = ""
    context: str | None = None


def in_file(path: Path) -> Iterator[Text]:
    """The texts of one file, in their order."""
    source = path.read_text(encoding="utf-8")
    return in_python(source) if path.suffix == ".py" else in_template(source)


def in_python(source: str) -> Iterator[Text]:
    """The texts given to gettext's functions, under whatever name they were imported."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = names.get(node.func.id, "") if isinstance(node.func, ast.Name) else called
            literals = [
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            yield from _text(called, literals)


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names of this module that mean one of gettext's functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                yield alias.asname or alias.name, alias.name


def in_template(source: str) -> Iterator[Text]:
    """The texts of translate and blocktranslate tags and of _("…") in any tag."""
    for match in IN_TEMPLATE.finditer(templatize(source)):
        literals = [ast.literal_eval(part) for part in re.findall(LITERAL, match[2], re.DOTALL)]
        yield from _text("gettext" if match[1] == "_" else match[1], literals)


def _text(called: str, literals: list[str]) -> Iterator[Text]:
    """The text a call names, if it is one of gettext's and its words are written out."""
    if called not in KNOWN or not literals or not literals[0]:
        return
    context = None
    if called in IN_CONTEXT | PLURAL_IN_CONTEXT:
        context, *literals = literals
    if called in PLURAL | PLURAL_IN_CONTEXT and len(literals) > 1:
        yield Text(literals[0], literals[1], context)
    elif literals:
        yield Text(literals[0], "", context)
