"""What all tests may ask for: a tiny registry, as a value and as a folder of YAML."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from resolver.pipeline import Resolver
    from resolver.registry import Registry

TINY = """\
- id: person:aleksandr-brechalov
  type: person
  name: Aleksandr Brechalov
  aliases:
    - Alexander Brechalov
    - {text: Brechalov, kind: short}
    - {text: Александр Бречалов, lang: ru}
  expect:
    resolve:
      - Aleksandr Bechalov
    reject:
      - Brachalov Street
- id: organization:kupol
  type: organization
  name: Izhevsk Electromechanical Plant Kupol
  aliases:
    - {text: Kupol, kind: short}
    - {text: Купол, lang: ru, kind: short}
- id: product:garpiya-a1
  type: product
  name: Garpiya-A1
  aliases:
    - {text: Гарпія-А1, lang: uk}
- id: product:osa
  type: product
  name: Osa
  aliases:
    - {text: 9K33, kind: designator}
    - {text: OSA, requires: cue}
  cues:
    - air defence
"""


def pytest_configure() -> None:
    """No test reads or writes the user's cache, unless it names a folder of its own."""
    os.environ["RESOLVER_CACHE"] = "off"


def pytest_addoption(parser: pytest.Parser) -> None:
    """--update-golden rewrites the golden files with what is found now."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden with the present results")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def aliases(tmp_path: Path) -> Path:
    """The folder of a tiny registry."""
    folder = tmp_path / "aliases"
    folder.mkdir()
    (folder / "all.yaml").write_text(TINY, encoding="utf-8")
    return folder


@pytest.fixture
def registry(aliases: Path) -> "Registry":
    """A tiny registry: a person, a plant, a drone and a missile system."""
    from resolver.registry import Registry  # here, so that a test of one module needs no other

    return Registry.load(aliases)


@pytest.fixture
def resolver(registry: "Registry") -> "Resolver":
    """A resolver over the tiny registry."""
    from resolver.pipeline import Resolver

    return Resolver(registry)
