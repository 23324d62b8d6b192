"""The versions that development uses are pinned by their bytes, and no licence comes in unseen."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
import supply_chain
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / ".ci" / "requirements.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
_ENTRY = re.compile(
    r"^(?P<pin>\S+==\S+)(?P<marker> ; [^\\]+)? \\\n(?P<hashes>(?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


def pins() -> dict[str, list[str]]:
    """Name -> the versions of the lock, of which the marker of each says where it is meant."""
    found: dict[str, list[str]] = {}
    for entry in _ENTRY.finditer(LOCK.read_text(encoding="utf-8")):
        name, _, version = entry["pin"].partition("==")
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def wanted() -> list[Requirement]:
    """What pyproject.toml asks for: the library, the extra `dev`, and the extras that it names."""
    lines = [*PROJECT["dependencies"], *EXTRAS["dev"], *EXTRAS["web"]]
    return [requirement for line in lines if (requirement := Requirement(line)).name != "resolver"]


@pytest.mark.skipif(not LOCK.exists(), reason="a source archive has no lock")
def test_every_line_of_the_lock_is_a_pin_with_hashes() -> None:
    """No address, no folder, no other index, no version that may float."""
    text = LOCK.read_text(encoding="utf-8")
    rest = _ENTRY.sub("", text)

    assert len(pins()) > 50
    assert all(line.startswith("#") or not line for line in rest.splitlines()), rest[:500]


@pytest.mark.skipif(not LOCK.exists(), reason="a source archive has no lock")
@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_the_lock_fits_what_the_project_asks_for(requirement: Requirement) -> None:
    """Whoever changes pyproject.toml runs `make lock`."""
    versions = pins().get(canonicalize_name(requirement.name), [])

    assert versions, "run `make lock`"
    assert all(requirement.specifier.contains(version) for version in versions), "run `make lock`"


@pytest.mark.skipif(not LOCK.exists(), reason="a source archive has no lock")
def test_the_lock_holds_what_those_need_in_turn() -> None:
    """With --require-hashes pip takes nothing that is not in it."""
    assert {name for name, package in supply_chain.needed("dev").items() if package} <= pins().keys()


def test_the_extra_of_spark_brings_what_its_arrow_functions_ask_for() -> None:
    """They import pandas, and pyspark alone does not bring it."""
    assert {Requirement(line).name for line in EXTRAS["spark"]} == {"pyspark", "pyarrow", "pandas"}


@pytest.mark.parametrize("extra", supply_chain.EXTRAS)
def test_every_licence_is_allowed(extra: str) -> None:
    """Those of the exceptions are what is written there, and no other."""
    for name, package in supply_chain.needed(extra).items():
        if package is not None:
            licence = supply_chain.licence_of(package)
            known = supply_chain.EXCEPTIONS.get(name, ("", ""))[0]
            assert supply_chain.is_allowed(licence) or licence == known, f"{name} is {licence}"


def test_the_page_of_licences_names_every_package() -> None:
    """`make licences` writes it."""
    needed = {name for extra in supply_chain.EXTRAS for name, package in supply_chain.needed(extra).items() if package}
    page = supply_chain.written()

    assert needed <= page.keys(), "run `make licences`"
    assert {name for name, (licence, _) in page.items() if not supply_chain.is_allowed(licence)} == set(
        supply_chain.EXCEPTIONS
    )
    assert "unknown" not in {licence for licence, _ in page.values()}


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "unknown", "", "Proprietary"]
)
def test_other_licences_are_not(licence: str) -> None:
    """Nor is what nobody can tell."""
    assert not supply_chain.is_allowed(licence)


def test_a_licence_is_read_from_what_a_package_states() -> None:
    """An expression, a classifier, a free text."""
    found = {
        name: supply_chain.licence_of(distribution(name)) for name in ("rapidfuzz", "jellyfish", "unidecode", "rich")
    }

    assert found == {"rapidfuzz": "MIT", "jellyfish": "MIT", "unidecode": "GPL-2.0-or-later", "rich": "MIT"}


def test_actions_of_others_are_pinned_by_their_commit() -> None:
    """A tag can be moved to another content."""
    for path in (ROOT / ".github").rglob("*.yml"):
        for used in re.findall(r"uses:\s*(\S+)", path.read_text(encoding="utf-8")):
            assert used.startswith("./") or re.search(r"@[0-9a-f]{40}$", used), f"{path}: {used}"
