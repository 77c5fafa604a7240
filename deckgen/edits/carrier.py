"""A paragraph before and after × Homes -> a change of the value it comes from, or why there is none."""

from __future__ import annotations

from deckgen.base import replace
from deckgen.deck.inline import Linker
from deckgen.deck.model import Run
from deckgen.edits.changes import Changes, Renamed
from deckgen.edits.homes import Home, Homes
from deckgen.edits.sheets import Line, joined
from deckgen.edits.wording import markdown, reworded
from deckgen.problems import Origin, Problem
from deckgen.source import Plain
from deckgen.source.read import scalar


class Carrier:
    """Carries new wordings into changes; `left` are the problems of what it cannot carry."""

    def __init__(self, homes: Homes, changes: Changes) -> None:
        self.homes = homes
        self.changes = changes
        self.linker = Linker(homes.meeting.links)
        self.also: dict[str, tuple[str, ...]] = {}  # the other slides on the page of a slide
        self.left: list[Problem] = []

    def line(self, id: str, before: Line, after: Line) -> None:
        """Carry another wording of a paragraph."""
        if alike(before, after):
            return
        homes = self.homes_of(before, id)
        for home in [*homes, *(other for one in homes for other in self.homes.beside(one))]:
            text = self.reworded(home, before, after)
            if text is None:
                continue
            self._set(home, text, id)
            return
        self.leave(id, before.text.origin if before.text else None, after.words)

    def _set(self, home: Home, text: str, id: str) -> None:
        if home.is_key:
            self.changes.renamed.append(Renamed(home.path, id, text))
            return
        value: Plain = text
        if home.number:
            found = scalar(text, quoted=False)
            value = found if isinstance(found, (int, float)) else text
        self.changes.set(home.path, value, id)

    def homes_of(self, line: Line, id: str) -> list[Home]:
        """The values that a paragraph may come from: the fact itself, then the text of the template around it."""
        if line.text is None:
            return []
        origin = line.text.origin
        slides = (id, *self.also.get(id, ()))
        found = [self.homes.of(one, slide) for one in (origin, origin.through) if one for slide in slides]
        return [*dict.fromkeys(home for home in found if home)]

    def reworded(self, home: Home, before: Line, after: Line) -> str | None:
        """The text of a value for the new wording; None if it cannot make it."""
        if before.code:
            return _recoded(home, before, after)
        old = joined(iter(before.text.runs)) if before.text else before.runs
        return reworded(home.text, old, plain_runs(after, before.bold), self.linker)

    def text_of(self, line: Line, bold: bool) -> str:
        """The text of a new paragraph."""
        made = markdown(plain_runs(line, bold), self.linker)
        return made if made is not None else markdown([Run(line.words)], None) or line.words

    def leave(self, id: str, origin: Origin | None, words: str, text: str = "", hint: str = "") -> None:
        """List what is not carried, at the line that makes it."""
        text = (
            text or f"`{_short(words)}` in the PowerPoint is not carried: this text is computed, or has several values"
        )
        hint = hint or "change the facts that it shows, or write the text itself under `slides`"
        where = origin.through if origin and origin.through else origin
        self.left.append(Problem(where or self.homes.own.origin, "not-carried", text, hint, "warning", id))


def _recoded(home: Home, before: Line, after: Line) -> str | None:
    """The block of code with another line; None if the value is not the block."""
    lines = home.text.split("\n")
    old = lines[home.row - 1] if home.row else ""
    if old.strip() != before.words.strip():
        return None
    indent = "" if after.words.startswith(" ") else old[: len(old) - len(old.lstrip())]
    lines[home.row - 1] = indent + after.words
    return "\n".join(lines)


def alike(before: Line, after: Line) -> bool:
    """Whether a paragraph has the same words, looks and links; a program may lose the font of code."""
    sides = [joined(replace(run, link="", code=False) for run in line.runs) for line in (before, after)]
    return sides[0] == sides[1] and before.links == after.links


def plain_runs(line: Line, bold: bool) -> tuple[Run, ...]:
    """The runs of a paragraph without what the theme adds."""
    return joined(replace(run, bold=run.bold and not bold) for run in line.runs)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}..."
