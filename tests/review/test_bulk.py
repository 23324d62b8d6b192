"""Items with the same evidence are accepted together, after a look at all of them."""

from dataclasses import replace

from factories import entity, item

from resolver.model import Alias
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.review import Item, Judgement, Queue, Suggestion, accept, patterns

BRECHALOV = entity("Aleksandr Brechalov", Alias("Brechalov", kind="short"))
KOVALENKO = entity("Andrii Kovalenko", Alias("Kovalenko", kind="short"))
RESOLVER = Resolver(Registry.from_entities([BRECHALOV, KOVALENKO]))


def near(text: str, *candidates: tuple[str, float], **judgement) -> Item:
    suggestions = tuple(Suggestion(entity_id, score, "") for entity_id, score in candidates)
    return replace(item(text, key=text, **judgement), candidates=suggestions)


TYPO = near("Brechalev", (BRECHALOV.id, 0.5))
OTHER_TYPO = near("Kovalenka", (KOVALENKO.id, 0.4))
NAMESAKE = near("Igor Brechalov", (BRECHALOV.id, 0.6))


def test_items_with_the_same_evidence_stand_together() -> None:
    """A contradiction is another pattern than a typo."""
    found = patterns(Queue((TYPO, NAMESAKE)), RESOLVER, above=0.3)

    assert {pattern.items for pattern in found} == {(TYPO,), (NAMESAKE,)}
    (contradicted,) = (pattern for pattern in found if NAMESAKE in pattern.items)
    assert "given_name!" in contradicted.name.split()
    assert {pattern.name for pattern in found} == {
        "loose_word- spelling+ twin! words_in_common+",
        "given_name! spelling+ words_in_common+ words_missing-",
    }


def test_what_is_below_the_score_or_decided_or_doubtful_is_in_no_pattern() -> None:
    """Two near candidates are a question; an id that the registry lost is none."""
    decided = near("Brechalew", (BRECHALOV.id, 0.9), decision="unsure")
    two = near("B. Kovalenko", (BRECHALOV.id, 0.5), (KOVALENKO.id, 0.5))
    gone = near("Tor", ("product:tor", 0.9))

    assert patterns(Queue((OTHER_TYPO, decided, two, gone, item("Nobody"))), RESOLVER, above=0.45) == []


def test_the_score_itself_is_enough() -> None:
    """What is asked for is the least score."""
    assert [pattern.items for pattern in patterns(Queue((OTHER_TYPO,)), RESOLVER, above=0.4)] == [(OTHER_TYPO,)]


def test_accepting_matches_these_items_and_no_others() -> None:
    """With a note that says how; what was noted before stays."""
    noted = replace(TYPO, judgement=Judgement(note="seen often"))
    queue = accept(Queue((noted, NAMESAKE)), [noted], note="accepted together")

    assert queue.items[0].judgement == Judgement(
        "match", entities=(BRECHALOV.id,), note="seen often; accepted together"
    )
    assert queue.items[1] == NAMESAKE


def test_the_pattern_that_settles_most_comes_first() -> None:
    """Then by name."""
    many = replace(NAMESAKE, count=40)

    assert patterns(Queue((TYPO, many)), RESOLVER, above=0.3)[0].mentions == 40
