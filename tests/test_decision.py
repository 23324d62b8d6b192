"""From evidence to a decision: probabilities that add up, vetoes that nothing outvotes, reasons that can be read."""

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest
from factories import entity, mention

from resolver.decision import Policy, add_evidence, bits_of, decide, fitted_weights, rank, weigh
from resolver.evidence import COMPARISONS, Comparison, Finding, align
from resolver.forms import analyse
from resolver.index import AliasIndex, Hit
from resolver.model import ENTITY_TYPES, Alias, Candidate, Entity, Evidence, Mention, Resolution
from resolver.pipeline import Resolver
from resolver.registry import Registry

OSA, TOR, KUPOL = (entity(name, type="product") for name in ("Osa", "Tor", "Kupol"))
AGREES = Evidence("words_in_common", "agree", 20.0, "written the same")
DOUBT = Evidence("words_missing", "absent", -3.0, "only the mention has plant")
VETO = Evidence("number", "contradict", -1.0, "numbers differ: 1 / 2")
CUE = Evidence("requirement", "contradict", -12.0, "the alias needs a cue nearby, and none stands there")


def candidate(known: Entity, score: float, *evidence: Evidence) -> Candidate:
    """A candidate by its canonical name."""
    return Candidate(known, Alias(known.name), score, evidence)


def decision(*candidates: Candidate, policy: Policy | None = None) -> Resolution:
    """The decision on some mention."""
    return decide(mention("Osa"), candidates, policy or Policy())


def ranked(text: str, entities: Iterable[Entity], policy: Policy | None = None) -> tuple[Candidate, ...]:
    """The candidates of a mention among all names of the entities, as if blocking had found every one."""
    index, form = AliasIndex(entities), analyse(text)
    assert form is not None
    pairs: list[tuple[Comparison, Hit | None]] = [
        (align(mention(text), index.query(form), entry), None) for entry in index.entries
    ]
    return rank(pairs, policy or Policy())


# ------------------------------------------------------------------------------------------------ policy and weights


def test_policy_of_the_package_is_sound() -> None:
    """Thresholds are probabilities; what is linked is worth a look; a lone word takes more."""
    policy = Policy()

    assert 0.0 < policy.review < policy.accept <= policy.accept_lone < 1.0
    assert 0 < policy.shown <= policy.candidates


def test_weights_belong_to_comparisons_that_exist() -> None:
    """A weight of a comparison that was renamed would be lost without a word."""
    known = {comparison.__name__ for comparison in COMPARISONS}
    kinds = {key.partition("@")[2] for key in fitted_weights()} - {""}

    assert {key.partition(".")[0].partition("@")[0] for key in fitted_weights()} <= known | {"none", "spelt_otherwise"}
    assert kinds <= set(ENTITY_TYPES)


def test_weights_are_numbers() -> None:
    """No fit that went astray is shipped."""
    assert all(math.isfinite(bits) for bits in fitted_weights().values())


def test_without_evidence_nobody_is_meant() -> None:
    """Most names that look alike mean someone else."""
    assert fitted_weights()["none"] < 0.0


@pytest.mark.parametrize("kind", ENTITY_TYPES)
def test_weights_of_a_type_come_on_top(kind: str) -> None:
    """What is the same for all types is written once."""
    policy = Policy(weights={"spelling.ratio": 5.0, f"spelling.ratio@{kind}": -2.0})

    assert {other: policy.by_type[other]["spelling"]["ratio"] for other in ENTITY_TYPES} == {
        other: 3.0 if other == kind else 5.0 for other in ENTITY_TYPES
    }


# --------------------------------------------------------------------------------------------------------- weighing


def test_evidence_is_weighed_by_its_values() -> None:
    """Bits are weight times value; what has no weight has no bits."""
    found = [
        ("spelling", Finding("agree", {"ratio": 0.5, "unheard": 1.0}, "half")),
        ("never", Finding("absent", {}, "-")),
    ]

    weighed = {item.name: item.bits for item in weigh(found, {"none": {"": -4.0}, "spelling": {"ratio": 8.0}})}

    assert weighed == {"none": -4.0, "spelling": 4.0, "never": 0.0}
    assert sum(weighed.values()) == bits_of(found, {"none": {"": -4.0}, "spelling": {"ratio": 8.0}})


def test_what_everybody_starts_with_is_evidence_too() -> None:
    """It has a reason that a curator can read; without a weight of its own it weighs nothing."""
    starting, absent = (weigh([], weights) for weights in ({"none": {"": -4.0}}, {"spelling": {"ratio": 8.0}}))

    assert starting == (Evidence("none", "absent", -4.0, "most names that look alike mean someone else"),)
    assert absent[0].bits == bits_of([], {"spelling": {"ratio": 8.0}}) == 0.0


def test_heaviest_evidence_comes_first() -> None:
    """For or against; ties by name."""
    found = [(name, Finding("agree", {"x": 1.0}, name)) for name in ("b", "a", "c")]

    weighed = weigh(found, {"none": {"": -1.0}, "a": {"x": 2.0}, "b": {"x": 2.0}, "c": {"x": -9.0}})

    assert [item.name for item in weighed] == ["c", "a", "b", "none"]


def test_evidence_of_a_candidate_adds_up_to_its_score() -> None:
    """With one candidate the score is the logistic function of its bits."""
    (best,) = ranked("Aleksandr Brechelov", [entity("Aleksandr Brechalov")])

    assert best.score == pytest.approx(1 / (1 + 2**-best.bits))


# ---------------------------------------------------------------------------------------------------------- ranking


def test_an_entity_is_one_candidate() -> None:
    """By the alias that fits best."""
    (only,) = ranked("9K33", [entity("Osa", "9K33", "9K33 Osa", type="product")])

    assert only.alias.text == "9K33"


def test_candidates_come_best_first() -> None:
    """The right one, the misspelt one, the other one."""
    entities = [entity("Aleksandr Brechko"), entity("Aleksandr Brechelov"), entity("Aleksandr Brechalov")]

    found = ranked("Aleksandr Brechalov", entities)

    assert found[0].entity.name == "Aleksandr Brechalov"
    assert all(one.score >= other.score for one, other in pairwise(found))


def test_equal_candidates_come_by_id() -> None:
    """The order of the registry does not matter."""
    entities = [entity("Kupol", id=id_, type="organization") for id_ in ("c", "a", "b")]

    assert [c.entity.id for c in ranked("Kupol", entities)] == ["a", "b", "c"]


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_equal_candidates_share_one_probability(count: int) -> None:
    """None of them gets more than its part."""
    found = ranked("Kupol", [entity("Kupol", id=f"{n}", type="organization") for n in range(count)])

    assert all(c.score <= 1 / count for c in found)
    assert sum(c.score for c in found) <= 1.0


@pytest.mark.parametrize("shown", [1, 2])
def test_no_more_candidates_than_the_policy_shows(shown: int) -> None:
    """Those left out keep their share of the probability."""
    entities = [entity("Kupol", id=f"{n}", type="organization") for n in range(4)]

    found = ranked("Kupol", entities, Policy(shown=shown))

    assert len(found) == shown
    assert sum(c.score for c in found) <= shown / 4


def test_a_candidate_asked_for_is_kept() -> None:
    """Also one that is not near, and one behind those that are shown; nobody is there twice, and nobody unknown."""
    entities = [*(entity("Kupol", id=f"{n}", type="organization") for n in range(3)), entity("Aleksandr Brechko")]
    index, form = AliasIndex(entities), analyse("Kupol")
    assert form is not None
    pairs = [(align(mention("Kupol"), index.query(form), entry), None) for entry in index.entries]

    kept = {
        always: [c.entity.id for c in rank(pairs, Policy(shown=2), always=always)]
        for always in (None, "0", "2", entities[3].id, "unknown")
    }

    assert kept == {
        None: ["0", "1"], "0": ["0", "1"], "2": ["0", "1", "2"], entities[3].id: ["0", "1", entities[3].id],
        "unknown": ["0", "1"],
    }  # fmt: skip


def test_the_best_candidate_is_kept_however_far_it_is() -> None:
    """So that there is something to explain; of the others only those worth a word."""
    assert [c.entity for c in ranked("Kupol", [entity("Aleksandr Brechko"), entity("Anna Brechko")])] == [
        entity("Anna Brechko")
    ]


@pytest.mark.parametrize(("bits", "count"), [(-4.2, 2), (-4.3, 2), (-4.4, 1)])
def test_what_is_worth_a_word_is_one_in_twenty(bits: float, count: int) -> None:
    """Below it only the best candidate is shown."""
    policy = Policy(weights={"none": bits})

    assert len(ranked("Kupol", [entity("Aleksandr Brechko"), entity("Anna Brechko")], policy)) == count


def test_a_candidate_tells_what_found_it() -> None:
    """The keys of the hit of its best alias; none if it was not looked up."""
    index, form = AliasIndex([KUPOL]), analyse("Kupol")
    assert form is not None
    (entry,) = index.entries
    pair = align(mention("Kupol"), index.query(form), entry)

    hit = Hit(entry, 1.0, ({"a": "fold"},), frozenset({"whole"}))

    (found,), (given,) = rank([(pair, hit)], Policy()), rank([(pair, None)], Policy())

    assert (found.blocked_by, given.blocked_by) == (hit.keys, ())
    assert hit.keys


def test_nothing_compared_is_nothing_ranked() -> None:
    """No pair, no candidate."""
    assert rank([], Policy()) == ()


def test_overwhelming_evidence_is_no_overflow() -> None:
    """A weight of a thousand bits is as good as certain."""
    (best,) = ranked("Kupol", [KUPOL], Policy(weights={"spelling.identical": 5000.0}))

    assert best.score == pytest.approx(1.0)


def test_name_written_alike_speaks_for_its_entity() -> None:
    """OSA, which needs a cue, is not judged by Osa, which needs none."""
    osa = entity("Osa", Alias("OSA", requires="cue"), type="product", cues=("air defence",))

    (best,) = ranked("OSA", [osa])

    assert best.alias.text == "OSA"
    assert [item.name for item in best.vetoes] == ["requirement"]


@pytest.mark.parametrize(("text", "alias"), [("Kupol Orion", "Orion Kupol"), ("Kupol Orian", "Kupol Orion Tver")])
def test_name_that_is_the_same_but_for_order_speaks_for_its_entity(text: str, alias: str) -> None:
    """Before one that fits worse and needs no cue; of those that differ, the one with more evidence does."""
    known = entity("Kupol Orion Tver", Alias("Orion Kupol", requires="cue"), type="organization", cues=("air defence",))

    assert ranked(text, [known])[0].alias.text == alias


# --------------------------------------------------------------------------------------------------------- deciding


def test_clear_candidate_is_resolved() -> None:
    """The reason is what agrees."""
    found = decision(candidate(OSA, 0.99, AGREES, DOUBT))

    assert (found.status, found.entity_id, found.reason) == ("resolved", OSA.id, "written the same")


WORDS = Evidence("words_in_common", "agree", 5.0, "Osa; AKM")
SPELT = Evidence("spelling", "agree", 5.0, "same 100%")
NAMED = Evidence("document", "agree", 2.0, "the document names Osa-AKM")
NEAR = Evidence("context", "agree", 2.0, "near SAM")
INITIALS = Evidence("acronym", "agree", 2.0, "OSA may be the initials of it")


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ((WORDS, SPELT, NAMED), "the document names Osa-AKM; Osa; AKM"),
        ((NEAR, INITIALS, WORDS), "Osa; AKM; OSA may be the initials of it; near SAM"),
        ((WORDS, replace(SPELT, detail="written the same")), "written the same"),
        ((replace(WORDS, bits=0.0), SPELT), "as Osa"),
        ((replace(WORDS, bits=0.0), NEAR), "near SAM"),
        ((replace(WORDS, bits=1.0), replace(SPELT, bits=-1.0, detail="written the same")), "Osa; AKM"),
        ((SPELT,), "as Osa"),
    ],
)
def test_reason_of_a_link_is_what_speaks_for_it(evidence: tuple[Evidence, ...], reason: str) -> None:
    """What the document says first, then the words; what weighs nothing is no reason."""
    assert decision(candidate(OSA, 0.99, *evidence)).reason == reason


@pytest.mark.parametrize(
    ("bits", "reason"),
    [
        ((-4.4,), "no name of the registry is near"),
        ((-4.3,), "Osa at 0.90 is too weak: detail 0"),
        ((-3.0, -1.2), "Osa at 0.90 is too weak: detail 0"),
        ((-1.2, -3.0), "Osa at 0.90 is too weak: detail 1"),
        ((4.0, 0.0), "Osa at 0.90 is too weak"),
    ],
)
def test_what_is_too_weak_tells_why(bits: tuple[float, ...], reason: str) -> None:
    """By what speaks most against it, if anything does; what is not even near is not worth a word."""
    evidence = [Evidence(f"e{n}", "absent", value, f"detail {n}") for n, value in enumerate(bits)]
    found = decision(candidate(OSA, 0.9, *evidence), policy=Policy(accept=1.0))

    assert (found.status, found.reason, len(found.candidates)) == ("unresolved", reason, 1)


def test_what_everybody_starts_with_is_no_doubt() -> None:
    """It tells nothing of this name."""
    found = decision(candidate(OSA, 0.2, Evidence("none", "absent", -4.0, "most names"), DOUBT, AGREES))

    assert found.reason == "Osa at 0.20 is too weak: only the mention has plant"


def test_contradictions_do_not_make_a_name_far() -> None:
    """But for them it might be the one; all of them are named."""
    heavy, other = replace(VETO, bits=-30.0), replace(CUE, detail="no cue")

    assert decision(candidate(OSA, 0.01, AGREES, heavy, other)).reason == "Osa? numbers differ: 1 / 2; no cue"
    assert decision(candidate(OSA, 0.01, replace(AGREES, bits=-5.0), heavy)).reason == "no name of the registry is near"


def test_no_candidate_is_unresolved() -> None:
    """NIL is a value, and has a reason too."""
    found = decision()

    assert (found.status, found.candidates) == ("unresolved", ())
    assert found.reason == "no name of the registry is near"


@pytest.mark.parametrize("score", [0.5, 0.99, 1.0])
def test_contradiction_is_never_outvoted(score: float) -> None:
    """However high the score; the reason names it."""
    found = decision(candidate(OSA, score, AGREES, VETO))

    assert (found.status, found.entity_id) == ("unresolved", None)
    assert VETO.detail in found.reason


def test_candidate_behind_a_contradicted_one_is_not_taken_instead() -> None:
    """The best one may be meant after all: a curator has to look."""
    found = decision(candidate(OSA, 0.6, AGREES, VETO), candidate(TOR, 0.39, AGREES))

    assert found.entity_id is None


def test_close_candidates_are_ambiguous() -> None:
    """The reason names those that fit."""
    found = decision(candidate(OSA, 0.45, AGREES), candidate(TOR, 0.44, AGREES))

    assert found.status == "ambiguous"
    assert found.reason == "several entities fit: product:osa (0.45), product:tor (0.44)"


def test_no_more_than_three_rivals_are_named() -> None:
    """The reason is one sentence."""
    found = decision(*(candidate(entity(name, type="product"), 0.2, AGREES) for name in "abcd"))

    assert found.reason == "several entities fit: product:a (0.20), product:b (0.20), product:c (0.20)"


@pytest.mark.parametrize(
    ("best", "rival", "status"),
    [(0.3, 0.3, "ambiguous"), (0.4, 0.29, "unresolved"), (0.29, 0.28, "unresolved"), (0.3, 0.29, "unresolved")],
)
def test_what_is_worth_a_look_is_for_the_policy_to_say(best: float, rival: float, status: str) -> None:
    """A rival as well as the best one must reach the score."""
    found = decision(candidate(OSA, best, AGREES), candidate(TOR, rival, AGREES), policy=Policy(review=0.3))

    assert found.status == status


@pytest.mark.parametrize(
    "rival",
    [candidate(TOR, 0.01, AGREES), candidate(TOR, 0.44, AGREES, VETO)],
    ids=["a weak one", "a contradicted one"],
)
def test_rival_that_does_not_fit_makes_nothing_ambiguous(rival: Candidate) -> None:
    """Only what is worth a look counts."""
    assert decision(candidate(OSA, 0.45, AGREES), rival).status == "unresolved"


def test_weak_candidate_is_unresolved() -> None:
    """The reason is what speaks most against it."""
    found = decision(candidate(OSA, 0.2, DOUBT, AGREES))

    assert found.status == "unresolved"
    assert DOUBT.detail in found.reason


def test_rival_that_lacks_only_a_cue_makes_a_name_ambiguous() -> None:
    """Osa the river is not chosen only because it needs no cue."""
    found = decision(candidate(OSA, 0.99, AGREES), candidate(TOR, 0.001, AGREES, CUE))

    assert found.status == "ambiguous"


@pytest.mark.parametrize(
    "evidence",
    [(DOUBT, CUE), (AGREES, CUE, VETO)],
    ids=["weaker all the same", "contradicted otherwise"],
)
def test_rival_that_lacks_more_than_a_cue_does_not(evidence: tuple[Evidence, ...]) -> None:
    """With the cue it would not be chosen either."""
    assert decision(candidate(OSA, 0.99, AGREES), candidate(TOR, 0.001, *evidence)).entity_id == OSA.id


@pytest.mark.parametrize(("accept", "expected"), [(0.79, OSA.id), (0.8, OSA.id), (0.81, None)])
def test_threshold_of_the_policy_decides(accept: float, expected: str | None) -> None:
    """A caller who needs to be surer says so."""
    assert decision(candidate(OSA, 0.8, AGREES), policy=Policy(accept=accept)).entity_id == expected


@pytest.mark.parametrize("text", ["Brechelov", "Aleksandr"])
def test_loose_word_takes_a_higher_score(text: str) -> None:
    """A misspelt word, or a part of a name, links only where the policy is sure of it."""
    found = ranked(text, [entity("Aleksandr Brechalov", "Brechalov")])
    lenient, strict = Policy(accept=0.0, accept_lone=0.0), Policy(accept=0.0, accept_lone=1.0)

    assert decide(mention(text), found, lenient).status == "resolved"
    assert decide(mention(text), found, strict).status == "unresolved"


@pytest.mark.parametrize("text", ["Brechalov", "Бречаловым", "Aleksandr Brechelov"])
def test_form_of_an_alias_does_not(text: str) -> None:
    """It is the name, or more than one word of it."""
    found = ranked(text, [entity("Aleksandr Brechalov", "Brechalov")])

    assert decide(mention(text), found, Policy(accept=0.0, accept_lone=1.0)).status == "resolved"


def test_decision_keeps_its_mention_and_its_candidates() -> None:
    """Whatever it is, all that was considered can be read."""
    candidates = (candidate(OSA, 0.45, AGREES), candidate(TOR, 0.44, AGREES))
    found = decision(*candidates)

    assert (found.mention, found.candidates) == (mention("Osa"), candidates)


# ------------------------------------------------------------------------------------------------ evidence added later


def test_added_evidence_moves_the_probabilities() -> None:
    """As if it had been there from the start: odds grow by its bits, and what others had shrinks."""
    alike = Evidence("spelling", "agree", 1.0, "sounds alike")
    tied = (candidate(OSA, 0.25, alike), candidate(TOR, 0.25, alike))
    named = Evidence("document", "agree", 2.0, "the document names Osa-AKM")

    first, second = add_evidence(tied, {OSA.id: named})

    assert (first.entity, second.entity) == (OSA, TOR)
    assert named in first.evidence
    assert first.score / second.score == pytest.approx(4.0)


def test_added_evidence_counts_as_if_it_had_been_there() -> None:
    """What the others have is taken from the same sum, also what those have that are not shown."""
    alike = Evidence("spelling", "agree", 1.0, "sounds alike")
    keyed = Candidate(TOR, Alias("Tor"), 0.25, (alike,), ("fold",))  # two of 8: five for others, one for none of them

    osa, tor = add_evidence((candidate(OSA, 0.25, alike), keyed), {OSA.id: Evidence("document", "agree", 2.0, "")})

    assert (osa.score, tor.score) == (pytest.approx(8 / 14), pytest.approx(2 / 14))
    assert [item.name for item in osa.evidence] == ["document", "spelling"]
    assert (tor.alias, tor.evidence, tor.blocked_by) == (Alias("Tor"), (alike,), ("fold",))


def test_added_evidence_may_change_the_order() -> None:
    """The best comes first again; equal ones stay in their order."""
    alike = Evidence("spelling", "agree", 1.0, "")
    found = (candidate(TOR, 0.3, alike), candidate(OSA, 0.2, alike), candidate(KUPOL, 0.2, alike))

    moved = add_evidence(found, {KUPOL.id: Evidence("document", "agree", 0.5, "")})

    assert [each.entity for each in moved] == [KUPOL, TOR, OSA]


def test_overwhelming_evidence_that_is_added_is_no_overflow() -> None:
    """Nor does it make a score above one."""
    (found,) = add_evidence((candidate(OSA, 0.5, AGREES),), {OSA.id: Evidence("document", "agree", 5000.0, "")})

    assert 0.99 < found.score <= 1.0


@pytest.mark.parametrize("more", [{}, {KUPOL.id: AGREES}])
def test_evidence_for_none_of_them_changes_nothing(more: dict[str, Evidence]) -> None:
    """Scores and order stay."""
    found = (candidate(OSA, 0.5, Evidence("spelling", "agree", 1.0, "")), candidate(TOR, 0.2, DOUBT))

    assert [(each.entity, each.evidence) for each in add_evidence(found, more)] == [
        (each.entity, each.evidence) for each in found
    ]
    assert add_evidence((), more) == ()


# Namesakes

ONE = entity("Anna Schmidt", "Hanna Schmidt", id="person:one")
OTHER = entity("Anna Schmidt", id="person:other", cues=("biologist",))


@pytest.mark.parametrize("name", ["Anna Schmidt", "ANNA SCHMIDT", "Schmidt, Anna", "Анна Шмидт"])
def test_namesakes_stay_ambiguous(name: str) -> None:
    """However many names the registry holds of one of them."""
    resolution = Resolver(Registry.from_entities([ONE, OTHER])).resolve(name)

    assert resolution.status == "ambiguous"
    assert {candidate.entity.id for candidate in resolution.candidates} == {"person:one", "person:other"}


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        (Mention("Hanna Schmidt"), "person:one"),
        (Mention("Anna Schmidt", context="the biologist said"), "person:other"),
    ],
)
def test_what_the_text_tells_decides_between_namesakes(mention: Mention, expected: str) -> None:
    """A name that only one of them has, or a cue."""
    assert Resolver(Registry.from_entities([ONE, OTHER])).resolve(mention).entity_id == expected


def test_a_longer_name_is_no_namesake() -> None:
    """The mention is one's whole name, and only a part of the other's."""
    longer = entity("Anna Schmidt Weber", id="person:longer")

    assert Resolver(Registry.from_entities([OTHER, longer])).resolve("Anna Schmidt").entity_id == "person:other"


@pytest.mark.parametrize(
    ("kinds", "status"), [("pp", "ambiguous"), ("po", "resolved"), ("op", "resolved"), ("oo", "resolved")]
)
@pytest.mark.parametrize(("score", "sure"), [(0.6, False), (0.78, True), (0.8, True)])
def test_only_people_are_namesakes(kinds: str, status: str, score: float, sure: bool) -> None:
    """And a score that is enough for a lone word is enough for one of them."""
    types = {"p": "person", "o": "organization"}
    one, other = (entity("Osa", id=f"{n}", type=types[kind]) for n, kind in enumerate(kinds))

    assert decision(candidate(one, score, AGREES), candidate(other, 0.2, AGREES)).status == (
        "resolved" if sure else status
    )


@pytest.mark.parametrize(
    ("name", "evidence", "status"),
    [
        ("OSA", (AGREES,), "ambiguous"),
        ("Tor", (AGREES,), "resolved"),
        ("Osa", (AGREES, WORDS), "resolved"),
        ("Osa", (AGREES, Evidence("names_held", "agree", 2.0, "3 names known")), "ambiguous"),
        ("Osa", (AGREES, Evidence("none", "absent", -4.0, "most names")), "ambiguous"),
    ],
)
def test_what_is_said_of_namesakes_is_the_same(name: str, evidence: tuple[Evidence, ...], status: str) -> None:
    """The name but for case, and all evidence but for what the registry holds besides."""
    one, other = entity("Osa", id="one"), entity(name, id="other")

    assert decision(candidate(one, 0.6, AGREES), candidate(other, 0.2, *evidence)).status == status


ODD = Evidence("odd_name", "absent", -1.0, "Osa is unlike Another")


@pytest.mark.parametrize(
    ("mine", "others", "status"),
    [
        ((AGREES,), (AGREES, ODD), "resolved"),
        ((AGREES, ODD), (AGREES,), "ambiguous"),
        ((AGREES, ODD), (AGREES, ODD), "ambiguous"),
    ],
)
def test_of_whom_a_name_is_odd_he_is_no_namesake(
    mine: tuple[Evidence, ...], others: tuple[Evidence, ...], status: str
) -> None:
    one, other = entity("Osa", id="one"), entity("Osa", id="other")

    assert decision(candidate(one, 0.6, *mine), candidate(other, 0.2, *others)).status == status


# ------------------------------------------------------------------------------------------------------ equal cases

SPELT_ALIKE = [  # mention, the name that is meant, a name that folds to the same words
    ("Ivan Nevervo", "Ivan Neverov", "Иван Неверов"),
    ("Иван Невервов", "Иван Неверов", "Ivan Neverov"),
    ("Neverov, Ivan", "Ivan Neverov", "Иван Неверов"),
    ("Daniel Avila", "Daniel Avila", "Daniel Ávila"),
    ("Daniel Ávila", "Daniel Ávila", "Daniel Avila"),
    ("V. S. Filatova", "Valentina Sergeevna Filatova", "Svetlana Vasilevna Filatova"),
    ("S. V. Filatova", "Svetlana Vasilevna Filatova", "Valentina Sergeevna Filatova"),
]


OWN_SPELLING = [  # (text, type, the names of the entity that is meant, the names of another that the evidence prefers)
    ("ФСБ", "organization", ["ФСБ"], ["Federal Security Service", "FSB", "fsb", "F.S.B."]),
    ("Slovenská vláda", "organization", ["Slovenská vláda", "SR"], ["Slovenska vlada", "slovenska vlada", "vlada RS"]),
    ("Києву", "location", ["Київ", "Києва"], ["Kyiv", "Kiev", "Киев", "Kijów", "Kyjev", "Kijev"]),
    ("Кристофер Рэй", "person", ["Кристофер Рэй"], ["Christopher Wray", "Крістофер Рей", "Christopher Rey", "Рей"]),
    # but for a slip
    ("Mohammad Ai Madhi", "person", ["Mohammad Ali Madhi"], ["Mohammad Madhi"]),
    ("Екалтерина Кожемяко", "person", ["Екатерина Кожемяко"], ["Ekaterina Kozhemyako"]),
    ("Copa de Plata Traveol", "organization", ["Copa de Plata Travel"], ["Copa de Plata"]),
    # or whose name has a word more of the mention
    ("Shawki Ali Amed Al-Hayashi", "person", ["Shawki Ali Ahmed Al-Hayashi"], ["Shawki Al-Hayashi"]),
    ("Morteza Alg Mirzaei", "person", ["Morteza Ali Mirzaei"], ["Morteza Mirzaei"]),
    ("John Michael Smith", "person", ["Джон Майкл Смит"], ["John Smith"]),
]


def spelt(text: str, kind: str, *entities: list[str]) -> tuple[Candidate, ...]:
    """The candidates of entities with these names, the first of which is their own; their ids are 1, 2 and so on."""
    known = [
        Entity(str(number), names[0], kind, tuple(map(Alias, names[1:]))) for number, names in enumerate(entities, 1)
    ]
    return ranked(text, known)


@pytest.mark.parametrize(("text", "kind", "meant", "other"), OWN_SPELLING)
def test_what_is_spelt_as_the_mention_counts_against_the_others(
    text: str, kind: str, meant: list[str], other: list[str]
) -> None:
    alone = spelt(text, kind, other)[0]
    beside = next(each for each in spelt(text, kind, meant, other) if each.entity.id == "2")

    assert "spelt_otherwise" not in {item.name for item in alone.evidence}
    assert next(item.bits for item in beside.evidence if item.name == "spelt_otherwise") < 0
    assert sum(item.bits for item in beside.evidence) < sum(item.bits for item in alone.evidence)


@pytest.mark.parametrize(
    ("text", "kind", "first", "second"),
    [
        ("FSB", "organization", ["FSB"], ["Fsb", "ФСБ"]),  # both are spelt so
        ("Byłego Kijowa", "location", ["Kyiv"], ["Киев"]),  # neither is
        ("Kiew", "location", ["Kyiv"], ["Киев"]),
        ("Ivan Petrov", "person", ["Ivan Petrov Sidorov"], ["Иван Петров"]),  # a part of a name is no spelling of it
        ("Kozhemyakko", "person", ["Kozhemyako"], ["Кожемяко"]),  # nor is a slip where nothing else agrees
        ("Ekatrina Kozemyako", "person", ["Ekaterina Kozhemyako"], ["Екатерина Кожемяко"]),  # nor are two slips
        (
            "Shawki Ali Omar Al-Hayashi",
            "person",
            ["Shawki Ali Ahmed Al-Hayashi"],
            ["Shawki Al-Hayashi"],
        ),  # another word
        ("Иван Петрович Сидоров", "person", ["Ivan Petrovich Sidorko"], ["Ivan Sidorov"]),  # a patronymic is left out
    ],
)
def test_where_none_or_all_are_spelt_so_nothing_counts(
    text: str, kind: str, first: list[str], second: list[str]
) -> None:
    assert all(item.name != "spelt_otherwise" for c in spelt(text, kind, first, second) for item in c.evidence)


def test_a_spelling_that_is_contradicted_counts_against_nobody() -> None:
    osa = Entity("1", "Osa", "product", (Alias("ОСА", case="exact"),))
    other = Entity("2", "Osa Peninsula", "location", (Alias("Osa"),))

    assert all(item.name != "spelt_otherwise" for c in ranked("оса", [osa, other]) for item in c.evidence)


@pytest.mark.parametrize("ids", ["ab", "ba"])
@pytest.mark.parametrize(("text", "meant", "other"), SPELT_ALIKE)
def test_of_equal_entities_the_one_spelt_alike_comes_first(text: str, meant: str, other: str, ids: str) -> None:
    """Whatever their ids are."""
    pair = [Entity(key, name, "person") for key, name in zip(ids, (meant, other), strict=True)]

    assert ranked(text, pair)[0].entity.name == meant


@pytest.mark.parametrize("ids", ["ab", "ba"])
@pytest.mark.parametrize(
    ("text", "meant", "other"),
    [
        ("Ivan Neverov", "Иван Неверов", "Ivan Neverova"),
        ("Igor I. Sechin", "Igor Ivanovich Sechin", "Igor Sechin"),
        ("Юрий М. Козицын", "Yuriy Mikhailovich Kozitsyn", "Юрий Козицын"),
        ("Alexander Brechalov", "Александр Бречалов", "Alexandra Brechalova"),
    ],
)
def test_a_spelling_that_is_alike_outvotes_no_evidence(text: str, meant: str, other: str, ids: str) -> None:
    """It only breaks ties."""
    pair = [Entity(key, name, "person") for key, name in zip(ids, (meant, other), strict=True)]

    assert ranked(text, pair)[0].entity.name == meant


def test_what_is_spelt_alike_as_well_comes_by_its_id() -> None:
    """So that the order is the same in every process."""
    assert [c.entity.id for c in ranked("Ivan Neverov", [Entity(key, "Ivan Neverov", "person") for key in "cab"])] == [
        "a",
        "b",
        "c",
    ]
