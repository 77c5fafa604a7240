"""Files -> Findings: a comment that cannot silence a rule.

What: `# deckgen: ignore[...]` with a rule that does not exist, or without a reason.
Why: the next reader must know why the rule is wrong here; a misspelt rule is not silenced.
Bad: `# deckgen: ignore[errata-sums]`
Good: `# deckgen: ignore[errata-sum] off by one when it was shown`
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.problems import Origin, nearest
from deckgen.rules.check import IGNORE, RULES, ignored_rules
from deckgen.rules.finding import Finding
from deckgen.rules.options import Options
from deckgen.rules.subject import Subject


def check(subject: Subject, options: Options) -> Iterator[Finding]:
    """A problem for every such comment."""
    for name, document in subject.meeting.documents.items():
        for number, line in enumerate(document.lines, 1):
            found = IGNORE.search(line) if "deckgen" in line else None
            if found is None:
                continue
            place = Origin(name, number, found.start() + 1, found.end() - found.start())
            for id in ignored_rules(line):
                if id not in RULES:
                    yield Finding(place, f"no rule is called `{id}`", nearest(id, RULES))
            if not found[2].strip():
                yield Finding(place, "the comment gives no reason", "write the reason after the bracket")
