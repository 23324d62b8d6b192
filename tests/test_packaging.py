"""The wheel holds everything that the package reads at run time."""

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN_TIME_SUFFIXES = (".py", ".txt", ".html", ".css", ".js", ".typed", ".json", ".properties")

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="a wheel is built offline only where hatchling is installed"
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names of the files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("resolver-*.whl")
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


@pytest.mark.parametrize("folder", ["tests/", "seeds/", "resolver/tests/"])
def test_the_wheel_holds_nothing_else(folder: str, names: frozenset[str]) -> None:
    """Tests and samples stay out of site-packages."""
    assert not [name for name in names if name.startswith(folder)]
