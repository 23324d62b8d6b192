"""Queues are saved over files that others write, too: no decision is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from review_queue import four_names, saved

from resolver.errors import ReviewError
from resolver.files import locked
from resolver.integrations.review_page.state import ReviewState
from resolver.review import load_queue, renew_queue, replace_queue


def test_a_decision_that_came_during_an_audit_is_kept(tmp_path: Path) -> None:
    """The file is read when the new queue is saved, not when the audit began."""
    queue = saved(tmp_path / "queue.yaml")
    ReviewState(queue).decide("osa-1", {"decision": "not_an_entity", "note": "meanwhile"})
    renew_queue(four_names(), queue)

    assert {item.key: item.judgement.note for item in load_queue(queue)}["osa-1"] == "meanwhile"


def test_the_first_queue_is_saved_as_it_is(tmp_path: Path) -> None:
    """There is nothing to keep."""
    assert renew_queue(four_names(), tmp_path / "queue.yaml") == four_names()
    assert saved(tmp_path / "other.yaml").read_bytes() == (tmp_path / "queue.yaml").read_bytes()


def test_a_queue_that_was_changed_is_not_replaced(tmp_path: Path) -> None:
    """Somebody decided while a curator looked at what would be matched."""
    queue = saved(tmp_path / "queue.yaml")
    before = load_queue(queue)
    ReviewState(queue).decide("osa-1", {"decision": "unsure"})
    decided = queue.read_bytes()

    with pytest.raises(ReviewError, match="changed on disk in the meantime"):
        replace_queue(before, four_names())
    assert queue.read_bytes() == decided
    replace_queue(load_queue(queue), four_names())
    assert load_queue(queue).items == load_queue(saved(tmp_path / "other.yaml")).items


@pytest.mark.parametrize(
    "save",
    [lambda queue: renew_queue(four_names(), queue), lambda queue: replace_queue(load_queue(queue), four_names())],
    ids=["an audit", "many decisions at once"],
)
def test_a_queue_is_not_saved_while_somebody_writes_the_folder(
    save: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What he writes would be lost."""
    monkeypatch.setattr("resolver.review.saving.PATIENCE", 0.0)
    queue = saved(tmp_path / "queue.yaml")
    ReviewState(queue).decide("osa-1", {"decision": "unsure"})
    before = queue.read_bytes()
    with locked(tmp_path), pytest.raises(OSError, match="is being changed by another process"):
        save(queue)

    assert queue.read_bytes() == before


def test_a_page_waits_for_who_writes_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says that nothing is saved if that takes too long."""
    monkeypatch.setattr("resolver.integrations.review_page.queue_file.PATIENCE", 0.1)
    queue = saved(tmp_path / "queue.yaml")
    state, before = ReviewState(queue), queue.read_bytes()
    with locked(tmp_path), pytest.raises(OSError, match="is being changed by another process"):
        state.decide("osa-1", {"decision": "unsure"})

    assert queue.read_bytes() == before
    assert state.item("osa-1").judgement.decision is None
    state.decide("osa-1", {"decision": "unsure"})
