"""Source -> ChartSlide: a chart on its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from deckgen.deck.kinds.common import Common
from deckgen.deck.model import Chart
from deckgen.deck.read import Reader
from deckgen.schema.declare import Declaration
from deckgen.source import Source


class ChartSlide(Common, kw_only=True):
    """A chart on its own."""

    kind: ClassVar = Declaration(
        "chart", "a bar or line chart on its own", {"chart": {"$ref": "#/$defs/chart"}}, ("chart",)
    )
    chart: Chart

    @classmethod
    def read(cls, reader: Reader, source: Source, common: dict[str, Any]) -> ChartSlide:
        """The slide that `source` describes. Raises DeckError."""
        return cls(**common, chart=reader.chart(source.get("chart") or source))

    @property
    def bare(self) -> bool:
        """Whether none of its values is known."""
        return all(value is None for series in self.chart.series for value in series.values)

    def content(self) -> Iterator[Chart]:
        """What it shows under its title."""
        yield self.chart
