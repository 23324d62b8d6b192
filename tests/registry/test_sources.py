"""What of the files of a registry tells that they have changed."""

import json
import os
from pathlib import Path

import pytest

from resolver import Registry, RegistryError
from resolver.files import JOURNAL
from resolver.registry import registry_stamp
from resolver.registry.sources import read_texts


def test_a_stamp_is_that_of_the_files(aliases: Path) -> None:
    """It stays while they stay."""
    assert registry_stamp(aliases) == registry_stamp(aliases)
    assert [name for name, _, _ in registry_stamp(aliases)] == ["all.yaml"]
    assert registry_stamp(aliases / "all.yaml") == registry_stamp(aliases)


@pytest.mark.parametrize("change", ["touched", "longer", "more", "gone", "renamed"])
def test_a_stamp_changes_with_the_files(change: str, aliases: Path) -> None:
    """Whatever happens to them."""
    before, file = registry_stamp(aliases), aliases / "all.yaml"
    if change == "touched":
        os.utime(file, ns=(1, 1))
    elif change == "longer":
        file.write_text(file.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        os.utime(file, ns=(before[0][1], before[0][1]))
    elif change == "more":
        (aliases / "more.yaml").write_text("[]", encoding="utf-8")
    elif change == "renamed":
        file.rename(aliases / "other.yaml")
    else:
        file.unlink()

    assert registry_stamp(aliases) != before


def test_what_is_no_registry_has_no_stamp(tmp_path: Path) -> None:
    """A folder that is gone is told of."""
    with pytest.raises(RegistryError):
        registry_stamp(tmp_path / "gone")


def test_other_files_do_not_count(aliases: Path) -> None:
    """Hidden ones, and what is no YAML."""
    before = registry_stamp(aliases)
    (aliases / ".all.yaml.swp").write_text("x", encoding="utf-8")
    (aliases / "notes.txt").write_text("x", encoding="utf-8")

    assert registry_stamp(aliases) == before


def test_a_file_that_vanishes_is_told_of_with_what_is_wrong_in_the_others(tmp_path: Path) -> None:
    """By path; nothing but the missing one is unread."""
    (tmp_path / "b.yaml").write_text("- {id: b}\n", encoding="utf-8")

    with pytest.raises(RegistryError) as caught:
        read_texts([tmp_path / "c.yaml", tmp_path / "b.yaml"])
    places = [(Path(problem.path).name, problem.line) for problem in caught.value.problems]
    assert places == [("b.yaml", 1), ("b.yaml", 1), ("c.yaml", 0)]
    assert "cannot be read: No such file" in caught.value.problems[-1].message


@pytest.mark.parametrize("of", ["the folder", "its file"])
def test_a_change_that_was_killed_is_finished_first(of: str, aliases: Path) -> None:
    """Whether the registry is a folder or a file in it: what was to take its place is there, as temporary file."""
    file = aliases / "all.yaml"
    waiting = aliases / ".all.yaml.0123456789ab.tmp"
    waiting.write_text("- {id: event:new, type: event, name: New}\n", encoding="utf-8")
    plan = {"rename": [str(waiting)], "remove": []}
    (aliases / JOURNAL).write_text(json.dumps(plan), encoding="utf-8")
    registry = Registry.load(aliases if of == "the folder" else file)

    assert [entity.id for entity in registry.entities] == ["event:new"]
    assert [path.name for path in aliases.iterdir() if path.suffix != ".lock"] == ["all.yaml"]


@pytest.mark.parametrize("of", ["the folder", "its file"])
def test_a_change_that_cannot_be_finished_is_told_of(of: str, aliases: Path) -> None:
    """Nothing is read that may be half of the old and half of the new."""
    (aliases / JOURNAL).write_text("{", encoding="utf-8")

    with pytest.raises(RegistryError) as caught:
        Registry.load(aliases if of == "the folder" else aliases / "all.yaml")
    said = f"{aliases / JOURNAL}: a change that was interrupted cannot be finished: not written by this"
    assert str(caught.value).startswith(said)
