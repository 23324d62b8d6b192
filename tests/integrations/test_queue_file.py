"""The queue file item by item: what nobody decided stays, and what somebody else wrote is not lost."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from review_queue import four_names

from resolver.errors import ReviewError
from resolver.integrations.review_page.queue_file import QueueChangedError, QueueFile
from resolver.review import Judgement, load_queue, save_queue

BY_HAND = """\
# my queue
- {key: a-1, name: Osa, status: unresolved, count: 2, documents: 1, variants: {Osa: 2}}
# about the next one

- key: "b-2"   # a comment
  name: 'Tor'
  status:   unresolved
  count: 1
  documents: 1
  variants: {Tor: 1}
"""


def opened(path: Path) -> QueueFile:
    file = QueueFile(path)
    file.read()
    return file


def decide(file: QueueFile, key: str, word: str = "not_an_entity") -> None:
    item = next(item for item in load_queue(file.path) if item.key == key)
    file.save(key, file.piece_for(replace(item, judgement=Judgement(word))))


def test_a_decision_changes_its_own_line_only(any_queue: Path) -> None:
    """One line less, one line more: what git shows is what was decided."""
    before = any_queue.read_text(encoding="utf-8").splitlines()
    decide(opened(any_queue), "syrskyi-2")
    after = any_queue.read_text(encoding="utf-8").splitlines()

    assert len(after) == len(before)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1


def test_what_was_saved_is_what_save_queue_writes(any_queue: Path, tmp_path: Path) -> None:
    """A queue that was never edited by hand keeps the one form that it has."""
    decide(opened(any_queue), "osa-1")
    other = tmp_path / f"other{any_queue.suffix}"
    save_queue(load_queue(any_queue), other)

    assert any_queue.read_bytes() == other.read_bytes()


def test_what_stands_around_an_item_is_kept(tmp_path: Path) -> None:
    """Comments above and below, empty lines, and the other items as they were typed."""
    path = tmp_path / "queue.yaml"
    path.write_text(BY_HAND, encoding="utf-8")
    decide(opened(path), "a-1")
    text = path.read_text(encoding="utf-8")

    assert text.startswith("# my queue\n- key:        a-1\n")
    assert text.endswith(BY_HAND[BY_HAND.index("# about the next one") :])
    assert [item.judgement.decision for item in load_queue(path)] == ["not_an_entity", None]


def test_crlf_stays_crlf(tmp_path: Path) -> None:
    """A file of another system gets no mixed line ends."""
    path = tmp_path / "queue.yaml"
    path.write_bytes(BY_HAND.replace("\n", "\r\n").encode())
    decide(opened(path), "a-1")

    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "[{key: a-1, name: Osa, status: unresolved, count: 2, documents: 1, variants: {Osa: 2}}]", id="[]"
        ),
        pytest.param("  " + BY_HAND.replace("\n", "\n  "), id="indented"),
        pytest.param(BY_HAND.rstrip("\n"), id="no line end"),
        pytest.param("\ufeff" + BY_HAND, id="byte-order mark"),
    ],
)
def test_a_file_of_any_form_can_be_saved(text: str, tmp_path: Path) -> None:
    """Where the lines of the items cannot be told, all are written anew; nothing is lost."""
    path = tmp_path / "queue.yaml"
    path.write_text(text, encoding="utf-8")
    before = load_queue(path).items
    decide(opened(path), "a-1")
    after = load_queue(path).items

    assert after == (replace(before[0], judgement=Judgement("not_an_entity")), *before[1:])


def test_what_somebody_else_wrote_is_not_overwritten(any_queue: Path) -> None:
    """Nothing is saved then, and nothing is forgotten."""
    file = opened(any_queue)
    save_queue(replace(four_names(), items=four_names().items[:2]), any_queue)
    theirs = any_queue.read_bytes()

    with pytest.raises(QueueChangedError):
        decide(file, "osa-1")
    assert any_queue.read_bytes() == theirs


def test_a_file_that_is_gone_is_not_made_again(any_queue: Path) -> None:
    """Somebody moved it away: where to, this cannot know."""
    file = opened(any_queue)
    item = load_queue(any_queue).items[0]
    any_queue.unlink()

    with pytest.raises(QueueChangedError):
        file.save(item.key, file.piece_for(item))
    assert not any_queue.exists()


def test_touching_the_file_changes_nothing(any_queue: Path) -> None:
    """A new date is no new content."""
    file = opened(any_queue)
    os.utime(any_queue, (1, 1))

    assert not file.is_changed()


def test_an_unsound_file_leaves_what_was_read(any_queue: Path) -> None:
    """What was read before is still there."""
    file = opened(any_queue)
    piece = file.piece("osa-1")
    any_queue.write_text("- key: [\n", encoding="utf-8")

    with pytest.raises(ReviewError):
        file.read()
    assert file.piece("osa-1") == piece
    assert file.is_changed()
