"""What changed between two audits, and why."""

import gc
import json
import random
from pathlib import Path

import pytest
from factories import entity

from resolver.audit import MENTIONS, REPORT
from resolver.audit.diff import NOT_FOUND, AuditDiff, Change, DocumentCount, compare_audits
from resolver.audit.writing import write_audit
from resolver.corpus import Document, Unreadable
from resolver.decision import Policy
from resolver.errors import CorpusError
from resolver.model import Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry

KUPOL = entity("Kupol", type="organization")
ANTEY = entity("Antey", type="organization")
TEXT = "The plant Kupol spoke to Antey. Later, Kupol and Anya Petrova answered Antey."
Corpus = list[Document | Unreadable]


def audit(folder: Path, corpus: Corpus, *entities: Entity, policy: Policy | None = None) -> Path:
    """The folder of an audit of these documents."""
    write_audit(folder, corpus, Resolver(Registry.from_entities(entities), policy=policy))
    return folder


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str | None, str, str | None, int]]:
    return [
        (c.kind, c.old.text, c.old.status, c.old.entity_id, c.new.status, c.new.entity_id, c.count) for c in changes
    ]


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return audit(tmp_path / "before", [Document("a", TEXT), Document("b", TEXT)], KUPOL)


def test_the_same_audit_has_not_changed(before: Path, tmp_path: Path) -> None:
    """Nothing differs, nothing is counted."""
    again = audit(tmp_path / "again", [Document("a", TEXT), Document("b", TEXT)], KUPOL)
    found = compare_audits(before, again)

    assert (found.differs, found.changes) == ((), ())
    assert (found.added, found.removed, found.edited) == (DocumentCount(), DocumentCount(), DocumentCount())
    assert found.mentions[0] == found.mentions[1] > 0


def test_a_new_entity_is_the_work_of_the_registry(before: Path, tmp_path: Path) -> None:
    """What is resolved now was not before; equal changes are one, with their count and documents."""
    found = compare_audits(before, audit(tmp_path / "new", [Document("a", TEXT), Document("b", TEXT)], KUPOL, ANTEY))
    (change,) = found.changes

    assert found.differs == ("registry",)
    assert told(found.changes) == [("gained", "Antey", "unresolved", None, "resolved", ANTEY.id, 4)]
    assert (change.causes, change.documents, change.document) == (("registry",), 2, "a")
    assert change.new.reason == "written the same"


def test_the_other_way_round_it_is_lost(before: Path, tmp_path: Path) -> None:
    """Old and new change places."""
    new = audit(tmp_path / "new", [Document("a", TEXT), Document("b", TEXT)], KUPOL, ANTEY)

    assert told(compare_audits(new, before).changes) == [("lost", "Antey", "resolved", ANTEY.id, "unresolved", None, 4)]


def test_another_id_is_another_entity(before: Path, tmp_path: Path) -> None:
    """The kind is moved."""
    other = entity("Kupol", type="location")
    found = compare_audits(before, audit(tmp_path / "new", [Document("a", TEXT), Document("b", TEXT)], other))

    assert ("moved", "Kupol", "resolved", KUPOL.id, "resolved", other.id, 4) in told(found.changes)


def test_a_stricter_policy_is_named(before: Path, tmp_path: Path) -> None:
    """It is what differs, so it is the cause."""
    strict = Policy(accept=1.0, accept_lone=1.0)
    new = audit(tmp_path / "new", [Document("a", TEXT), Document("b", TEXT)], KUPOL, policy=strict)
    found = compare_audits(before, new)

    assert {change.causes for change in found.changes} == {("policy",)}
    assert {change.kind for change in found.changes} == {"lost"}
    assert found.resolved[1] == 0 < found.resolved[0]


def test_where_several_things_differ_all_are_named(before: Path, tmp_path: Path) -> None:
    """Nothing tells which of them it was."""
    strict = Policy(accept=1.0, accept_lone=1.0)
    new = audit(tmp_path / "new", [Document("a", TEXT), Document("b", TEXT)], KUPOL, ANTEY, policy=strict)

    assert {change.causes for change in compare_audits(before, new).changes} == {("registry", "policy")}


def test_where_nothing_differs_it_is_the_code(before: Path, tmp_path: Path) -> None:
    """A version in development decides otherwise without another number."""
    new = audit(tmp_path / "new", [Document("a", TEXT), Document("b", TEXT)], KUPOL, ANTEY)
    report = json.loads((new / REPORT).read_text(encoding="utf-8"))
    report["registry"] = json.loads((before / REPORT).read_text(encoding="utf-8"))["registry"]
    (new / REPORT).write_text(json.dumps(report), encoding="utf-8")

    assert {change.causes for change in compare_audits(before, new).changes} == {("code",)}


def test_documents_of_one_side_are_counted_and_change_nothing(before: Path, tmp_path: Path) -> None:
    """They are the corpus; so is a document that can be read no more."""
    new = audit(tmp_path / "new", [Document("b", TEXT), Document("c", TEXT), Unreadable("d", "binary")], KUPOL)
    found = compare_audits(before, new)

    assert found.changes == ()
    assert (found.added.documents, found.removed.documents, found.edited.documents) == (2, 1, 0)
    assert found.added.mentions == found.removed.mentions > 0


def test_an_edited_document_is_the_corpus_or_the_registry(before: Path, tmp_path: Path) -> None:
    """Places have moved, so names are compared by their spelling; what only one of the texts names is no change."""
    edited = [Document("a", f"Today: {TEXT} Anya Petrova left for Izhevsk."), Document("b", TEXT)]
    same = compare_audits(before, audit(tmp_path / "same", edited, KUPOL))
    found = compare_audits(before, audit(tmp_path / "new", edited, KUPOL, ANTEY))

    assert same.changes == ()
    assert (same.edited.documents, same.added.documents) == (1, 0)
    assert {(change.causes, change.count) for change in found.changes} == {
        (("corpus", "registry"), 2),
        (("registry",), 2),
    }


def test_without_digests_a_sentence_tells_what_was_edited(before: Path, tmp_path: Path) -> None:
    """Of audits that were made before there were digests."""
    edited = [Document("a", TEXT.replace("answered", "asked")), Document("b", TEXT)]
    new = audit(tmp_path / "new", edited, KUPOL, ANTEY)
    report = json.loads((before / REPORT).read_text(encoding="utf-8"))
    for row in report["documents"]:
        del row["digest"]
    (before / REPORT).write_text(json.dumps(report, indent=2), encoding="utf-8")
    found = compare_audits(before, new)

    assert found.edited.documents == 1
    assert {change.causes for change in found.changes} == {("corpus", "registry"), ("registry",)}


def test_a_longer_name_of_the_same_entity_is_no_change(tmp_path: Path) -> None:
    """Where a name is read to is not what it means; where it means another entity, both spellings are told."""
    corpus: Corpus = [Document("a", "He went to the Kupol Dome Plant again.")]
    long = entity("Kupol", "Kupol Dome Plant", type="organization")
    dome = entity("Kupol Dome Plant", type="location")
    old = audit(tmp_path / "old", corpus, KUPOL)
    found = compare_audits(old, audit(tmp_path / "new", corpus, KUPOL, dome))

    assert [c.new.text for c in found.changes] == ["Kupol Dome Plant"]
    same = compare_audits(audit(tmp_path / "long", corpus, long), audit(tmp_path / "long2", corpus, long, ANTEY))
    assert same.changes == ()


def test_a_name_that_is_no_longer_found_is_lost(tmp_path: Path) -> None:
    """In small letters it is a name only to a registry that has it so."""
    corpus: Corpus = [Document("a", "Он купил купол у завода.", "ru")]
    known = entity("купол", type="organization", id=KUPOL.id)
    old = audit(tmp_path / "old", corpus, known)
    found = compare_audits(old, audit(tmp_path / "new", corpus, ANTEY))

    assert compare_audits(old, old).resolved == (1, 1)
    assert [(c.kind, c.new.status) for c in found.changes] == [("lost", NOT_FOUND)]


def test_the_order_of_documents_makes_no_difference(tmp_path: Path) -> None:
    """Of either audit."""
    corpus: Corpus = [Document(str(n), TEXT + " Kupol." * (n % 3)) for n in range(12)]
    shuffled = random.Random(1).sample(corpus, len(corpus))  # noqa: S311 (a test)
    old = audit(tmp_path / "old", corpus, KUPOL)
    straight = compare_audits(old, audit(tmp_path / "new", corpus[2:], ANTEY))
    mixed = compare_audits(old, audit(tmp_path / "mixed", [d for d in shuffled if d in corpus[2:]], ANTEY))

    assert straight == mixed
    assert straight.removed.documents == 2


@pytest.mark.parametrize("name", [REPORT, MENTIONS])
def test_half_an_audit_is_an_error(name: str, before: Path, tmp_path: Path) -> None:
    """On either side, with the name of the file."""
    half = audit(tmp_path / "half", [Document("a", TEXT)], KUPOL)
    (half / name).unlink()
    for pair in ((before, half), (half, before)):
        with pytest.raises(CorpusError, match=name):
            compare_audits(*pair)


@pytest.mark.parametrize("line", ["nonsense", "[" * 3000], ids=["nonsense", "nested brackets"])
@pytest.mark.parametrize("side", ["old", "new"])
def test_a_damaged_audit_is_an_error_and_stays_open_for_nobody(
    side: str, line: str, before: Path, tmp_path: Path
) -> None:
    """A file that is left open is a warning, and warnings are errors here."""
    damaged = audit(tmp_path / "damaged", [Document("a", TEXT)], KUPOL)
    with (damaged / MENTIONS).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")

    with pytest.raises(CorpusError, match="not a line of an audit"):
        compare_audits(*((damaged, before) if side == "old" else (before, damaged)))
    gc.collect()


@pytest.mark.parametrize(("side", "mentions"), [("old", (10, 10)), ("new", (10, 5))])
def test_half_a_surrogate_pair_may_name_a_document(
    side: str, mentions: tuple[int, int], before: Path, tmp_path: Path
) -> None:
    """JSON can spell it, and the database cannot hold it; the mentions of what no report has are not counted."""
    odd = audit(tmp_path / "odd", [Document("a", TEXT), Document("b", TEXT)], KUPOL)
    text = (odd / MENTIONS).read_text(encoding="utf-8").replace('"document": "b"', r'"document": "\ud800"')
    (odd / MENTIONS).write_text(text, encoding="utf-8")
    found = compare_audits(*((odd, before) if side == "old" else (before, odd)))

    assert found.mentions == mentions


def test_a_comparison_adds_up(before: Path, tmp_path: Path) -> None:
    """What is gained and lost is the difference of what is resolved, where all documents are the same."""
    new = audit(tmp_path / "new", [Document("a", TEXT), Document("b", TEXT)], ANTEY)
    found: AuditDiff = compare_audits(before, new)
    gained, lost = (sum(c.count for c in found.changes if c.kind == kind) for kind in ("gained", "lost"))

    assert found.resolved[1] - found.resolved[0] == gained - lost
