"""Asks × Theme -> extents: how wide a text is and how many lines it takes, as Typst measures it.

Only this module and the PDF writer know Typst. Text from YAML reaches it as JSON data, never as
source; it can read no file but the pictures of the deck, and reaches no network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

import typst

from deckgen.base import Frozen
from deckgen.deck.model import Run
from deckgen.layout.boxes import FAMILY
from deckgen.layout.faces import FACES, Faces, fonts_of
from deckgen.layout.theme import EMU, Theme

_FOLDER = Path(__file__).parent / "typst"
# Text narrower than this share of its width is on one line, so Typst is not asked.
_SURELY_ONE_LINE = 0.998


class Ask(Frozen):
    """A question about a text: how wide it is in em on one line, or, given a `size` and a `width`, its lines."""

    runs: tuple[Run, ...]
    bold: bool = False
    size: float = 100
    width: int | None = None
    breakable: bool = False


T = TypeVar("T")
# A room of `place` yields what it wants to know and is sent the answers; so all slides of a deck
# are asked about in a few queries together.
Placing = Generator[Sequence[Ask], Sequence[float], T]


class Typesetter:
    """Typst with the faces of one deck. Where they are those of deckgen alone, every machine draws the same."""

    def __init__(self, theme: Theme, language: str, faces: Faces = FACES) -> None:
        self._theme = theme
        self._language = language
        self.faces = faces
        self._answers: dict[Ask, float] = {}

    def compiler(self, source: str, inputs: dict[str, str], root: Path | None = None) -> typst.Compiler:
        """A compiler of one of the files in `deckgen/typst/`; `root` is the only folder it can read."""
        return typst.Compiler(
            _source(source),
            root=str(root or _FOLDER),
            font_paths=fonts_of(self.faces),
            sys_inputs={"font": self._font, **inputs},
        )

    def pdf(self, source: str, inputs: dict[str, str], root: Path | None, timestamp: int) -> bytes:
        """One of the files in `deckgen/typst/` as PDF/UA-1."""
        data = self.compiler(source, inputs, root).compile(format="pdf", pdf_standards=["ua-1"], timestamp=timestamp)
        assert isinstance(data, bytes)
        return data

    def answer(self, asks: Sequence[Ask]) -> list[float]:
        """The answers to `asks`, in order."""
        naturals = [Ask(ask.runs, ask.bold) for ask in asks if not ask.breakable]
        unknown = dict.fromkeys(ask for ask in naturals if ask not in self._answers)
        # A text whose width is asked for now may have several lines: one query takes longer than one text.
        lines = [
            ask
            for ask in asks
            if ask.width is not None and (Ask(ask.runs, ask.bold) in unknown or not self._on_one_line(ask))
        ]
        self._query([*unknown, *lines])
        return [1.0 if self._on_one_line(ask) else self._answers[ask] for ask in asks]

    def _on_one_line(self, ask: Ask) -> bool:
        if ask.width is None or ask.breakable or any("\n" in run.text for run in ask.runs):
            return False
        natural = self._answers[Ask(ask.runs, ask.bold)] * ask.size * EMU
        return natural <= ask.width * _SURELY_ONE_LINE

    def _query(self, asks: Sequence[Ask]) -> None:
        new = [ask for ask in dict.fromkeys(asks) if ask not in self._answers]
        if not new:
            return
        compiler = self.compiler("measure.typ", {"asks": json.dumps([_ask_data(ask) for ask in new])})
        answers = json.loads(compiler.query("<answers>", field="value", one=True))
        for ask, answer in zip(new, answers, strict=True):
            self._answers[ask] = answer if ask.width is None else max(1, round(answer))

    @cached_property
    def _font(self) -> str:
        theme = self._theme
        line = theme.fonts.line
        distance = theme.text.line_distance
        descent = line - theme.fonts.ascent
        language, _, region = self._language.partition("-")
        return json.dumps(
            {
                "families": self.faces.families(theme.fonts.pdf),
                "boxed": self.faces.pattern,
                "box": FAMILY,
                "lang": language,
                "region": region or None,
                "line": line * distance,
                "top": line * distance - descent,
                "bottom": -descent,
                "code": {"families": self.faces.families(theme.fonts.code.pdf), "share": theme.fonts.code.share},
            }
        )


@cache
def _source(name: str) -> bytes:
    """One of the files in `deckgen/typst/`, after the part that all share."""
    return (_FOLDER / "text.typ").read_bytes() + (_FOLDER / name).read_bytes()


def _ask_data(ask: Ask) -> dict[str, object]:
    runs = [
        {
            "text": run.text,
            "bold": run.bold or (ask.bold and not run.muted),
            "italic": run.italic,
            "code": run.code,
        }
        for run in ask.runs
    ]
    width = None if ask.width is None else ask.width / EMU
    return {"runs": runs, "size": ask.size, "width": width, "breakable": ask.breakable}


def abreast(placings: Sequence[Placing[T]]) -> Placing[list[T]]:
    """Several placings as one, which asks what all of them want to know in one round."""
    results: dict[int, T] = {}
    answers: dict[int, Sequence[float] | None] = dict.fromkeys(range(len(placings)))
    while answers:
        asked: dict[int, Sequence[Ask]] = {}
        for index, own in answers.items():
            try:
                asked[index] = next(placings[index]) if own is None else placings[index].send(own)
            except StopIteration as stop:
                results[index] = stop.value
        if not asked:
            break
        found = iter((yield [ask for asks in asked.values() for ask in asks]))
        answers = {index: [next(found) for _ in asks] for index, asks in asked.items()}
    return [results[index] for index in range(len(placings))]


def together(
    placings: Sequence[Placing[T]], typesetter: Typesetter, asking: Callable[[Mapping[int, int]], None] = lambda _: None
) -> list[T]:
    """Run all placings side by side, answering the questions of each round in one query.

    `asking` is called before each round with those that ask, and the number of characters they ask about.
    """
    results: dict[int, T] = {}
    asked: dict[int, Sequence[Ask]] = {}

    def step(index: int, answers: Sequence[float] | None) -> None:
        try:
            placing = placings[index]
            asked[index] = next(placing) if answers is None else placing.send(answers)
        except StopIteration as stop:
            asked.pop(index, None)
            results[index] = stop.value

    for index in range(len(placings)):
        step(index, None)
    while asked:
        round_asks = list(asked.items())
        asking({index: sum(len(run.text) for ask in asks for run in ask.runs) for index, asks in round_asks})
        answers = typesetter.answer([ask for _, asks in round_asks for ask in asks])
        start = 0
        for index, asks in round_asks:
            step(index, answers[start : start + len(asks)])
            start += len(asks)
    return [results[index] for index in range(len(placings))]
