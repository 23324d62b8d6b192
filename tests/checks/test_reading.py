"""Where the names of a registry stand."""

from pathlib import Path

import pytest

from resolver.checks import Place, read_registry
from resolver.checks.reading import REJECT, RESOLVE
from resolver.errors import RegistryError

YAML = """\
# a comment
- id: product:osa
  type: product
  name: Osa
  aliases:
    - 9K33
    - text: Оса
      lang: ru
    - {text: OSA, requires: cue}
  cues: [air defence]
  expect: {resolve: [9К33], reject: [Osa Peninsula]}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


def test_every_name_has_its_line(path: Path) -> None:
    """In whatever way it is written."""
    _, places = read_registry(path)
    lines = [places.name("product:osa", text).line for text in ("Osa", "9K33", "Оса", "OSA")]

    assert lines == [4, 6, 7, 9]
    assert places.name("product:osa", "9К33", RESOLVE) == Place(str(path), 11)
    assert places.name("product:osa", "Osa Peninsula", REJECT).line == 11


def test_what_is_not_there_stands_at_its_entity(path: Path) -> None:
    """An entity that is not there is its own place."""
    _, places = read_registry(path)

    assert places.name("product:osa", "Tor").line == 2
    assert places.name("product:tor", "Tor") == Place("product:tor", 0)


def test_the_registry_is_that_of_the_files(path: Path, tmp_path: Path) -> None:
    """A folder without files, and a file that cannot be read, are problems."""
    registry, _ = read_registry(tmp_path)

    assert [entity.id for entity in registry] == ["product:osa"]
    path.write_text("- [\n", encoding="utf-8")
    with pytest.raises(RegistryError):
        read_registry(tmp_path)
    path.unlink()
    with pytest.raises(RegistryError, match="yaml file in this folder"):
        read_registry(tmp_path)
