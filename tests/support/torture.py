"""Nothing -> a meeting file with everything that is hard to set: for tests and for the eye."""

from __future__ import annotations

from support.pictures import SQUARE, raster

SENTENCE = "The working group discussed how far the document should go and will ask again on the list"
WORD = "Donaudampfschifffahrtsgesellschaftskapitaen" * 7
URL = "https://datatracker.ietf.org/doc/draft-ietf-example/" + "-".join(f"part{n}" for n in range(24))
NAMES = {
    "Greek": "Γιώργος Παπαδόπουλος",
    "Cyrillic": "Владимир Сергеевич",
    "Vietnamese": "Nguyễn Thị Hồng Đào",
    "Combining marks": "Zoe\u0308 Z\u030cizek, na\u00efve caf\u00e9",
}
# Carlito has no letters for these.
FOREIGN = {
    "Arabic": "محمد بن سلمان",
    "Hebrew": "דוד כהן",
    "Chinese": "王小明与李华",
    "Emoji": "🙂 🚀",
}
BASE = """\
session: {date: 2025-07-25, start: "09:30", end: "11:00"}
directors: {a.director: A. Director}
agenda: [{item: Everything, minutes: 5}, {item: Open Mic, minutes: remaining}]
"""


def _meeting(foreign: bool = True) -> str:
    """A meeting file; with `foreign`, names in scripts that the shipped font has no letters for."""
    groups = ", ".join(f"wg{n}: WORKINGGROUP{n}" for n in range(40))
    rows = "".join(f"      - [row {n}, '{SENTENCE}', {n}]\n" for n in range(60))
    deep = "the deepest"
    for level in range(4, 0, -1):
        deep = f"{{text: level {level} {SENTENCE}, items: [{deep}, beside it]}}"
    names = NAMES | FOREIGN if foreign else NAMES
    listed = "".join(f"      - '{script}: {name}'\n" for script, name in names.items())
    return (
        BASE
        + f"groups: {{{groups}}}\n"
        + "slides:\n"
        + f"  long-title: {{kind: bullets, title: '{SENTENCE}, {SENTENCE}', items: [short]}}\n"
        + f"  steps: {{kind: bullets, title: Steps, numbered: true, items: [{', '.join([SENTENCE] * 12)}, {deep}]}}\n"
        + f"  deep: {{kind: bullets, title: Five deep, items: [{deep}]}}\n"
        + "  rows:\n    kind: table\n    title: Sixty rows\n    header: [Name, What, Number]\n"
        + f"    align: [left, left, right]\n    footnote: below\n    rows:\n{rows}"
        + "  cell:\n    kind: table\n    title: A long cell\n    header: [Name, What]\n    rows:\n"
        + f"      - [short, '{(SENTENCE + '. ') * 7}']\n      - ['', '']\n      - [{WORD}, '{WORD}']\n"
        + f"  word: {{kind: bullets, title: One word, items: [{WORD}, after it]}}\n"
        + f"  url: {{kind: bullets, title: Long addresses, items: ['{URL}', 'see {URL} for more']}}\n"
        + "  code:\n    kind: bullets\n    title: Code\n    items:\n      - before it\n      - code: |\n"
        + "".join(f"          {'    ' * (n % 3)}statement_{n}(argument)\n{'' if n % 7 else chr(10)}" for n in range(40))
        + f"  names:\n    kind: bullets\n    title: Names\n    items:\n{listed}"
        + "  wide: {kind: figure, title: Very wide, picture: meetings/wide.png, alt: a wide stripe, caption: [Wide]}\n"
        + "  tall: {kind: figure, title: Very tall, picture: meetings/tall.png, alt: a tall stripe}\n"
        + "  drawn: {kind: figure, title: Drawn, picture: meetings/drawn.svg, alt: a square}\n"
        + "  all:\n    kind: bullets\n    title: Everything at once\n    notes: say it all\n"
        + f"    footnote: '{SENTENCE}'\n"
        + "    qr: {target: 'https://www.ietf.org/'}\n    callout: Do something\n    groups:\n"
        + f"      - heading: First\n        items: ['{SENTENCE}', '**bold** *slanted* `code` [link](https://example.org/)']\n"
        + f"      - heading: Second\n        items: [a, b, {{text: c, items: [d, '{SENTENCE}']}}]\n"
        + "      - heading: Third\n        items: [e]\n"
        + "  lines:\n    kind: chart\n    title: Two lines\n    chart:\n      type: line\n"
        + "      title: Reviews and drafts\n"
        + "      categories: [a, b, c, d]\n      series:\n        - {name: Reviews, values: [1, 5, null, 9]}\n"
        + "        - {name: Drafts, values: [2, 3.5, 4, 1]}\n"
        + "  bars:\n    kind: chart\n    title: Many bars\n    chart:\n      title: Twenty bars\n"
        + f"      categories: [{', '.join(f'no {n}' for n in range(20))}]\n"
        + f"      values: [{', '.join(str(n * 123) for n in range(20))}]\n"
        + "  numbers: {kind: key-figures, title: Numbers, figures: [{value: '1,234,567', label: of these},"
        + " {value: 2, label: of those}, {value: 3, label: more}, {value: 4, label: most}]}\n"
    )


def torture(foreign: bool = True) -> dict[str, str | bytes]:
    """The files of the meeting, 123, and of the pictures it names."""
    return {
        "meetings/123.yaml": _meeting(foreign),
        "meetings/wide.png": raster(3000, 100),
        "meetings/tall.png": raster(100, 3000),
        "meetings/drawn.svg": SQUARE,
    }
