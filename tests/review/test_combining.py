"""Two curators work apart; their decisions come together, and where they differ nobody wins unseen."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from factories import item
from hypothesis import given
from hypothesis import strategies as st

from resolver.review import Item, Judgement, Queue, combine, load_queue, save_queue

OPEN = item("Osa", key="osa-1")
MATCH = Judgement("match", entities=("product:osa",))
BLOCK = Judgement("not_an_entity", note="a wasp")
UNSURE = Judgement("unsure")
JUDGEMENTS = st.sampled_from((Judgement(), MATCH, BLOCK, UNSURE, Judgement("new", type="event", name="Osa")))


def judged(judgement: Judgement) -> Queue:
    return Queue((replace(OPEN, judgement=judgement),))


@pytest.mark.parametrize(
    ("mine", "theirs", "base", "expected"),
    [
        (MATCH, Judgement(), Judgement(), MATCH),
        (Judgement(), MATCH, Judgement(), MATCH),
        (MATCH, MATCH, Judgement(), MATCH),
        (MATCH, UNSURE, UNSURE, MATCH),
        (Judgement(), MATCH, MATCH, Judgement()),
        (BLOCK, MATCH, MATCH, BLOCK),
    ],
)
def test_the_judgement_that_only_one_changed_is_taken(
    mine: Judgement, theirs: Judgement, base: Judgement, expected: Judgement
) -> None:
    """Also where the change is to take a decision away."""
    one = combine(judged(mine), judged(theirs), judged(base))

    assert (one.queue.items[0].judgement, one.conflicts) == (expected, ())


@pytest.mark.parametrize(
    ("mine", "words"),
    [
        (MATCH, "match product:osa"),
        (Judgement(note="?"), "open (?)"),
        (Judgement("new", type="event", name="Osa", except_=("OSA", "ОСА")), "new event Osa except OSA, ОСА"),
        (Judgement("not", entities=("product:osa", "product:tor")), "not product:osa, product:tor"),
    ],
)
def test_two_decisions_that_differ_leave_the_item_open(mine: Judgement, words: str) -> None:
    """With both in its note."""
    one = combine(judged(mine), judged(BLOCK), judged(Judgement()))

    assert one.conflicts == (f"osa-1: {words}, or not_an_entity (a wasp)?",)
    assert one.queue.items[0].judgement == Judgement(note=f"{words}, or not_an_entity (a wasp)?")


def test_two_notes_on_one_decision_are_kept() -> None:
    """They do not contradict each other."""
    one = combine(judged(replace(MATCH, note="seen")), judged(replace(MATCH, note="sure")))

    assert one.queue.items[0].judgement == replace(MATCH, note="seen / sure")


def test_an_item_of_one_of_them_is_new_or_settled() -> None:
    """New if the base had none; settled if it had, unless the other decided on it since."""
    mine, other = Queue((OPEN, item("Tor", key="tor-1"))), Queue((OPEN,))

    assert len(combine(mine, other).queue) == 2
    assert len(combine(mine, other, mine).queue) == 1
    decided = Queue((OPEN, item("Tor", key="tor-1", decision="not_an_entity")))
    assert len(combine(decided, other, mine).queue) == 2


@given(JUDGEMENTS, JUDGEMENTS, JUDGEMENTS)
def test_the_order_of_the_two_does_not_matter(mine: Judgement, theirs: Judgement, base: Judgement) -> None:
    """But for the words of a conflict."""
    one, other = (combine(judged(a), judged(b), judged(base)) for a, b in ((mine, theirs), (theirs, mine)))

    assert len(one.conflicts) == len(other.conflicts)
    assert one.queue.items[0].judgement.decision == other.queue.items[0].judgement.decision


@given(JUDGEMENTS, JUDGEMENTS)
def test_a_queue_and_itself_are_itself(mine: Judgement, base: Judgement) -> None:
    """Whatever it began from."""
    assert combine(judged(mine), judged(mine), judged(base)).queue == judged(mine)


def test_git_merges_decisions_on_different_items_by_itself(tmp_path: Path) -> None:
    """The usual case needs no tool: each item is lines of its own."""

    def save(name: str, *items: Item) -> None:
        save_queue(Queue(items), tmp_path / name)

    tor = item("Tor", key="tor-1")
    save("base.yaml", OPEN, tor)
    save("mine.yaml", replace(OPEN, judgement=BLOCK), tor)
    save("theirs.yaml", OPEN, replace(tor, judgement=UNSURE))
    done = subprocess.run(["git", "merge-file", "mine.yaml", "base.yaml", "theirs.yaml"], cwd=tmp_path)

    assert done.returncode == 0
    assert [each.judgement for each in load_queue(tmp_path / "mine.yaml")] == [BLOCK, UNSURE]


@pytest.mark.parametrize(("mine", "theirs", "expected"), [(3, 9, 9), (9, 3, 9), (3, 3, 3)])
def test_counts_are_those_of_the_larger_version(mine: int, theirs: int, expected: int) -> None:
    """With its spellings and snippets; of two equal ones it is one's own."""
    one, other = replace(OPEN, count=mine), replace(OPEN, count=theirs, reason="theirs")
    (found,) = combine(Queue((one,)), Queue((other,))).queue

    assert (found.count, found.reason) == (expected, "theirs" if theirs > mine else OPEN.reason)
