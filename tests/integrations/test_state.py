"""Decide, undo, redo: every step is in the file, and every step can be gone back to the byte."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_queue import four_names, saved

from resolver.errors import ReviewError
from resolver.integrations.review_page.queue_file import QueueChangedError
from resolver.integrations.review_page.state import NoWayBackError, ReviewState, UnknownItemError
from resolver.review import Judgement, Queue, load_queue, save_queue

KEYS = [item.key for item in four_names()]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12).filter(str.strip)
DECISIONS = st.one_of(
    st.sampled_from([None, "unsure", "not_an_entity", {"match": "product:osa"}, {"not": ["product:osa", "person:x"]}]),
    st.builds(lambda name: {"new": {"type": "person", "name": name}}, TEXTS.filter(str.isprintable)),
)
FIELDS = st.builds(lambda decision, note: {"decision": decision, "note": note}, DECISIONS, st.none() | TEXTS)
STEPS = st.lists(st.one_of(st.tuples(st.sampled_from(KEYS), FIELDS), st.sampled_from(["undo", "redo"])), max_size=8)


@settings(max_examples=50, deadline=None)
@given(STEPS, st.sampled_from(["queue.yaml", "queue.jsonl"]))
def test_all_steps_back_is_the_file_as_it_was(steps: list[Any], name: str) -> None:
    """After each step the file holds what memory holds; after all undos, the bytes of the beginning."""
    with tempfile.TemporaryDirectory() as folder:
        path = saved(Path(folder) / name)
        before = path.read_bytes()
        state = ReviewState(path)
        for step in steps:
            take(state, step)
            assert load_queue(path) == state.queue()
        after = path.read_bytes()
        done = state.steps()[0]
        for _ in range(done):
            state.undo()
        assert path.read_bytes() == before
        for _ in range(done):
            state.redo()
        assert path.read_bytes() == after


def take(state: ReviewState, step: Any) -> None:
    done, undone = state.steps()
    if step == "undo":
        if done:
            state.undo()
    elif step == "redo":
        if undone:
            state.redo()
    else:
        state.decide(*step)


def test_a_decision_survives_a_kill(any_queue: Path) -> None:
    """When `decide` returns, another process reads it."""
    fields = {"decision": {"match": "product:osa"}, "except": ["Оса"], "note": "the missile"}
    ReviewState(any_queue).decide("osa-1", fields)

    expected = Judgement("match", entities=("product:osa",), except_=("Оса",), note="the missile")
    assert load_queue(any_queue).items[0].judgement == expected
    assert ReviewState(any_queue).item("osa-1").judgement == expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"decision": "maybe"}, "unknown decision 'maybe'"),
        ({"decision": "match"}, "'match' of what?"),
        ({"decision": {"match": ""}}, "no id"),
        ({"decision": {"match": ["product:osa", "product:tor"]}}, "one name means one entity"),
        ({"decision": {"not": []}}, "no id"),
        ({"decision": {"new": {"type": "ship", "name": "Moskva"}}}, "unknown type 'ship'"),
        ({"decision": {"new": {"type": "product", "name": " "}}}, "needs a name"),
        ({"decision": {"new": {"type": "product"}}}, "'name' is missing"),
        ({"decision": {"match": "a", "new": "b"}}, "decide for one"),
        ({"decision": ["unsure"]}, "expected"),
        ({"decision": "unsure", "except": ["Tor"]}, "is no variant"),
        ({"decision": "unsure", "except": ["OSA", "Оса"]}, "every variant is excepted"),
        ({"decision": "unsure", "except": "OSA"}, "expected a list"),
        ({"decision": "unsure", "note": ["why"]}, "expected a text"),
        ({"decision": "unsure", "note": "x" * 2001}, "at most 2,000"),
        ({"decision": {"match": "\ud800"}}, "surrogate"),
        ({"decision": "unsure", "count": 0}, "unknown field 'count'"),
        ({"decision": "unsure", "key": "other"}, "unknown field 'key'"),
    ],
)
def test_what_is_no_decision_is_refused_and_nothing_saved(
    fields: Mapping[str, Any], message: str, any_queue: Path
) -> None:
    """The file never holds what could not be loaded again."""
    before = any_queue.read_bytes()
    state = ReviewState(any_queue)

    with pytest.raises(ReviewError, match=message):
        state.decide("osa-1", fields)
    assert any_queue.read_bytes() == before
    assert state.steps() == (0, 0)


def test_a_note_is_one_line(queue: Path) -> None:
    """What is pasted with line breaks and control characters stays readable in the file."""
    item = ReviewState(queue).decide("osa-1", {"decision": "unsure", "note": " a\nb\x1b\tc "})

    assert item.judgement.note == "a b c"


def test_a_note_may_come_before_the_decision(queue: Path) -> None:
    """It is kept, and the name is still open."""
    ReviewState(queue).decide("osa-1", {"decision": None, "note": "ask Ada"})

    assert load_queue(queue).items[0].judgement == Judgement(note="ask Ada")


def test_a_new_decision_ends_redo(queue: Path) -> None:
    """Redo never brings back what was decided otherwise meanwhile."""
    state = ReviewState(queue)
    state.decide("osa-1", {"decision": "unsure"})
    state.undo()
    state.decide("osa-1", {"decision": "not_an_entity"})

    with pytest.raises(NoWayBackError, match="nothing to redo"):
        state.redo()


@pytest.mark.parametrize("way", ["undo", "redo"])
def test_there_is_nothing_to_take_back_at_first(way: str, queue: Path) -> None:
    """After a start the file's state is where the way begins."""
    with pytest.raises(NoWayBackError, match=f"nothing to {way}"):
        getattr(ReviewState(queue), way)()


def test_an_unknown_item_is_refused(queue: Path) -> None:
    """A page that shows an older queue is told so."""
    with pytest.raises(UnknownItemError):
        ReviewState(queue).decide("tor-9", {"decision": "unsure"})


def test_what_another_hand_decided_is_not_undone(queue: Path) -> None:
    """After a reload, undo knows only its own decisions."""
    state = ReviewState(queue)
    state.decide("osa-1", {"decision": "unsure"})
    text = queue.read_text(encoding="utf-8")
    queue.write_text(text.replace("decision:   unsure", "decision:   not_an_entity"), encoding="utf-8")
    state.reload()

    with pytest.raises(NoWayBackError, match="by another hand"):
        state.undo()
    assert load_queue(queue).items[0].judgement.decision == "not_an_entity"


def test_undo_works_over_a_reload_with_other_changes(queue: Path) -> None:
    """What another hand wrote elsewhere stays; the own decision goes."""
    state = ReviewState(queue)
    state.decide("osa-1", {"decision": "unsure"})
    other = ReviewState(queue)
    other.decide("syrskyi-2", {"decision": "not_an_entity"})
    with pytest.raises(QueueChangedError):
        state.undo()
    state.reload()
    state.undo()

    assert [item.judgement.decision for item in load_queue(queue)][:2] == [None, "not_an_entity"]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has limits of the size of a file")
def test_a_failed_save_changes_nothing(queue: Path) -> None:
    """The disk is full, as it were: memory says what the file says."""
    import resource  # only POSIX has it

    state, before = ReviewState(queue), queue.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            state.decide("osa-1", {"decision": "unsure"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert state.item("osa-1").judgement == Judgement()
    assert state.steps() == (0, 0)
    assert queue.read_bytes() == before
    assert list(queue.parent.glob(".*.tmp")) == []


def test_an_empty_queue_is_a_queue(tmp_path: Path) -> None:
    """Nothing to review is no error."""
    path = tmp_path / "queue.yaml"
    save_queue(Queue(), path)

    assert ReviewState(path).items() == []
