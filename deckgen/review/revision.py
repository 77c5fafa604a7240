"""Git revision -> folder: the files of a deck at that revision; the only module that runs git."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from deckgen.base import Frozen
from deckgen.meeting import MEETINGS, TEMPLATES
from deckgen.problems import nearest

# A pull request may name any revision; what is unpacked from it is bounded.
MAX_FILES = 5_000
MAX_BYTES = 200_000_000
_PICTURES = (".png", ".jpg", ".jpeg", ".svg")
_MAIN = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/main", "refs/heads/master")
_SHALLOW = (
    "; this clone is shallow: fetch the whole history, by `fetch-depth: 0` (GitHub), `GIT_DEPTH: 0` (GitLab) "
    "or `git fetch --unshallow`"
)


class RevisionError(Exception):
    """There is no old deck, and why."""


class Revision(Frozen):
    """A commit, and the name that the user gave."""

    commit: str
    name: str

    def __str__(self) -> str:
        short = self.commit[:9]
        return short if self.commit == self.name else f"{self.name} ({short})"


def find_revision(root: Path, name: str) -> Revision:
    """The commit of `name`; without a name, the merge base with the main branch. Raises RevisionError."""
    _git(root, "rev-parse", "--git-dir")
    if name:
        return Revision(_commit(root, name), name)
    main = next((ref for ref in _MAIN if _try_git(root, "rev-parse", "--verify", "--quiet", ref)), None)
    if main is None:
        raise RevisionError(f"there is no main branch to compare with{_if_shallow(root)}")
    base = _try_git(root, "merge-base", "HEAD", main)
    if base is None:
        raise RevisionError(f"this branch has no commit in common with {_short(main)}{_if_shallow(root)}")
    return Revision(base.strip(), f"merge base with {_short(main)}")


def describe(root: Path) -> str:
    """The commit of a repository, and whether files differ from it; empty if `root` is not one, or git is missing."""
    if not (root / ".git").exists():
        return ""
    words = ("describe", "--always", "--abbrev=9", "--exclude=*", "--dirty=, changed")
    return (_try_git(root, *words) or "").strip()


def base_of(root: Path, name: str) -> Revision:
    """Where this branch left `name`: what a pull request is compared with. Raises RevisionError."""
    commit = _commit(root, name)
    base = _try_git(root, "merge-base", "HEAD", commit)
    if base is None:
        raise RevisionError(f"this branch has no commit in common with `{name}`{_if_shallow(root)}")
    return Revision(base.strip(), name)


def changed_files(root: Path, base: Revision) -> list[str]:
    """The files that differ from `base`, in the work tree as well as in commits, seen from `root`."""
    listed = _git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", base.commit, "--", ".")
    listed += _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return sorted(set(filter(None, listed.split("\0"))))


def text_at(root: Path, revision: Revision, name: str) -> str:
    """A file at a revision; empty if it did not exist."""
    return _try_git(root, "show", f"{revision.commit}:./{name}") or ""


def dirty_files(root: Path) -> list[str]:
    """The files of decks that differ from the last commit; empty outside a repository."""
    try:
        return [
            name
            for name in changed_files(root, Revision("HEAD", "HEAD"))
            if name.startswith((f"{MEETINGS}/", f"{TEMPLATES}/")) or name.endswith(_PICTURES)
        ]
    except RevisionError:
        return []


def folder_in_repository(root: Path) -> str:
    """The path from the top of the repository to `root`, with a slash at its end; empty for the top itself."""
    return (_try_git(root, "rev-parse", "--show-prefix") or "").strip()


def unpack(root: Path, revision: Revision, folder: Path) -> None:
    """Write the meetings, templates and pictures of a revision into `folder`. Raises RevisionError."""
    listed = dict(_listed(root, revision))
    found = _contents(root, [*listed.values()])
    for name, blob in listed.items():
        if blob not in found:
            raise RevisionError(f"`{name}` of {revision} is not in this clone{_if_shallow(root)}")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found[blob])


def blobs_at(root: Path, names: Sequence[str]) -> dict[str, bytes]:
    """The files that git has by their names, committed or not. Raises RevisionError if it lacks one."""
    wrong = next((name for name in names if not re.fullmatch("[0-9a-f]{40}", name)), None)
    if wrong is not None or len(names) > MAX_FILES:
        raise RevisionError("these are not names of files in git")
    lines = "".join(f"{name}\n" for name in names).encode()
    about = _run(root, ["cat-file", "--batch-check"], lines).decode().splitlines()
    if not all(re.fullmatch("[0-9a-f]{40} blob [0-9]{1,9}", line) for line in about):
        raise RevisionError(f"git does not have them as they were{_if_shallow(root)}")
    if sum(int(line.split()[2]) for line in about) > MAX_BYTES:
        raise RevisionError(f"they have more than {MAX_BYTES // 10**6} MB")
    return _contents(root, names)


def _contents(root: Path, blobs: Sequence[str]) -> dict[str, bytes]:
    """The bytes of each blob that git has."""
    data = _run(root, ["cat-file", "--batch"], "".join(f"{blob}\n" for blob in blobs).encode())
    found: dict[str, bytes] = {}
    start = 0
    for blob in blobs:
        header, _, _ = data[start : start + 200].partition(b"\n")
        start += len(header) + 1
        if header.endswith(b"missing"):
            continue
        size = int(header.split()[2])
        assert header.startswith(blob.encode())
        found[blob] = data[start : start + size]
        start += size + 1
    return found


def _listed(root: Path, revision: Revision) -> Iterator[tuple[str, str]]:
    """Name and blob of each regular file that a deck may use."""
    total = count = 0
    for entry in filter(None, _git(root, "ls-tree", "-r", "-z", "-l", revision.commit).split("\0")):
        about, _, name = entry.partition("\t")
        mode, kind, blob, size = about.split()
        inside = name.startswith((f"{MEETINGS}/", f"{TEMPLATES}/")) or name.lower().endswith(_PICTURES)
        if not inside or kind != "blob" or not mode.startswith("100") or ".." in PurePosixPath(name).parts:
            continue
        total, count = total + int(size), count + 1
        if total > MAX_BYTES or count > MAX_FILES:
            raise RevisionError(f"{revision} has more than {MAX_FILES:,} files or {MAX_BYTES // 10**6} MB of decks")
        yield name, blob


def _commit(root: Path, name: str) -> str:
    found = _try_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found is None:
        listed = _try_git(root, "for-each-ref", "--format=%(refname:short)") or ""
        near = nearest(name, listed.split())
        raise RevisionError(f"there is no revision `{name}`" + (f"; {near}" if near else _if_shallow(root)))
    return found.strip()


def _if_shallow(root: Path) -> str:
    return _SHALLOW if (_try_git(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true" else ""


def _short(ref: str) -> str:
    return ref.split("/", 2)[2]


def _try_git(root: Path, *arguments: str) -> str | None:
    try:
        return _git(root, *arguments)
    except RevisionError:
        return None


def _git(root: Path, *arguments: str) -> str:
    return _run(root, arguments).decode("utf-8", "replace")


def _run(root: Path, arguments: list[str] | tuple[str, ...], given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, input=given, capture_output=True, check=True, timeout=60)
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise RevisionError("git took longer than a minute") from None
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RevisionError(f"git reports: {lines[0].removeprefix('fatal: ')}" if lines else "git failed") from None
    return done.stdout
