"""Facts and Deck -> Findings: a misspelt name of an Internet-Draft.

What: a name that begins with `draft-` and has characters other than lower-case letters, digits and single hyphens.
Why: it does not become a link, or its link leads nowhere.
Bad: `draft: draft_davidben-tls-merkle-tree-certs.txt`
Good: `draft: draft-davidben-tls-merkle-tree-certs`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.base import replace
from deckgen.problems import Origin
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject
from deckgen.source import text_of

_NAME = re.compile(r"draft(?:-[a-z0-9]+){2,}")
_LIKE = re.compile(r"\bdraft[-_][\w.-]{1,200}\w-?", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:txt|html?|xml|pdf)$", re.IGNORECASE)


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such name, in the facts and in the texts."""
    for proposal in subject.fact("dispatch_outcomes"):
        draft = proposal.get("draft")
        if draft is not None and text_of(draft):
            yield from _judged(text_of(draft), draft.origin)
    for _, text in subject.texts():
        for found in _LIKE.findall(text.words):
            if len(re.findall("[-_]", found)) > 1:  # a draft-level idea is not a draft
                yield from _judged(found, text.origin)


def _judged(name: str, origin: Origin) -> Iterator[Finding]:
    if not _NAME.fullmatch(name):
        better = _ENDING.sub("", name).lower().replace("_", "-").strip("-.")
        hint = f"did you mean `{better}`?" if _NAME.fullmatch(better) else "such as draft-ietf-acme-device-attest"
        yield Finding(replace(origin, through=None), f"`{name}` is not the name of a draft", hint)
