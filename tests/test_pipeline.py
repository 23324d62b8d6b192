"""class Resolver: the stages together, on small registries whose answer a reader can see."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import entity, mention
from fuzzing.nasty import letters_of

from resolver.decision import Policy
from resolver.errors import UnknownEntityError
from resolver.forms import MAX_LENGTH, _analysed_as_shown
from resolver.memory import FEW
from resolver.model import Alias, Entity, Mention
from resolver.pipeline import Resolver
from resolver.registry import Registry

BRECHALOV = "person:aleksandr-brechalov"


def over(*entities: Entity, blocked: tuple[str, ...] = (), policy: Policy | None = None) -> Resolver:
    """A resolver over some entities."""
    return Resolver(Registry.from_entities(entities, blocked=blocked), policy=policy)


# ---------------------------------------------------------------------------------------------------------- resolve


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aleksandr Brechalov", BRECHALOV),
        ("Aleksandr Bechalov", BRECHALOV),
        ("Brechalov, Alexander", BRECHALOV),
        ("A. Brechalov", BRECHALOV),
        ("Александром Бречаловым", BRECHALOV),
        ("governor Aleksandr Brechalov", BRECHALOV),
        ("Brеchalov", BRECHALOV),  # the e is Cyrillic
        ("Купол", "organization:kupol"),
        ("Garpiya-A1", "product:garpiya-a1"),
        ("Гарпією-А1", "product:garpiya-a1"),
        ("9К33", "product:osa"),
        ("Osa", "product:osa"),
    ],
)
def test_names_are_resolved(resolver: Resolver, text: str, expected: str) -> None:
    """Across scripts, cases, order and typos."""
    assert resolver.resolve(text).entity_id == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "«—»",
        "☢️",
        "A",
        "Я",
        "A.",
        "7",
        "Sergei Brechalov",
        "V. Brechalov",
        "Brachalov Street",
        "Александр Бочаров",
        "Garpiya-B7",
        "9K34",
        "OSA",
        "osa",
        "Os",
        "Acme Corporation",
        "Emma Daniels",
        "北京",
    ],
)
def test_other_names_are_not(resolver: Resolver, text: str) -> None:
    """Nothing to read, too short, another name, another number, another word."""
    resolution = resolver.resolve(text)

    assert resolution.entity_id is None
    assert resolution.reason


def test_text_and_mention_are_the_same(resolver: Resolver) -> None:
    """A string is a mention of which nothing else is known."""
    assert resolver.resolve("Kupol") == resolver.resolve(Mention("Kupol"))


def test_resolution_carries_the_mention_as_given(resolver: Resolver) -> None:
    """With its place and context."""
    given = mention("Kupol", type="organization", lang="en", context="the plant", start=7)

    assert resolver.resolve(given).mention == given


@pytest.mark.parametrize(
    ("context", "expected"), [("the air defence of the town", "product:osa"), ("a wasp", None), ("", None)]
)
def test_alias_that_needs_a_cue_gets_it_from_the_context(
    resolver: Resolver, context: str, expected: str | None
) -> None:
    """OSA beside air defence is the missile system."""
    assert resolver.resolve(mention("OSA", context=context)).entity_id == expected


@pytest.mark.parametrize(("kind", "expected"), [("product", "product:x"), ("person", None), (None, None)])
def test_alias_that_needs_a_type_gets_it_from_the_caller(kind: str | None, expected: str | None) -> None:
    """Without it the mention may be anything."""
    resolver = over(entity("Orlan-10", Alias("Granat", requires="type"), id="product:x", type="product"))

    assert resolver.resolve(mention("Granat", type=kind)).entity_id == expected


def test_equal_names_are_ambiguous() -> None:
    """Both are shown, by id, and both stand in the reason."""
    resolution = over(*(entity("Kupol", id=id_, type="organization") for id_ in ("b", "a"))).resolve("Kupol")

    assert (resolution.status, [c.entity.id for c in resolution.candidates]) == ("ambiguous", ["a", "b"])


def test_longer_name_of_one_of_two_is_not_ambiguous() -> None:
    """Only the short one is."""
    resolver = over(
        entity("Andrii Kovalenko", "Kovalenko"), entity("Oleksandr Kovalenko", "Kovalenko"), entity("Olha Shevchenko")
    )

    assert resolver.resolve("Andrii Kovalenko").entity_id == "person:andrii-kovalenko"
    assert resolver.resolve("Kovalenko").status == "ambiguous"


@pytest.mark.parametrize("text", ["Kupol", "KUPOL", "«Kupol»"])
def test_blocked_string_is_never_an_entity(text: str) -> None:
    """Whatever its case and quotation marks."""
    resolution = over(entity("Kupol", type="organization"), blocked=("kupol",)).resolve(text)

    assert (resolution.status, resolution.candidates) == ("unresolved", ())
    assert "blocked" in resolution.reason


def test_name_that_holds_a_blocked_string_is_not_blocked() -> None:
    """Only the whole string is."""
    resolver = over(entity("Kupol plant", type="organization"), blocked=("Kupol",))

    assert resolver.resolve("Kupol plant").entity_id == "organization:kupol-plant"


@pytest.mark.parametrize(("text", "expected"), [("Osa Peninsula", None), ("Osa", "product:osa")])
def test_phrase_that_the_registry_keeps_apart_is_not_the_entity(text: str, expected: str | None) -> None:
    """The name itself still is."""
    assert over(entity("Osa", type="product", never=("Osa Peninsula",))).resolve(text).entity_id == expected


@pytest.mark.parametrize(("accept", "expected"), [(0.0, BRECHALOV), (1.0, None)])
def test_policy_of_the_caller_decides(accept: float, expected: str | None) -> None:
    """Between linking all that nothing contradicts, and nothing."""
    resolver = over(entity("Aleksandr Brechalov"), policy=Policy(accept=accept, accept_lone=accept))

    assert resolver.resolve("Aleksandr Brechelov").entity_id == expected


def test_empty_registry_resolves_nothing() -> None:
    """And is no error."""
    assert over().resolve("Kupol").status == "unresolved"
    assert over().annotate("Kupol is in Izhevsk.")[0].entity_id is None


def test_resolver_loads_a_folder(aliases: Path) -> None:
    """The path of a registry is enough."""
    assert Resolver.load(aliases).resolve("Kupol").entity_id == "organization:kupol"


def test_many_mentions_are_resolved_lazily_and_in_order(resolver: Resolver) -> None:
    """One is taken as one is asked for."""
    taken = []

    def mentions() -> Iterator[str | Mention]:
        for given in ("Kupol", Mention("9K33"), "Emma Daniels"):
            taken.append(given)
            yield given

    resolutions = resolver.resolve_all(mentions())

    assert taken == []
    assert next(resolutions).entity_id == "organization:kupol"
    assert taken == ["Kupol"]
    assert [resolution.entity_id for resolution in resolutions] == ["product:osa", None]


@pytest.mark.parametrize("is_collecting", [True, False])
def test_a_list_is_resolved_as_one_by_one(resolver: Resolver, is_collecting: bool) -> None:
    """Some at a time, without the garbage collector, which is left as it was."""
    mentions = ["Kupol", Mention("9K33"), "Emma Daniels", "Brechalov"] * 150
    was_collecting = gc.isenabled()
    try:
        gc.enable() if is_collecting else gc.disable()
        resolutions = resolver.resolve_all(mentions)
        first = next(resolutions)

        assert gc.isenabled() == is_collecting
        assert [first, *resolutions] == [resolver.resolve(mention) for mention in mentions]
        assert gc.isenabled() == is_collecting
        assert list(resolver.resolve_all([])) == []
    finally:
        gc.enable() if was_collecting else gc.disable()


@pytest.mark.pure_python
def test_nothing_is_left_for_the_garbage_collector(resolver: Resolver) -> None:
    """No cycles are made: what is not remembered is gone at once, also while the collector waits."""
    text = "Aleksandr Brechalov, head of Udmurtia, met Emma Daniels (EDA) of JSC Kupol. Brechalov thanked her. " * 3
    for _ in range(2):  # tables are read the first time
        was_collecting = gc.isenabled()
        gc.collect()
        gc.disable()
        try:
            resolver.annotate(text)
            list(resolver.resolve_all(["Бречаловым", "Igor Brechalov", "Emma Danniels", "ОАО Купол"]))
            resolver.explain("Igor Brechalov", "person:aleksandr-brechalov")
            unreachable = gc.collect()
        finally:
            gc.enable() if was_collecting else gc.disable()

    assert unreachable == 0


# --------------------------------------------------------------------------------------------------------- annotate


def test_names_of_a_text_come_in_its_order(resolver: Resolver) -> None:
    """Known ones, with code-point offsets that hold them, and unknown ones for review."""
    text = "🚀 Aleksandr Brechalov met Emma Daniels at the Kupol plant."

    found = [(text[r.mention.start : r.mention.end], r.entity_id) for r in resolver.annotate(text)]

    assert found[:2] == [("Aleksandr Brechalov", BRECHALOV), ("Emma Daniels", None)]
    assert found[2][1] == "organization:kupol"


@pytest.mark.parametrize("text", ["", "nothing to see here", "2024", "...", "a wasp, osa, in the garden"])
def test_text_without_names_has_none(resolver: Resolver, text: str) -> None:
    """Words are no names."""
    assert [r.entity_id for r in resolver.annotate(text) if r.entity_id] == []


def test_misspelt_name_is_found_by_its_shape(resolver: Resolver) -> None:
    """The registry does not list it."""
    assert BRECHALOV in [r.entity_id for r in resolver.annotate("Yesterday Aleksandr Brechelov spoke in the town.")]


def test_surname_is_settled_by_the_document() -> None:
    """The full name stands before it."""
    resolver = over(entity("Andrii Kovalenko", Alias("Kovalenko", requires="cue"), cues=("disinformation",)))
    alone = "Later Kovalenko left."

    assert [r.entity_id for r in resolver.annotate(alone)] == [None]
    assert [r.entity_id for r in resolver.annotate(f"Andrii Kovalenko came. {alone}")] == [
        "person:andrii-kovalenko"
    ] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The air defence of the town, an OSA, fired.", ["product:osa"]), ("The OSA of the town, a club, met.", [])],
)
def test_cues_are_read_from_the_text_around(resolver: Resolver, text: str, expected: list[str]) -> None:
    """Not only from the mention."""
    assert [r.entity_id for r in resolver.annotate(text) if r.entity_id] == expected


def test_cue_that_is_far_away_does_not_count(resolver: Resolver) -> None:
    """A context ends somewhere."""
    text = "The air defence failed. " + "It rained and rained. " * 60 + "Then OSA met."

    assert [r.entity_id for r in resolver.annotate(text) if r.entity_id] == []


@pytest.mark.parametrize(
    ("text", "expected"), [("on the Osa Peninsula today", []), ("on the Osa today", ["product:osa"])]
)
def test_phrases_of_the_registry_are_kept_apart_in_text(text: str, expected: list[str]) -> None:
    """Osa Peninsula holds the name and means something else."""
    resolver = over(entity("Osa", type="product", never=("Osa Peninsula",)))

    assert [r.entity_id for r in resolver.annotate(text) if r.entity_id] == expected


def test_blocked_strings_are_not_shown() -> None:
    """They are never a question for the curator."""
    text = "Table of Contents. Kupol."
    blocked = over(entity("Kupol", type="organization"), blocked=("Table of Contents", "Table", "Contents"))

    assert [r.mention.text for r in blocked.annotate(text)] == ["Kupol"]


def test_given_spans_are_resolved_as_they_are(resolver: Resolver) -> None:
    """Exactly those, in the order given, names or not."""
    text = "Kupol and Osa and nobody."

    found = resolver.annotate(text, spans=[(10, 13), (0, 5), (18, 24)])

    assert [(r.mention.text, r.entity_id) for r in found] == [
        ("Osa", "product:osa"),
        ("Kupol", "organization:kupol"),
        ("nobody", None),
    ]


def test_no_spans_is_not_all_names(resolver: Resolver) -> None:
    """An empty list asks for nothing."""
    assert resolver.annotate("Kupol", spans=[]) == []


def test_language_of_the_text_may_be_given(resolver: Resolver) -> None:
    """It goes into each mention."""
    assert {r.mention.lang for r in resolver.annotate("Kupol, Osa", lang="pl")} == {"pl"}


# ---------------------------------------------------------------------------------------------------------- explain


def test_winner_is_explained_as_it_was_decided(resolver: Resolver) -> None:
    """The same evidence and the same score."""
    best = resolver.resolve("Aleksandr Bechalov").candidates[0]

    explained = resolver.explain("Aleksandr Bechalov", BRECHALOV)

    assert (explained.score, explained.evidence) == (best.score, best.evidence)


def test_loser_is_explained_too(resolver: Resolver) -> None:
    """Also an entity that no blocking key found."""
    lost = resolver.explain("Kupol", BRECHALOV)

    assert lost.entity.id == BRECHALOV
    assert lost.score < resolver.explain("Kupol", "organization:kupol").score


def test_veto_is_explained(resolver: Resolver) -> None:
    """By the names that differ."""
    (veto,) = resolver.explain("Igor Brechalov", BRECHALOV).vetoes

    assert "Igor" in veto.detail


def test_merged_entity_is_explained_under_its_old_id() -> None:
    """An id is never reused."""
    resolver = over(entity("Osa", type="product", redirects=("product:9k33",)))

    assert resolver.explain("Osa", "product:9k33").entity.id == "product:osa"


@pytest.mark.parametrize("text", ["", "«—»", "Osa", "☢️"])
def test_anything_can_be_explained(resolver: Resolver, text: str) -> None:
    """Nothing to read scores nothing."""
    score = resolver.explain(text, "product:osa").score

    assert (score > 0.5) == (text == "Osa")


def test_unknown_entity_is_an_error(resolver: Resolver) -> None:
    """It names the nearest id."""
    with pytest.raises(UnknownEntityError, match="did you mean product:osa"):
        resolver.explain("Osa", "product:ossa")


@pytest.mark.parametrize(
    ("made", "then", "is_remembered"),
    [
        (Mention("Osa", context="air defence"), Mention("Osa", context="air defence"), True),
        (Mention("Osa " * MAX_LENGTH), Mention("Osa " * MAX_LENGTH + "Kupol"), True),
        (Mention("Osa", context="air defence " * 1_000), Mention("Osa", context="air defence " * 1_000), False),
    ],
    ids=["usual", "a long name", "a long context"],
)
def test_what_is_remembered_is_short(made: Mention, then: Mention, is_remembered: bool) -> None:
    """Of a name what is analysed, and no long context: thousands of either would be held for as long as the process."""
    resolver = Resolver(Registry.from_entities([entity("Osa", type="product")]))
    first, again = resolver.resolve(made), resolver.resolve(then)

    assert (first.status, first.candidates, first.reason) == (again.status, again.candidates, again.reason)
    assert (first.mention, again.mention) == (made, then)
    assert resolver._remembered.cache_info().hits == is_remembered


def test_names_of_a_long_text_are_analysed_once(resolver: Resolver) -> None:
    """Also where it holds more of them than are remembered: the stages pass on what they know of a name."""
    others, text = (
        "".join(f"He met {letters_of(number).capitalize()}{end}. " for number in range(2 * FEW)) for end in ("in", "ov")
    )
    resolver.annotate(others)  # names of the tables are analysed when some word begins like them
    before = _analysed_as_shown.cache_info().misses
    found = resolver.annotate(text)

    assert len(found) > FEW
    assert _analysed_as_shown.cache_info().misses - before <= 1.1 * len(found)
