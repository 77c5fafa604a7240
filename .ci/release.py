"""A commit -> dist/: its sdist and its wheel, the same bytes each time, checked and tried.

`make release`. It uploads nothing; docs/releasing.md has the other steps.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

ROOT = Path.cwd()
DIST = ROOT / "dist"


def main() -> None:
    """Build, compare, check and try; the first fault ends it with a message."""
    if run("git", "status", "--porcelain"):
        sys.exit("there are changes that are not committed: commit them, or remove them")
    os.environ.pop("PYTHONPATH", None)  # the wheel is tried, and not this folder
    os.environ["SOURCE_DATE_EPOCH"] = run("git", "log", "-1", "--format=%ct")
    with tempfile.TemporaryDirectory() as folder:
        sdist, wheel = build(ROOT, Path(folder) / "first")
        compare(sdist, wheel, Path(folder))
        faults = [*missing(wheel), *unlicensed(wheel), *mislabelled(wheel)]
        if faults:
            sys.exit("\n".join(faults))
        attempt(wheel, Path(folder))
        DIST.mkdir(exist_ok=True)
        for file in (sdist, wheel):
            (DIST / file.name).write_bytes(file.read_bytes())
            print(f"{digest(file)}  dist/{file.name}")
    number = run(sys.executable, "-c", "import deckgen; print(deckgen.__version__)")
    dated = rf"^## \[{re.escape(number)}\] - \d{{4}}-\d\d-\d\d$"
    if not re.search(dated, Path("CHANGELOG.md").read_text("utf-8"), re.MULTILINE):
        print(f"a rehearsal: CHANGELOG.md has no dated section for {number}")


def run(*command: str, cwd: Path = ROOT) -> str:
    """What a command prints; its messages, and the end, if it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def build(source: Path, target: Path) -> tuple[Path, Path]:
    """The sdist and the wheel of a folder."""
    run(sys.executable, "-m", "hatchling", "build", "--directory", str(target), cwd=source)
    return next(target.glob("*.tar.gz")), next(target.glob("*.whl"))


def compare(sdist: Path, wheel: Path, folder: Path) -> None:
    """End, unless the files that the sdist makes are the same."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    again = build(folder / "unpacked" / sdist.name.removesuffix(".tar.gz"), folder / "second")
    for first, second in zip((sdist, wheel), again, strict=True):
        if digest(first) != digest(second):
            sys.exit(f"{first.name} has other bytes if it is built from the sdist")


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def missing(wheel: Path) -> Iterator[str]:
    """What git has and the wheel has not, or the reverse: each file of the package, and of the presets."""
    options = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    sources = {**options["sources"], "deckgen": "deckgen"}
    tracked = run("git", "ls-files", "--", *sources).splitlines()
    expected = {
        name.replace(here, packed, 1)
        for name in tracked
        for here, packed in sources.items()
        if name.startswith(f"{here}/") and not any(Path(name).match(left_out) for left_out in options["exclude"])
    }
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    yield from (f"the wheel lacks {name}" for name in sorted(expected - found))
    yield from (f"the wheel has {name}, which is not one of its files" for name in sorted(found - expected))


def unlicensed(wheel: Path) -> Iterator[str]:
    """The fonts whose name is not in the licence beside them, and licences that the metadata leaves out."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        fonts = [Path(name) for name in names if name.endswith((".ttf", ".otf"))]
        licences = [name.partition(".dist-info/licenses/")[2] for name in names if ".dist-info/licenses/" in name]
        if "LICENSE" not in licences:
            yield "the metadata lacks LICENSE"
        for font in fonts:
            licence = str(font.with_name("OFL.txt"))
            family = re.sub("(?<=[a-z])(?=[A-Z])", " ", font.stem.partition("-")[0])
            if licence not in licences or family not in archive.read(licence).decode("utf-8"):
                yield f"no licence in the metadata names the font {family}"


def mislabelled(wheel: Path) -> Iterator[str]:
    """What the metadata should have; twine checks the same, but is not among the locked tools."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = message_from_bytes(archive.read(name))
    for key in ("Name", "Version", "Summary", "Requires-Python", "License-Expression", "Description-Content-Type"):
        if not metadata[key]:
            yield f"the metadata lacks {key}"
    if not str(metadata.get_payload()).startswith("# deckgen"):
        yield "the metadata lacks the README"


def attempt(wheel: Path, folder: Path) -> None:
    """Install the wheel into a new environment, with the libraries of this one, and build a deck of each preset."""
    venv.create(folder / "environment", with_pip=False)
    scripts = folder / "environment" / Path(sysconfig.get_path("scripts")).name
    pip = (sys.executable, "-m", "pip", "--python", str(scripts / "python"), "--disable-pip-version-check", "install")
    run(*pip, "--no-deps", "--no-index", str(wheel))
    packages = run(str(scripts / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    (Path(packages) / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    deckgen = str(scripts / "deckgen")
    listed = run(deckgen, "init", "--help", cwd=folder)
    for preset in sorted(set(re.search(r"--preset \{(.+?)\}", listed)[1].split(","))):
        made = run(deckgen, "init", preset, "--preset", preset, cwd=folder)
        run(deckgen, "build", re.search(r"MEETING=([a-z0-9-]+)", made)[1], "--quiet", cwd=folder / preset)
        print(f"{preset}: builds")


main()
