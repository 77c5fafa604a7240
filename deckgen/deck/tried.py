"""A key that people try on a slide -> what to do: names from other programs, and things that are set elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deckgen.base import Frozen
from deckgen.problems import nearest
from deckgen.source import Source


class Try(Frozen):
    """Keys that people try.

    `keys` may be meant: the hint names the first that is known here, with `beside`; if none is known, it is `instead`.
    """

    tried: str
    keys: str = ""
    instead: str = ""
    beside: str = ""


_LOOK = "the look of all slides is set in templates/theme.yaml"
_LINK = "a link is part of a text: `[words](https://www.example.org/)`, or `[words](#ID)` to a slide"
_LEAVE = "`hidden: true` hides a slide; `when: false`, or `ID: null` under `slides`, leaves it out"
_NO_MOVES = "slides have no animations; make two slides of it"
_DECK = "is set in templates/deck.yaml"
_BULLETS, _PICTURE = "bullets are a slide of `kind: bullets`", "a slide of `kind: figure` has a `picture`"
_TABLE, _CHART = "a table is a slide of `kind: table`", "a chart is a slide of `kind: chart`, or goes beside a table"
_MINUTES = "the clock runs in a slide of `kind: agenda`; each of its topics has `minutes`"
_ID, _FOOTER = "the id of a slide is its key", f"the footer {_DECK}"
_SUBTITLE = "only `kind: title` has a `subtitle`"
# From PowerPoint and Keynote, Marp, Slidev, reveal.js, Quarto, rendercv and Jinja, and what people guess.
TRIES = (
    Try("footer foot page-footer", "footnote", _FOOTER, _FOOTER),
    Try("footnotes source sources credit credits reference references caveat", "footnote caption"),
    Try("hide skip disabled disable enabled visible draft exclude unlisted published", "", _LEAVE),
    Try("if condition unless show-if only-if", "when", "", "an expression, such as the name of a fact"),
    Try("build builds animation animations animate transition transitions incremental", "", _NO_MOVES),
    Try("fragment fragments click clicks v-click step steps pause reveal", "", _NO_MOVES),
    Try("theme style styles css class background bg color colour colors colours font fonts", "", _LOOK),
    Try("font-size fontsize font-family text-size size width height padding margin scale zoom", "", _LOOK),
    Try("picture image images img photo graphic screenshot logo figure", "picture", _PICTURE),
    Try("src file path filename", "picture target", _PICTURE),
    Try("video movie audio media embed iframe", "", f"slides have no video or sound; {_LINK}"),
    Try("alt-text alttext alternative desc accessibility", "alt", "a picture and a QR code have an `alt`"),
    Try("bullets bullet points point list ul entries elements", "items", _BULLETS),
    Try("children sub-items subitems sub-bullets subbullets nested", "items", f"{_BULLETS}; they may have `items`"),
    Try("text body content contents paragraph paragraphs markdown", "text quote items lines rows caption", _BULLETS),
    Try("line", "lines"),
    Try("subtitle sub-title subheading tagline", "subtitle lines footnote caption", _SUBTITLE, _SUBTITLE),
    Try("heading headline", "heading title"),
    Try("name", "title", _ID, _ID),
    Try("id slug key anchor", "", _ID),
    Try("layout type template slide-type slide-layout format", "kind type", "", _LOOK),
    Try("columns cols column two-columns left right", "header groups", "lists side by side are `groups` of bullets"),
    Try("headers head thead column-names", "header"),
    Try("table tbody row data records csv", "rows values", _TABLE),
    Try("alignment text-align halign", "align", "the columns of a table have an `align`"),
    Try("graph plot diagram", "chart", _CHART),
    Try("labels label x x-axis axis ticks", "categories name", _CHART),
    Try("y y-axis dataset datasets", "values series", _CHART),
    Try("legend", "series", _CHART),
    Try("percent percentage suffix number-format", "unit", _CHART),
    Try("stats statistics metrics numbers kpi kpis", "figures values", "large numbers are `kind: key-figures`"),
    Try("number count amount", "value"),
    Try("link links url urls href hyperlink address website homepage", "target", _LINK),
    Try("qrcode qr-code barcode", "qr"),
    Try("cta call-to-action action banner box", "callout footnote"),
    Try("highlighted emphasis emphasize bold mark", "highlight", "bold is part of a text: `**words**`"),
    Try("date day today", "", "dates are facts of the meeting, which a text may show"),
    Try("time begin starts start-time", "start minutes", _MINUTES),
    Try("ends finish stop end-time", "end", _MINUTES),
    Try("duration length timing mins", "minutes", _MINUTES),
    Try("speaker speakers presenter presenters by person", "who lines", "name who speaks in a text, or in `notes`"),
    Try("author authors", "who", f"the author of both files {_DECK}"),
    Try("topic subject", "item title"),
    Try("topics agenda schedule program programme", "items", "topics are a slide of `kind: agenda`"),
    Try("note speaker-notes presenter-notes comment comments remark remarks script speech", "notes"),
    Try("order position index place weight sort", "before after", "", "or `after`, with the id of the slide beside it"),
    Try("previous prev follows", "after"),
    Try("next precedes", "before"),
    Try("chapter part", "section"),
    Try("todo fixme missing tbd pending", "wanted", "", "what is still missing"),
    Try("owner responsible contact assignee", "ask who"),
    Try("for foreach for-each loop repeat", "each", "`each: name in list` repeats a slide, or an element of a list"),
    Try("vars variables set define", "let", "", "a name for a value, such as an expression"),
    Try("first since", "from"),
    Try("last through", "until"),
    Try("language lang locale", "", f"the language of both files {_DECK}"),
    Try("page-number page pagination paginate slide-number", "", "every slide but the dark ones shows its number"),
    Try("include import extends", "", "a slide that recurs is a file in templates/slides/"),
    Try("code snippet listing source-code", "code", "code is a slide of `kind: code`, or `- code: |` in a list"),
)
_BY_WORD = {word: one for one in TRIES for word in one.tried.split()}


def meant_by(key: str) -> Sequence[str]:
    """The keys that may be meant by one that people try, the most likely first."""
    one = _BY_WORD.get(_plain(key))
    return one.keys.split() if one else ()


def what_to_do(key: str, known: Sequence[str], mapping: Source, of_kinds: Mapping[str, Sequence[str]]) -> str:
    """A hint for a key that is not `known` here; empty if it is unclear what is meant.

    `of_kinds` are the keys of each kind of slide.
    """
    one = _BY_WORD.get(_plain(key), Try(key))
    meant = [word for word in one.keys.split() if word in known]
    if meant and mapping.get(meant[0]) is None:
        return f"`{meant[0]}`; {one.beside}" if one.beside else f"did you mean `{meant[0]}`?"
    if meant:
        return "; ".join(filter(None, (f"`{meant[0]}` is there already", one.beside)))
    if one.instead:
        return one.instead
    kinds = [f"`{kind}`" for kind, keys in of_kinds.items() if key in keys]
    return f"a slide of kind {' or '.join(kinds)} has `{key}`" if kinds else nearest(key, known)


def _plain(key: str) -> str:
    return key.lower().replace("_", "-").replace(" ", "-")
