"""Text -> tree of Jinja's parser, or the syntax error in an author's words.

Only expressions and `{% if %}` are accepted, never a loop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from deckgen.base import Frozen
from deckgen.expressions.errors import ExpressionError, mistake, refused
from deckgen.expressions.meter import MAX_TEXT

MAX_NODES = 400
MAX_DEPTH = 40
_JINJA = Environment()
_STATEMENTS = (nodes.Template, nodes.Output, nodes.If, nodes.TemplateData)
_TAG = re.compile(r"\{%[-+]?\s*(\w+)")
_LET = "`let: {name: ...}` beside `kind` names a value for the slide"
_EXPRESSIONS_ONLY = "use `{{ ... }}`, `{% if ... %}`, `{% else %}` or `{% endif %}`"
# The tags of Jinja that are not supported, and what to use instead.
_INSTEAD = {
    **dict.fromkeys(("set", "endset", "with", "endwith"), _LET),
    **dict.fromkeys(("for", "endfor"), "`each: name in list` repeats an item of a list"),
    **dict.fromkeys(("filter", "endfilter"), "a filter follows its value: `{{ meeting.city | upper }}`"),
    **dict.fromkeys(("macro", "endmacro", "call", "endcall", "block", "endblock", "include", "import", "from"), ""),
    **dict.fromkeys(("extends", "autoescape", "endautoescape", "do", "trans", "continue", "break", "debug"), ""),
}
# A pattern in a syntax error of Jinja, the message for the author, and what to type.
_SYNTAX_ERRORS = (
    ("got '='", "`=` does not compare", "`==` for equal, `>=` for at least"),
    ("end of template, expected", "`{{` is not closed", "add `}}`"),
    (r"needs to be closed is '(\w+)'", r"`{% \1 %}` has no end", r"add `{% end\1 %}`"),
    (r"unknown tag '(elif|else|endif)'", r"`{% \1 %}` has no `{% if %}` before it", ""),
    (r"unknown tag '(\w+)'", r"`{% \1 %}` is not supported", _EXPRESSIONS_ONLY),
    ("tag name expected", "`{%` has no tag name after it", _EXPRESSIONS_ONLY),
    ("end of comment", "`{#` is not closed", "add `#}`"),
    ("end of raw", "`{% raw %}` has no end", "add `{% endraw %}`"),
    ("Expected an expression, got 'end of statement", "`{% if %}` has no condition", "such as `{% if agenda %}`"),
    ("got 'end of statement|unexpected 'end of statement", "something is missing before `%}`", ""),
    ("got 'end of print|unexpected 'end of print|name or number", "something is missing before `}}`", ""),
    (r"unexpected '}', expected '(.)'", r"`\1` is missing before `}}`", ""),
    ("unexpected '}'", "one closing brace is missing", "an expression ends with `}}`"),
    (r"unexpected '(.)', expected '(.)'", r"`\2` is missing before `\1`", ""),
    ("unexpected char ['\"]['\"]", "a quote is not closed", ""),
    ("unexpected char '&'", "`&` has no meaning here", "`and`"),
    (r"unexpected char '(.+)'", r"`\1` has no meaning here", ""),
    ("chain multiple tests", "two tests have nothing between them", "put `and` between them"),
    ("escape", r"a `\` in quotes must be doubled", ""),
    ("Invalid character", "a name has a character that is not allowed in names", ""),
    ("got 'integer|got 'float|unexpected '(?:integer|float)", "a number does not belong here", ""),
    ("got 'string|unexpected 'string", "this text in quotes does not belong here", ""),
    (
        "function call",
        "the values in these brackets are in the wrong order",
        "named values come last: `sort(reverse=true)`",
    ),
    (r"got '(.+)'|unexpected '(.+)'", r"`\1\2` does not belong here", "a filter follows `|`, text needs quotes"),
)


class Tree(Frozen):
    """The nodes of a text, and how many there are, nested ones included.

    `whole` is the expression, if the text is only one expression; `blank` is true if the text can only show spaces.
    """

    body: tuple[nodes.Node, ...]
    count: int
    whole: nodes.Node | None
    blank: bool


# A preview fills the same templates after each change of a file; an error may be under an `each`, and so repeat.
@lru_cache(maxsize=1_000)
def tree_of(text: str) -> Tree | ExpressionError:
    """The tree of a text, or its syntax error."""
    try:
        return _read(text)
    except ExpressionError as error:
        return error.with_traceback(None)
    except TemplateSyntaxError as error:
        return _statement_in(text) or _syntax_error(error)
    except (RecursionError, OverflowError, ValueError):  # Python parses numbers of at most 4,300 digits
        return too_deep()


def too_deep() -> ExpressionError:
    """The error of an expression that is too large."""
    return refused("the expression is too long or nested too deep")


def _read(text: str) -> Tree:
    if len(text) > MAX_TEXT or _depth(text) > MAX_DEPTH:
        raise too_deep()
    tree = _JINJA.parse(text)
    found = list(tree.find_all(nodes.Node))
    if len(found) > MAX_NODES:
        raise refused("the expression has too many parts")
    if any(isinstance(node, nodes.Stmt) and not isinstance(node, _STATEMENTS) for node in found):
        raise _statement_in(text) or mistake("this statement is not supported", _EXPRESSIONS_ONLY)
    body = tuple(part for node in tree.body for part in (node.nodes if isinstance(node, nodes.Output) else [node]))
    return Tree(body, len(found), _whole(body), all(map(_is_space, body)))


def _whole(body: Sequence[nodes.Node]) -> nodes.Node | None:
    parts = [node for node in body if not _is_space(node)]
    return parts[0] if len(parts) == 1 and isinstance(parts[0], nodes.Expr) and not _is_data(parts[0]) else None


def _is_data(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData)


def _is_space(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData) and not node.data.strip()


def _statement_in(text: str) -> ExpressionError | None:
    """The error of the first tag of a text that Jinja has and that is not supported here."""
    tag = next((name for name in _TAG.findall(text) if name in _INSTEAD), "")
    return refused(f"`{{% {tag} %}}` is not supported", _INSTEAD[tag] or _EXPRESSIONS_ONLY) if tag else None


def _depth(text: str) -> int:
    """How deep brackets are nested, brackets in quotes included."""
    depth = deepest = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    return deepest


def _syntax_error(error: TemplateSyntaxError) -> ExpressionError:
    """A syntax error of Jinja in an author's words."""
    reported = (str(error) or "").partition("\n")[0][:200]
    for pattern, text, hint in _SYNTAX_ERRORS:
        found = re.search(pattern, reported)
        if found:
            return mistake(found.expand(text), found.expand(hint) or "such as `{{ meeting.city }}`")
    return mistake("this is not an expression", "is a brace, a bracket or a quote missing?")
