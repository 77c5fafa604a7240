"""Meeting files with mistakes -> the messages on the terminal and in a pull request."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.repository import ROOT
from support.specimen import SPECIMENS, lay_out_specimen

from deckgen.cli.main import main

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """`deckgen check 124` over a meeting file of this text: its exit code and what it printed."""

    def run(text: str, *options: str) -> tuple[int, str]:
        root = tmp_path / f"root-{len(list(tmp_path.iterdir()))}"
        path = tmp_path / "specimen.yaml"
        path.write_text(text)
        lay_out_specimen(path, root)
        code = main(["check", "124", "--root", str(root), *options])
        return code, capsys.readouterr().out

    return run


def _news(item: str) -> str:
    return f"slides:\n  news:\n    kind: bullets\n    title: News\n    section: Reports\n    items:\n      - {item}\n"


def test_message_has_location_text_caret_and_hint(say: Check) -> None:
    """As a compiler prints it: location, severity, text, rule, the line with a caret, what to type."""
    code, out = say("groups: {acme: ACME}\nslides:\n  the-ends: {title: Bye}\n")

    assert code == 1
    assert out.splitlines() == [
        "meetings/124.yaml:3:3: error: the slide `the-ends` does not exist [unknown-slide]",
        "    the-ends: {title: Bye}",
        "    ^^^^^^^^",
        "  hint: did you mean `the-end`?; a slide of your own needs `kind`",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("sesion: {room: Viger}\n", "did you mean `session`?"),
        ("slides:\n  the-end: {titel: Bye}\n", "did you mean `title`?"),
        ("slides:\n  news: {kind: bulets, title: News}\n", "did you mean `bullets`?"),
        ("slides:\n  notewell: {title: News}\n", "did you mean `note-well`?"),
        ("slides:\n  the-end: {after: agendas}\n", "did you mean `agenda`?"),
        ("slides:\n  the-end: {section: Reprots}\n  x: {kind: statement, title: X, section: Reprots}\n", "`Reports`?"),
        (_news('"{{ meeting.cty }}"'), "did you mean `city`?"),
        (_news('"{{ metting.city }}"'), "did you mean `meeting`?"),
        (_news('"{{ groups | comas }}"'), "did you mean `commas`?"),
        ("slides:\n  the-end: {when: chair_chnages}\n", "did you mean `chair_changes`?"),
        ("groups: {acem: ACEM}\n--- meetings/124.facts.yaml\ngroups: {acme: ACME}\n", "did you mean `acme`?"),
    ],
)
def test_nearest_known_word_is_offered(say: Check, text: str, hint: str) -> None:
    """For unknown keys, kinds, slides, sections, names, filters and groups, the message offers the nearest."""
    _, out = say(text)

    assert hint in out


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ("IETF {{ meeting.number }} in {{ meeting.cty }}", "7:38"),
        ('"IETF {{ meeting.number }} in {{ meeting.cty }}"', "7:39"),
        ("'{{ meeting.cty }}'", "7:10"),
        (">-\n        In the year\n        of {{ meeting.cty }}", "9:12"),
        ("|\n        In {{ meeting.city }}\n        and {{ meeting.cty }} too", "9:13"),
        ('"{% if meeting.cty %}x{% endif %}"', "7:10"),
        ('"{{ meeting.city }} {{ 1 + }}"', "7:29"),
    ],
)
def test_expression_is_found_at_its_own_line_and_column(say: Check, item: str, place: str) -> None:
    """Inside a plain, quoted or block text, the message points at the expression that fails, not at the text."""
    _, out = say(_news(item))

    assert out.startswith(f"meetings/124.yaml:{place}: error: ")


def test_value_that_passed_through_a_template_names_both_lines(say: Check) -> None:
    """A bad value of the meeting is shown on its own line, and the template's line that used it is named too."""
    _, out = say('new_lists:\n  settle: {purpose: "[here](ftp://example.com/)"}\n')
    place, _, _, used, template, *_ = out.splitlines()

    assert place.startswith("meetings/124.yaml:2:21: error: ")
    assert used == "  used by templates/slides/new-lists.yaml:11:7"
    assert template.strip() == """- "{{ list.get('purpose', '') }}\""""


def test_layer_that_has_the_value_is_named(say: Check) -> None:
    """Of several layers, the message names the file that has the wrong value."""
    _, out = say("groups: {acme: ACME}\n--- meetings/124.facts.yaml\ngroups:\n  tls: [TLS]\n")

    assert out.startswith("meetings/124.facts.yaml:2:8: error: `tls` is a list, not text [wrong-value]")


def test_bullet_that_does_not_fit_is_named_by_its_line(say: Check) -> None:
    """A problem of the layout is reported at the bullet, not at the slide."""
    _, out = say(_news("Short\n      - " + "far too many words for one slide " * 80))

    assert out.startswith("meetings/124.yaml:8:9: error: ")
    assert "[text-overflow]" in out.splitlines()[0]


def test_all_problems_of_all_files_come_in_one_run_sorted_by_location(say: Check) -> None:
    """Facts, templates, slides and texts: nobody has to fix one problem to see the next."""
    _, out = say(
        "errata: {x: 1}\n" + _news("'[a](b:c)'") + "--- meetings/124.facts.yaml\ngroups: 1\n"
        "--- templates/slides/the-end.yaml\nkind: statment\ntitle: Bye\n"
    )
    heads = [line for line in out.splitlines() if ": error: " in line]
    places = [line.split(" ")[0] for line in heads]

    assert [head.rpartition(" ")[2] for head in heads] == [
        *("[wrong-value]", "[wrong-value]", "[bad-link]", "[unknown-kind]"),
    ]
    assert places == sorted(places)


def test_wide_characters_and_tabs_do_not_move_the_caret(say: Check) -> None:
    """The caret is under the value in a terminal."""
    _, out = say('groups: {tls: "山田", acme: [ACME]}\n')
    _, line, caret, *_ = out.splitlines()

    assert len(caret) - len(caret.lstrip()) == len(line[: line.index("[ACME]")]) + 2  # two letters take four columns


def test_json_has_every_part_of_a_message(say: Check) -> None:
    """Programs get file, line, column, severity, rule, text and hint."""
    _, out = say("sesion: {room: Viger}\n", "--output-format", "json")
    [problem] = json.loads(out)

    assert problem["file"].endswith("meetings/124.yaml")
    assert (problem["line"], problem["column"], problem["width"]) == (1, 1, 6)
    assert (problem["severity"], problem["rule"]) == ("error", "unknown-key")
    assert problem["hint"] == "did you mean `session`?"


def test_github_annotations_are_one_line_each_for_any_text(say: Check) -> None:
    """A value cannot end its annotation and begin another command."""
    _, out = say(
        'groups: {acme: ["%0A::error::x\\n::stop-commands::y"]}\n' + _news("'TBD: a, b'"), "--output-format=github"
    )

    assert [line.partition(" ")[0] for line in out.splitlines()] == ["::error", "::warning"]
    assert ",line=1,col=16," in out
    assert ",title=left-over-note::" in out


def test_github_properties_escape_colons_and_commas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with a comma in its name does not break the annotation."""
    root = tmp_path / "a,b:c"
    lay_out_specimen(SPECIMENS / "rules" / "doubled-word.bad.yaml", root)
    main(["check", "124", "--root", str(root), "--output-format", "github"])

    assert "a%2Cb%3Ac/meetings/124.yaml,line=7" in capsys.readouterr().out


def test_sarif_names_each_rule_once_and_refers_to_it(say: Check) -> None:
    """The log is SARIF 2.1.0: rules with their manual, results with region and level."""
    _, out = say(_news("TBD TBD\n      - the the"), "--output-format", "sarif")
    log = json.loads(out)
    [run] = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert log["version"] == "2.1.0"
    assert rules == sorted(set(rules))
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert all(result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"])
    assert {result["level"] for result in run["results"]} == {"warning"}


def test_exit_code_is_1_for_errors_and_for_warnings_only_if_strict(say: Check) -> None:
    """Warnings alone do not fail without `--strict`."""
    assert say(_news("the the"))[0] == 0
    assert say(_news("the the"), "--strict")[0] == 1
    assert say(_news("[x](y:z)"), "--strict")[0] == 1


def test_a_usage_error_is_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A misspelt option, an unknown rule, a folder without meetings: neither a problem of the deck nor a bug."""
    with pytest.raises(SystemExit) as stopped:
        main(["check", "--strickt"])

    assert stopped.value.code == 2
    assert main(["rule", "agenda-overun"]) == 2
    assert "did you mean `agenda-overrun`?" in capsys.readouterr().err
    assert main(["check", "--root", str(tmp_path)]) == 2


def test_meeting_without_a_file_lists_those_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    """The hint for a wrong number is the list of right ones."""
    assert main(["check", "99", "--root", str(ROOT)]) == 1
    assert "the meetings here are 123, 124" in capsys.readouterr().out


def _on_a_terminal(environment: dict[str, str]) -> str:
    """What `deckgen check` prints if its standard output is a terminal."""
    import pty  # Windows has no such module

    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "deckgen", "check", "123", "--root", str(ROOT)]
    kept = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(command, stdout=writer, stderr=writer, env=kept | environment, cwd=ROOT) as process:
        os.close(writer)
        said = b""
        while chunk := _chunk(reader):
            said += chunk
        process.wait()
    os.close(reader)
    return said.decode()


def _chunk(reader: int) -> bytes:
    try:
        return os.read(reader, 65_536)
    except OSError:  # Linux says so at the end of a terminal
        return b""


@pytest.mark.posix
def test_colour_is_for_terminals_without_no_color(say: Check) -> None:
    """Colour on a terminal, none in a pipe, none with NO_COLOR (no-color.org)."""
    assert "\033[1;33mwarning\033[0m" in _on_a_terminal({})
    assert "\033" not in _on_a_terminal({"NO_COLOR": "1"})
    assert "\033" not in say(_news("the the"))[1]


def test_manual_of_a_rule_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`deckgen rule ID` explains every id that a message can have in brackets."""
    assert main(["rule", "agenda-overrun", "unknown-key"]) == 0

    said = capsys.readouterr().out
    assert "Why: the last speaker loses the time." in said
    assert "A key is unknown here" in said


def test_list_of_the_rules_describes_each(capsys: pytest.CaptureFixture[str]) -> None:
    """Each rule has one sentence, by which to find it."""
    assert main(["rule"]) == 0

    assert "doubled-word             A word that occurs twice in a row." in capsys.readouterr().out


def test_ignore_comment_silences_one_rule_on_its_line(say: Check) -> None:
    """The rule is not reported on that line, but is on the line under it."""
    ignored = "the the # deckgen: ignore[doubled-word] a quotation"

    assert say(_news(f"{ignored}\n      - a a"))[1].startswith("meetings/124.yaml:8:9: warning: `a a`")
    assert "doubled-word" in say(_news("the the # deckgen: ignore[plain-http] a quotation"))[1]


def test_ignore_comment_holds_through_a_template(say: Check) -> None:
    """The comment is on the line of the value, which a template uses."""
    _, out = say("groups:\n  ohai: OHAI [*] # deckgen: ignore[unexplained-mark] explained on the next slide\n")

    assert out == ""
