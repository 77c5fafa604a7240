"""A seed -> slides of all kinds with texts that are hard to set, as an author could write them."""

from __future__ import annotations

import random
from collections.abc import Callable

from deckgen.source import Plain
from support.torture import FOREIGN, NAMES, SENTENCE, URL, WORD

_EASY = (
    *("word", "state-of-the-art", "draft-ietf-tls-hybrid-design", "RFC 9000", "a/b/c", "half\u00adway", "AT&T", "1/2"),
    *("“quoted”", "it’s", "3.10", "50 %", "**bold**", "*it*", "`code-x`", "[a link](https://www.ietf.org/a-b)"),
    *(
        "saag@ietf.org",
        "e\u0301",
        "ﬁ",
        "ffi",
        "–",
        "—",
        "…",
        "naïve",
        "Ω",
        "non\u2011break",
        "`a  b`",
        "(1)",
        "Ünïcode",
    ),
)
HARD = (
    *("a" * 60 + " " + "!" * 31, "Wiederaufnahmeverfahren !!!!!!!!!!", WORD, URL, "W" * 70, "/".join("abcdefgh" * 9)),
    *("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", "a\u00a0" * 50 + "b", "x\u2060" * 70 + "y"),
    *(
        "王小明与李华" * 12,
        "山田太郎" * 9 + "!" * 20,
        "👩\u200d👩\u200d👧" * 12,
        "a\u200db\u200dc" * 25,
        "—" * 60,
        "." * 90,
    ),
    *("`" + "x" * 70 + "`", "`" + "a b " * 20 + "!!!!`", "**" + "Verfahren" * 9 + "** ?????", "one\ntwo\n\nthree"),
    *("(((((" * 12, ")))))" * 12, "?" * 70, "word " + ")" * 50, "“" * 40, "a, , , , , , , b ; ; ; ; :::::", "9" * 60),
    *("https://[2001:db8::1]/" + "x" * 90, "a" * 40 + "@" + "b" * 40 + ".example.org", "_" * 80, "-" * 70, "/" * 70),
    *("50\u202f%" * 15, "ก" * 40, "नमस्ते" * 9, "e\u0301" * 60, "\u2011".join("abcde" * 12), "½⅓" * 20, "…" * 50),
    *(*NAMES.values(), *FOREIGN.values(), SENTENCE, SENTENCE * 2),
)

Slide = dict[str, Plain]


class RandomSlides:
    """Slides that one seed gives, one after the other."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._kinds: tuple[Callable[[], Slide], ...] = (
            *(self._title, self._statement, self._bullets, self._groups, self._columns, self._table, self._agenda),
            *(self._chart, self._beside, self._figure, self._key_figures, self._quote),
        )

    def slides(self, count: int) -> dict[str, Plain]:
        """Slides by id: of each kind in turn, with whatever any slide may have."""
        return {f"own-{number}": self._slide(self._kinds[number % len(self._kinds)]) for number in range(count)}

    def _slide(self, kind: Callable[[], Slide]) -> Slide:
        slide = {"title": self._text(6), **kind()}
        if self._once(3):
            slide["footnote"] = self._text(8)
        if self._once(4):
            slide["qr"] = {"target": "https://www.ietf.org/", "alt": self._text(3)}
        if slide["kind"] in ("bullets", "columns") and self._once(2):
            slide["callout"] = self._text(8)
        return slide

    def _once(self, of: int) -> bool:
        return self._chance.randrange(of) == 0

    def _text(self, most: int) -> str:
        """Up to so many words; one text in six has a hard one."""
        words = self._chance.choices(_EASY, k=self._chance.randint(1, most))
        if self._once(6):
            words.insert(self._chance.randrange(len(words) + 1), self._chance.choice(HARD))
        return " ".join(words)

    def _texts(self, most: int, words: int) -> list[Plain]:
        return [self._text(words) for _ in range(self._chance.randint(1, most))]

    def _title(self) -> Slide:
        return {"kind": "title", "subtitle": self._text(5), "lines": self._texts(3, 4)}

    def _statement(self) -> Slide:
        return {"kind": "statement", "lines": self._texts(3, 6)}

    def _bullets(self) -> Slide:
        below: Plain = [
            {"text": self._text(9), "items": self._texts(2, 9)},
            {"para": self._text(9)},
            {"code": self._code()},
        ]
        return {"kind": "bullets", "items": [*self._texts(6, 16), {"text": self._text(9), "items": below}]}

    def _code(self) -> str:
        lines = ("if here:", "    there()", "", "return !!!!!", "x" * 40, "王小明", "a\u00a0b  c", "# é", "y" * 90)
        return "\n".join(["start", *self._chance.choices(lines[: 8 + self._once(9)], k=4)])

    def _groups(self) -> Slide:
        groups: list[Plain] = [
            {"heading": self._text(2), "items": self._texts(6, 7)} for _ in range(self._chance.randint(2, 3))
        ]
        return {"kind": "bullets", "groups": groups}

    def _columns(self) -> Slide:
        return {"kind": "columns", "columns": self._chance.randint(1, 4), "items": self._texts(24, 2)}

    def _table(self) -> Slide:
        width = self._chance.randint(1, 6)
        rows: list[Plain] = [[self._text(5) for _ in range(width)] for _ in range(self._chance.randint(1, 9))]
        rows.append(
            {"cells": [{"text": self._text(2), "sub": self._text(3)}, *self._same(width - 1)], "highlight": True}
        )
        align: list[Plain] = [self._chance.choice(("left", "right")) for _ in range(width)]
        return {"kind": "table", "header": [self._text(2) for _ in range(width)], "align": align, "rows": rows}

    def _same(self, count: int) -> list[Plain]:
        return [self._text(2) for _ in range(count)]

    def _agenda(self) -> Slide:
        items: list[Plain] = [
            {"item": self._text(12), "minutes": self._chance.choice((5, 20, 90)), "who": self._text(4)}
            for _ in range(self._chance.randint(2, 8))
        ]
        return {"kind": "agenda", "start": "09:30", "items": [*items, {"item": self._text(4), "minutes": "remaining"}]}

    def _drawn(self, points: int, series: int) -> Slide:
        values = (None, 0, 1, 2.5, 3.125, 100, 0.004, -7, 1234567.5, -1200, 99, 101)
        style: Slide = self._chance.choice(({}, {}, {"type": "line"}, {"stacked": True}, {"horizontal": True}))
        numbers = values[:-5] if style.get("stacked") else values
        return {
            "title": self._text(6),
            "categories": [f"{self._text(2)} {number}" for number in range(points)],
            "series": [
                {"name": f"{self._text(2)} {number}", "values": [self._chance.choice(numbers) for _ in range(points)]}
                for number in range(series)
            ],
            **style,
        }

    def _chart(self) -> Slide:
        return {"kind": "chart", "chart": self._drawn(self._chance.choice((1, 3, 9, 24)), self._chance.randint(1, 4))}

    def _beside(self) -> Slide:
        rows: list[Plain] = [[self._text(3), self._text(2)] for _ in range(self._chance.randint(1, 6))]
        chart = self._drawn(self._chance.randint(1, 6), self._chance.randint(1, 2))
        return {"kind": "table", "header": [self._text(1), self._text(1)], "rows": rows, "chart": chart}

    def _figure(self) -> Slide:
        picture = f"meetings/{self._chance.choice(('wide.png', 'tall.png', 'drawn.svg'))}"
        return {"kind": "figure", "picture": picture, "alt": self._text(3), "caption": self._texts(2, 7)}

    def _key_figures(self) -> Slide:
        values = ("285", "9,554", "1,234,567", "12 %", "n/a", "Wiederaufnahme", "!" * 31, "王小明与李华", "a/b-c")
        figures: list[Plain] = [
            {"value": self._chance.choice(values), "label": self._text(4)} for _ in range(self._chance.randint(1, 4))
        ]
        return {"kind": "key-figures", "figures": figures}

    def _quote(self) -> Slide:
        return {"kind": "quote", "quote": self._text(24), "who": self._text(3), "where": self._text(4)}
