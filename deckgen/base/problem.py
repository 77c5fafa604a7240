"""Origin and text -> Problem: what is wrong in an author's file, where it is, and what to type instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Generic, Literal, TypeVar

from deckgen.base.frozen import Frozen, replace

T = TypeVar("T")
Severity = Literal["error", "warning"]

# Limits of suggestions: characters of one word, and pairs of characters compared for all words of a deck.
_MAX_WORD = 60
_MAX_WORK = 10_000_000
_work_left = _MAX_WORK


class Origin(Frozen, order=True):
    """Where a value comes from: a file, and a line and column counted from 1 (0 means the whole file).

    `width` is how many characters of that line the value takes. `through` is the text of a template that
    used the value on its way to a slide.
    """

    path: str
    line: int = 0
    column: int = 0
    width: int = 1
    through: Origin | None = None

    def passed_through(self, template: Origin) -> Origin:
        """The same origin, with the text of a template that used the value."""
        return self if self.through or template == self else replace(self, through=template)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Problem(Frozen):
    """One problem of an author's file; `rule` names the kind of problem, `hint` tells the author what to type."""

    origin: Origin
    rule: str
    text: str
    hint: str = ""
    severity: Severity = "error"
    slide: str = ""

    def __str__(self) -> str:
        return f"{self.origin}: {self.severity}: {self.text} [{self.rule}]"


class DeckError(Exception):
    """The deck cannot be made; has every Problem that was found, in the order of their origins."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[DeckError], tuple[tuple[Problem, ...]]]:
        return DeckError, (self.problems,)  # from one process to another


class Result(Frozen, Generic[T]):
    """A value, made as far as possible, and every problem found on the way; None if nothing can be made."""

    value: T | None
    problems: tuple[Problem, ...] = ()

    def get(self) -> T:
        """The value. Raises DeckError with all problems if one of them is an error, or if there is no value."""
        if self.value is None or self.errors:
            raise DeckError(self.problems)
        return self.value

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return errors_of(self.problems)

    @property
    def sound(self) -> T | None:
        """The value; None if one of the problems is an error."""
        return None if self.errors else self.value

    @classmethod
    def of(cls, make: Callable[[], T]) -> Result[T]:
        """What `make` returns, or the problems of the DeckError that it raises."""
        try:
            return Result(make())
        except DeckError as error:
            return Result(None, error.problems)


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that are errors: they stop a build, warnings do not."""
    return tuple(problem for problem in problems if problem.severity == "error")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by origin, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.origin.path, p.origin.line, p.origin.column)))


def fatal(origin: Origin, rule: str, text: str, hint: str = "") -> DeckError:
    """A DeckError with a single Problem, to be raised."""
    return DeckError([Problem(origin, rule, text, hint)])


def reset_suggestions() -> None:
    """Begin another deck: the work for suggestions is limited for each deck, because a search is slow."""
    global _work_left
    _work_left = _MAX_WORK


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word nearest to `word`; empty if none is near, or if the work for this deck is used up."""
    global _work_left
    by_lower = {name.lower(): name for name in known if len(name) <= _MAX_WORD}
    work = len(word) * sum(map(len, by_lower))
    if len(word) > _MAX_WORD or work > _work_left:
        return ""
    _work_left -= work
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint `did you mean ...?` with the known word nearest to `word`; empty if none is near."""
    near = nearest_word(word, known)
    return f"did you mean `{near}`?" if near else ""
