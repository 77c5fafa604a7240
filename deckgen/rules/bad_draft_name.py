"""Facts and Deck -> Findings: a misspelt name of a document, such as an Internet-Draft.

What: a name that begins with `draft-` and has characters other than lower-case letters, digits and single hyphens.
Why: it does not become a link, or its link leads nowhere.
Bad: `draft: draft_davidben-tls-merkle-tree-certs.txt`
Good: `draft: draft-davidben-tls-merkle-tree-certs`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from deckgen.base import Meta, field, replace
from deckgen.problems import Origin
from deckgen.rules import options as rule_options
from deckgen.rules.finding import Finding
from deckgen.rules.subject import Subject
from deckgen.source import text_of

_ENDING = re.compile(r"\.(?:txt|html?|xml|pdf)$", re.IGNORECASE)


class Options(rule_options.Options):
    """The options of the rule beside its severity."""

    begins: Annotated[str, Meta(description="The first word of such names.")] = ""
    such_as: Annotated[str, Meta(description="A name, as an example.")] = ""
    facts: Annotated[
        dict[str, str], Meta(description="The facts that are lists with such names, and the key of the name.")
    ] = field(default_factory=dict)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such name, in the facts and in the texts."""
    if not options.begins:
        return
    for fact, key in options.facts.items():
        for entry in subject.part(fact):
            name = entry.get(key)
            if name is not None and text_of(name):
                yield from _judged(text_of(name), name.origin, options)
    like = re.compile(rf"\b{re.escape(options.begins)}[-_][\w.-]{{1,200}}\w-?", re.IGNORECASE)
    for _, text in subject.texts():
        for found in like.findall(text.words):
            if len(re.findall("[-_]", found)) > 1:  # one hyphen makes a word, such as draft-level
                yield from _judged(found, text.origin, options)


def _judged(name: str, origin: Origin, options: Options) -> Iterator[Finding]:
    form = re.compile(rf"{re.escape(options.begins)}(?:-[a-z0-9]+){{2,}}")
    if not form.fullmatch(name):
        better = _ENDING.sub("", name).lower().replace("_", "-").strip("-.")
        hint = f"did you mean `{better}`?" if form.fullmatch(better) else f"such as {options.such_as}"
        yield Finding(replace(origin, through=None), f"`{name}` is not the name of a {options.begins}", hint)
