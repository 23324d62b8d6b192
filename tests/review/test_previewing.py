"""Decisions tried before they are written: what they leave unsettled, and what they do to an audit."""

from pathlib import Path

import pytest
from factories import entity, item

from resolver.errors import ReviewError
from resolver.model import Alias
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.review import Preview, Queue, preview_of
from resolver.review.previewing import unmet_names

KUPOL = entity("Kupol", type="organization")
REGISTRY = """\
- id: product:osa
  type: product
  name: Osa
  aliases:
    - {text: OSA, requires: cue}
  cues: [air defence]
"""


def test_names_that_do_not_resolve_as_decided_are_told() -> None:
    """By item, with the reason; what resolves is not spoken of."""
    osa = entity("Osa", Alias("OSA", requires="cue"), type="product", cues=("air defence",))
    resolver = Resolver(Registry.from_entities([osa, KUPOL]))
    names = [("a", "OSA", osa.id), ("b", "Kupol", KUPOL.id), ("c", "Kupol", osa.id), ("a", "Nobody", osa.id)]
    unmet = unmet_names(resolver, names)

    assert {key: len(messages) for key, messages in unmet.items()} == {"a": 2, "c": 1}
    assert unmet["a"][0].startswith("'OSA' does not resolve to product:osa yet: ")


def previewed(tmp_path: Path, text: str, entity_id: str) -> Preview:
    path = tmp_path / "registry.yaml"
    path.write_text(REGISTRY, encoding="utf-8")
    queue = Queue((item(text, key="a-1", decision="match", entities=(entity_id,)),))
    return preview_of(queue, Registry.load(path), by="ada", on="2026-01-31")


def test_an_item_whose_name_still_does_not_resolve_stays_in_the_queue(tmp_path: Path) -> None:
    """The entity holds the name already, and it needs a cue there."""
    preview = previewed(tmp_path, "OSA", "product:osa")

    assert list(preview.unmet) == ["a-1"]
    assert [each.key for each in preview.application.remaining] == ["a-1"]


def test_what_resolves_is_settled(tmp_path: Path) -> None:
    """Nothing is left of the queue, and nothing is written."""
    preview = previewed(tmp_path, "9K33", "product:osa")

    assert preview.unmet == {}
    assert len(preview.application.remaining) == 0
    assert preview.after.resolve("9K33").entity_id == "product:osa"
    assert (tmp_path / "registry.yaml").read_text(encoding="utf-8") == REGISTRY


def test_a_decision_that_cannot_be_applied_refuses_the_preview(tmp_path: Path) -> None:
    """As it refuses the whole queue."""
    with pytest.raises(ReviewError, match="product:none"):
        previewed(tmp_path, "9K33", "product:none")


def test_an_audit_that_cannot_be_read_is_told_in_a_line(tmp_path: Path) -> None:
    """The decisions are sound without it."""
    preview = previewed(tmp_path, "9K33", "product:osa")
    mentions = tmp_path / "mentions.jsonl"
    mentions.write_text("{\n", encoding="utf-8")

    (line,) = preview.impact_on(mentions)

    assert line.startswith(f"note: what the change does to the audit is not known: {mentions}:1")
