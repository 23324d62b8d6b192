"""The wheel and the source archive: all that is needed, nothing else, and the same bytes wherever they are built."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN_TIME_SUFFIXES = (".py", ".txt", ".html", ".css", ".js", ".typed", ".json", ".properties")
SOURCES = ("resolver", "aliases", "seeds", "tests", "docs")
FILES = ("README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "Makefile", "pyproject.toml", ".gitignore")

pytestmark = [
    pytest.mark.pure_python,
    pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in ("hatchling", "build")),
        reason="built offline only where build and hatchling are installed: pip install -e '.[dev]'",
    ),
]


def build(checkout: Path) -> dict[str, bytes]:
    """Name -> content of what a checkout gives, built without the network."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", checkout / "dist", checkout]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SOURCE_DATE_EPOCH")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (checkout / "dist").iterdir()}


def check_out(folder: Path) -> Path:
    """A copy of the sources, without what a checkout does not have."""
    unwanted = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    for name in filter(lambda name: (ROOT / name).exists(), FILES):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the wheel and the source archive under dist/."""
    checkout = check_out(tmp_path_factory.mktemp("checkout"))
    build(checkout)
    return checkout / "dist"


@pytest.fixture(scope="module")
def names(built: Path) -> frozenset[str]:
    """The names of the files in the wheel."""
    (wheel,) = built.glob("resolver-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def test_the_wheel_holds_every_file_of_the_package(names: frozenset[str]) -> None:
    """Code, language tables, the report's page, the marker of types."""
    files = (path for path in (ROOT / "resolver").rglob("*") if path.suffix in RUN_TIME_SUFFIXES)

    assert {path.relative_to(ROOT).as_posix() for path in files} <= names


def test_the_wheel_holds_the_bundled_registry(names: frozenset[str]) -> None:
    """`Registry.load()` works after `pip install`."""
    files = {f"resolver/aliases/{path.name}" for path in (ROOT / "aliases").glob("*.yaml")}

    assert files
    assert files <= names


def test_the_wheel_installs_the_command(names: frozenset[str]) -> None:
    """The console script is declared."""
    assert any(name.endswith(".dist-info/entry_points.txt") for name in names)


def test_the_wheel_holds_nothing_else(names: frozenset[str]) -> None:
    """No tests, no samples, no hidden file, nothing that Python would run at its start."""
    stray = [name for name in names if not name.startswith(("resolver/", "resolver-"))]
    hidden = [name for name in names if any(part.startswith(".") for part in Path(name).parts)]
    kinds = {Path(name).suffix for name in names if name.startswith("resolver/")}

    assert stray == hidden == []
    assert not [name for name in names if name.startswith(("resolver/tests/", "resolver/seeds/")) or ".pth" in name]
    assert kinds <= {*RUN_TIME_SUFFIXES, ".yaml", ".svg", ""}


def test_the_source_archive_holds_what_the_tests_need(built: Path) -> None:
    """And no path in it leads out of its folder."""
    (archive,) = built.glob("resolver-*.tar.gz")
    with tarfile.open(archive) as files:
        members = files.getmembers()
    top = archive.name.removesuffix(".tar.gz")

    assert {f"{top}/{name}" for name in ("README.md", "LICENSE", "tests/conftest.py", "aliases/people.yaml")} <= {
        member.name for member in members
    }
    assert all(member.name.startswith(f"{top}/") and ".." not in Path(member.name).parts for member in members)
    assert all(member.isfile() for member in members)


def test_two_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """From another folder, at another time, with other permissions, beside files that are no part of it."""
    checkout = check_out(tmp_path / "elsewhere" / "a folder")
    (checkout / "resolver" / "__pycache__").mkdir()
    (checkout / "resolver" / "__pycache__" / "x.cpython-311.pyc").write_bytes(b"\0")
    for path in sorted(checkout.rglob("*.py")):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o600)

    assert build(checkout) == {path.name: path.read_bytes() for path in built.iterdir()}
