"""Values of the queue and carrying judgements from audit to audit."""

from dataclasses import replace

import pytest

from resolver.review import Item, Judgement, Queue, merge
from resolver.review.queue import one_line


def item(key: str, *texts: str, count: int = 1, judgement: Judgement | None = None) -> Item:
    variants = tuple((text, count) for text in texts)
    total = count * len(texts)
    return Item(key, texts[0], None, "unresolved", "", total, 1, variants, judgement=judgement or Judgement())


OSA = Judgement("not_an_entity", note="an acronym of something else")


def test_merge_updates_counts_and_keeps_the_judgement():
    """The same key is the same question, however often it is asked."""
    old = Queue((item("osa-1", "Osa", judgement=OSA),))
    new = Queue((item("osa-1", "Osa", count=7),))

    (merged,) = merge(old, new)

    assert (merged.count, merged.judgement) == (7, OSA)


def test_merge_keeps_a_note_without_a_decision():
    """What a curator wrote down while thinking is not lost."""
    note = Judgement(note="ask the regional desk")

    (merged,) = merge(Queue((item("kupol-1", "Kupol", judgement=note),)), Queue((item("kupol-1", "Kupol"),)))

    assert note == merged.judgement


def test_merge_drops_what_is_settled():
    """An undecided item that the new audit does not ask is gone."""
    assert merge(Queue((item("osa-1", "Osa"),)), Queue()).items == ()


def test_merge_keeps_an_unapplied_decision():
    """A decision that was not applied yet outlives the mentions it was made for."""
    old = Queue((item("osa-1", "Osa", judgement=OSA),))

    assert old == merge(old, Queue())


def test_merge_excepts_a_spelling_that_nobody_saw():
    """A decision never grows by itself."""
    old = Queue((item("kupol-1", "Kupol", judgement=Judgement("match", entities=("organization:kupol",))),))

    (merged,) = merge(old, Queue((item("kupol-1", "Kupol", "Купол"),)))

    assert merged.decided == ("Kupol",)
    assert merged.judgement.except_ == ("Купол",)


def test_merge_keeps_a_decided_spelling_that_is_gone():
    """What was decided can still be applied."""
    old = Queue((item("kupol-1", "Kupol", "Купол", judgement=OSA),))

    (merged,) = merge(old, Queue((item("kupol-1", "Купол"),)))

    assert merged.variants == (("Купол", 1), ("Kupol", 0))
    assert merged.decided == ("Купол", "Kupol")


def test_merge_does_not_except_from_unsure():
    """Unsure has no effect, so nothing has to be kept from it."""
    old = Queue((item("kupol-1", "Kupol", judgement=Judgement("unsure")),))

    (merged,) = merge(old, Queue((item("kupol-1", "Kupol", "Купол"),)))

    assert merged.judgement.except_ == ()


def test_a_judgement_follows_its_spelling_to_another_key():
    """A longer name joined the cluster, so its key is another; the judgement moves with it."""
    old = Queue((item("sirski-1", "Syrskyi", judgement=OSA),))

    merged = merge(old, Queue((item("aleksandr-sirski-2", "Oleksandr Syrskyi", "Syrskyi"),)))

    assert [one.key for one in merged] == ["aleksandr-sirski-2"]
    assert merged.items[0].decided == ("Syrskyi",)


def test_a_judgement_does_not_follow_two_ways():
    """If its spellings went to two items, no one knows which was meant: the old item stays as it was decided."""
    old = Queue((item("kupol-1", "Kupol", "Купол", judgement=OSA),))
    new = Queue((item("kupol-2", "Kupol"), item("kupol-3", "Купол")))

    merged = merge(old, new)

    assert {"kupol-1": OSA, "kupol-2": Judgement(), "kupol-3": Judgement()} == {
        one.key: one.judgement for one in merged
    }


def test_a_judgement_stays_when_most_mentions_become_ambiguous():
    """The registry grew, so that a name has two candidates now; it is still the same name."""
    old = Queue((item("kupol-1", "Kupol", judgement=OSA),))
    other = replace(item("kupol-2", "Kupol"), status="ambiguous")

    assert [(one.key, one.judgement) for one in merge(old, Queue((other,)))] == [("kupol-2", OSA)]


def test_merge_twice_is_merge_once():
    """Running the same audit again changes nothing, but that nothing is new then."""
    old = Queue((item("kupol-1", "Kupol", judgement=OSA), item("osa-1", "Osa", judgement=OSA)))
    new = Queue((item("kupol-1", "Купол", count=3), item("tor-1", "Tor", count=2)))
    once = merge(old, new)
    again = merge(once, new)

    assert [replace(one, changed=None) for one in once] == list(again)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (item("a-1", "A", count=2), item("a-1", "A", count=2), None),
        (item("a-1", "A", count=2), item("a-1", "A", count=3), "1 mention more"),
        (item("a-1", "A", count=2), item("a-1", "A", count=1), None),
        (item("a-1", "A"), item("a-1", "A", "B"), "1 mention more, also «B»"),
        (item("a-1", "A"), item("b-1", "B"), "new"),
        (item("a-1", "A"), item("b-1", "A"), None),
        (item("a-1", "A"), item("a-1", *"ABCDEFGH"), "7 mentions more, also «B», «C», «D», «E», «F» and others"),
    ],
)
def test_merge_says_what_is_new(old: Item, new: Item, changed: str | None):
    """Since the audit before; an item that only changed its key is not new."""
    assert merge(Queue((old,)), Queue((new,))).items[0].changed == changed


def test_the_first_audit_has_no_news():
    """Everything would be."""
    assert merge(Queue(), Queue((item("a-1", "A"),))).items[0].changed is None


def test_merge_keeps_the_order_by_weight():
    """Most mentions first, then by key."""
    new = Queue((item("b-1", "B", count=9), item("a-1", "A", count=2), item("c-1", "C", count=2)))

    assert [one.key for one in merge(Queue(), new)] == ["b-1", "a-1", "c-1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kupol", "Kupol"),
        (" Ак \t Барс\r\n", "Ак Барс"),
        ("Ку\u200bпол", "Купол"),
        ("\x1b[31mKupol", "[31mKupol"),
        ("\u202elopuK", "lopuK"),
        ("a\u2028b", "a b"),
        ("\x00", ""),
    ],
)
def test_one_line(text, expected):
    """White space is one space; what cannot be seen is gone."""
    assert expected == one_line(text)
