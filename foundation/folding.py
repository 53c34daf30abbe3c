"""Templates whose constant parts are drawn once for each language.

Half of the nodes of a page say the same in every request: words, links without arguments, icons.
This loader puts neighbours among them together when a template is loaded, and writes each such
run once for each language; what depends on the reader is drawn as ever. A template that is
included by its name is looked for once, and a variable that holds text is written as text.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from django.template.base import (
    Node,
    NodeList,
    Template,
    TextNode,
    VariableNode,
    render_value_in_context,
)
from django.template.context import Context
from django.template.defaulttags import CommentNode, LoadNode, URLNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class FoldedNode(Node):
    """Neighbours that depend on nothing but the language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = NodeList(nodes)
        self.token, self.origin = nodes[0].token, nodes[0].origin
        self.drawn: dict[tuple[str | None, bool], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), context.autoescape)
        if key not in self.drawn:
            self.drawn[key] = self.nodes.render(context)
        return self.drawn[key]


class _WalkedOnce(NodeList):
    """The nodes of a whole template; a page that extends it asks for its blocks at every request."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self.found: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        if nodetype not in self.found:
            self.found[nodetype] = super().get_nodes_by_type(nodetype)
        return self.found[nodetype]


class FoundIncludeNode(IncludeNode):
    """Django's node for a name that is written out; the template is looked for once."""

    found: Template | None = None

    def render(self, context: Context) -> SafeString:
        template = self.found
        if template is None:
            name = self.template.resolve(context)
            drawn: Any = context.template
            template = self.found = drawn.engine.get_template(name)
        values = {name: given.resolve(context) for name, given in self.extra_context.items()}
        if self.isolated_context:
            return SafeString(template.render(context.new(values)))
        with context.push(**values):
            return SafeString(template.render(context))


class TextVariableNode(VariableNode):
    """Django's node for `{{ … }}`, which most often writes text: no date to move, no number to group."""

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            return str(value)
        if kind is str and context.autoescape:
            return escape(value)
        return str(render_value_in_context(value, context))


def constant(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the function of a simple tag: for literal arguments it always draws the same."""
    draw.is_constant = True  # type: ignore[attr-defined]
    return draw


class Loader(cached.Loader):
    """Django's cached loader, folding what it has compiled."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        is_known = self.cache_key(template_name, skip) in self.get_template_cache
        template: Template = super().get_template(template_name, skip)
        if not is_known:
            fold(template.nodelist)
            template.nodelist = _WalkedOnce(template.nodelist)
        return template


def fold(nodelist: NodeList) -> None:
    """Put constant neighbours together, in place and all the way down."""
    folded: list[Node] = []
    run: list[Node] = []
    for node in nodelist:
        if _is_constant(node):
            run.append(node)
            continue
        folded += _one(run)
        run = []
        for inner in _nodelists(node):
            fold(inner)
        folded.append(_quicker(node))
    nodelist[:] = [*folded, *_one(run)]


def _quicker(node: Node) -> Node:
    """The node that does the same with less work, where there is one."""
    quick: Node = node
    if type(node) is VariableNode:
        quick = TextVariableNode(node.filter_expression)
    elif type(node) is IncludeNode and _is_literal(node.template):
        quick = FoundIncludeNode(
            node.template, extra_context=node.extra_context, isolated_context=node.isolated_context
        )
    quick.token, quick.origin = node.token, node.origin
    return quick


def _one(run: list[Node]) -> list[Node]:
    """A run as one node; a single text is one already."""
    if not run or (len(run) == 1 and isinstance(run[0], TextNode)):
        return run
    return [FoldedNode(run)]


def _nodelists(node: Node) -> Iterator[NodeList]:
    """The lists of nodes inside a node, wherever it keeps them."""
    for value in vars(node).values():
        if isinstance(value, NodeList):
            yield value
        elif isinstance(value, list | tuple):
            parts = (part for pair in value if isinstance(pair, tuple) for part in pair)
            yield from (part for part in parts if isinstance(part, NodeList))


def _is_constant(node: Node) -> bool:
    if isinstance(node, TextNode | CommentNode | LoadNode | FoldedNode):
        return True
    if isinstance(node, TranslateNode):
        context = node.message_context
        named = context is None or _is_literal(context)
        return node.asvar is None and named and _is_literal(node.filter_expression)
    if isinstance(node, URLNode):
        takes = bool(node.args or node.kwargs or node.asvar)
        return not takes and _is_literal(node.view_name)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_literal(node.path)
    if isinstance(node, SimpleNode | InclusionNode):
        given = [*node.args, *node.kwargs.values()]
        is_kept = getattr(node, "target_var", None) is not None
        is_marked = getattr(node.func, "is_constant", False)
        return is_marked and not is_kept and all(_is_literal(one) for one in given)
    return False


def _is_literal(expression: Any) -> bool:
    """Is it written out in the template, with no filter?"""
    if getattr(expression, "filters", None):
        return False
    var = getattr(expression, "var", expression)
    return isinstance(var, str | int) or getattr(var, "literal", None) is not None
