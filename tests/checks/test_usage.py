"""What audits say of a registry."""

from pathlib import Path

import pytest
from factories import entity

from resolver.audit import write_audit
from resolver.checks import Finding, Places
from resolver.checks.usage import read_usage, usage_findings
from resolver.corpus import Document
from resolver.errors import CorpusError
from resolver.model import Alias, Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry

BRECHALOV = entity("Aleksandr Brechalov", "Бречалов", "Glava Udmurtii")
KUPOL = entity("Kupol", "Купол", type="organization")


def audit(folder: Path, text: str, *entities: Entity) -> Path:
    """The folder of an audit of one text."""
    write_audit(folder, [Document("a.txt", text)], Resolver(Registry.from_entities(entities)))
    return folder


def found(folders: list[Path], *entities: Entity) -> list[Finding]:
    """The findings in a registry of these entities, by these audits."""
    return list(usage_findings(Resolver(Registry.from_entities(entities)), Places(), read_usage(folders)))


def codes(findings: list[Finding]) -> list[tuple[str, str | None]]:
    return [(each.code, each.text or each.entity_id) for each in findings]


def test_aliases_and_entities_that_nobody_names_are_dead(tmp_path: Path) -> None:
    """A case form of an alias is a use of it; the names of an entity that is not seen at all are not listed."""
    folder = audit(tmp_path, "Встреча с Бречаловым в Ижевске.", BRECHALOV, KUPOL)

    assert codes(found([folder], BRECHALOV, KUPOL)) == [("R060", "Glava Udmurtii"), ("R061", KUPOL.id)]


def test_one_audit_of_several_is_enough(tmp_path: Path) -> None:
    """What is seen in one is in use."""
    folders = [
        audit(tmp_path / "a", "Встреча с Бречаловым.", BRECHALOV, KUPOL),
        audit(tmp_path / "b", "Glava Udmurtii visited Kupol.", BRECHALOV, KUPOL),
    ]

    assert codes(found(folders, BRECHALOV, KUPOL)) == [("R060", "Купол")]


def test_a_word_that_mostly_fits_others_is_over_general(tmp_path: Path) -> None:
    """Different names count, not mentions; an alias that needs a cue is not to blame."""
    text = "Ivan Petrov met Oleg Petrov. Anna Petrova met Igor Petrov and Stepan Petrov."
    sergei = entity("Sergei Petrov", Alias("Petrov", match="fuzzy"))
    folder = audit(tmp_path, text, sergei)
    (each,) = [f for f in found([folder], sergei) if f.code == "R052"]

    assert each.text == "Petrov"
    assert "«Igor Petrov»" in each.message
    careful = entity("Sergei Petrov", Alias("Petrov", requires="cue"), cues=("minister",))
    assert "R052" not in dict(codes(found([folder], careful)))


def test_a_word_that_mostly_fits_its_entity_is_not(tmp_path: Path) -> None:
    """However often others have it."""
    text = "Ivan Petrov spoke. " * 9 + "Petrov and Sergei Petrov answered Petrov."
    sergei = entity("Sergei Petrov", "Petrov")

    assert "R052" not in dict(codes(found([audit(tmp_path, text, sergei)], sergei)))


def test_an_entity_that_is_gone_from_the_registry_is_no_matter(tmp_path: Path) -> None:
    """The registry may have changed since the audit."""
    folder = audit(tmp_path, "Brechalov visited Kupol.", BRECHALOV, KUPOL)

    assert codes(found([folder], KUPOL)) == [("R060", "Купол")]


def test_spellings_of_an_entity_with_their_counts(tmp_path: Path) -> None:
    """How often each resolved to it, and how often it was only a candidate."""
    folder = audit(tmp_path, "Kupol and the Kupol. Igor Brechalov visited Kupol.", BRECHALOV, KUPOL)
    seen = read_usage([folder]).by_entity()

    assert seen[KUPOL.id] == {"Kupol": (3, 0)}
    assert seen[BRECHALOV.id] == {"Igor Brechalov": (0, 1)}


def test_a_folder_without_an_audit_is_an_error(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(CorpusError, match="run `resolver audit`"):
        read_usage([tmp_path])
