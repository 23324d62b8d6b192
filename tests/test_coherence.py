"""What a document knows: surnames after full names, and one sense for a name."""

import pytest
from factories import entity, mention

from resolver.coherence import cohere as cohere_with
from resolver.decision import Policy
from resolver.model import Alias, Candidate, Entity, Evidence, Resolution

BRECHALOV = entity("Aleksandr Brechalov")
ZELENSKY, ZELENSKA = entity("Volodymyr Zelensky"), entity("Olena Zelenska")
TRUMP, JUNIOR = entity("Donald Trump"), entity("Donald Trump Jr")
AFP, AUSTRALIA = entity("Agence France-Presse", type="organization"), entity("AFP", type="organization")
ANDRII, OLEKSANDR = entity("Andrii Kovalenko"), entity("Oleksandr Kovalenko")
OSA = entity("Osa", type="product")
UDMURTIA = entity("Udmurtia", type="location")
KUPOL = entity("Kupol", type="organization")
AGREES = Evidence("spelling", "agree", 9.0, "written the same")
WEAK = Evidence("acronym", "agree", 0.5, "may be the initials")
CUE = Evidence("requirement", "contradict", -12.0, "needs a cue")
GIVEN = Evidence("given_name", "contradict", -2.0, "given names differ")


def candidate(known: Entity, score: float, *evidence: Evidence) -> Candidate:
    """A candidate by its canonical name."""
    return Candidate(known, Alias(known.name), score, evidence or (AGREES,))


def cohere(resolutions: list[Resolution]) -> list[Resolution]:
    """With the default policy."""
    return cohere_with(resolutions, Policy())


def resolved(text: str, known: Entity, start: int = 0) -> Resolution:
    """A mention that means an entity."""
    return Resolution(mention(text, start=start), "resolved", (candidate(known, 0.95),), "written the same")


def unresolved(text: str, *candidates: Candidate, start: int = 0, type: str | None = None) -> Resolution:  # noqa: A002
    """A mention that means nobody, as yet."""
    return Resolution(mention(text, start=start, type=type), "unresolved", candidates, "too weak")


def meant(resolutions: list[Resolution]) -> list[str | None]:
    """The ids, in order."""
    return [resolution.entity_id for resolution in resolutions]


# ---------------------------------------------------------------------------------------------- surnames and people


@pytest.mark.parametrize("surname", ["Brechalov", "Бречалов", "Бречаловым", "Breczałow"])
def test_lone_surname_means_the_person_whom_the_document_named(surname: str) -> None:
    """In any script and case, before or after the full name."""
    full, lone = resolved("Aleksandr Brechalov", BRECHALOV), unresolved(surname)

    assert meant(cohere([full, lone])) == [BRECHALOV.id, BRECHALOV.id]
    assert meant(cohere([lone, full])) == [BRECHALOV.id, BRECHALOV.id]


@pytest.mark.parametrize("bearers", [2, 5, 6, 3000])
def test_a_reason_lists_some_of_many_people(bearers: int) -> None:
    """Who shares a surname with thousands is ambiguous, the reason stays short, and only a hundred are looked at."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    given = [f"{a}{b}{c}" for a in letters for b in letters for c in letters][:bearers]
    family = [resolved(f"{name.title()} Kovalenko", entity(f"{name.title()} Kovalenko")) for name in given]
    lone = cohere([*family, unresolved("Kovalenko")])[-1]

    assert lone.status == "ambiguous"
    assert lone.reason.startswith("the document names several: Aaa Kovalenko, Aab Kovalenko")
    assert lone.reason.count("Kovalenko") == min(bearers, 5)
    more = min(bearers, 100) - 5
    assert lone.reason.endswith(f" and {more} more") is (more > 0)


@pytest.mark.parametrize(
    ("surname", "others", "is_meant"),
    [("Brechalov", 300, True), ("Бречалов", 300, True), ("Бречаловым", 90, True), ("Бречаловым", 300, False)],
)
def test_in_a_crowd_a_surname_is_spelt_as_in_the_longer_name(surname: str, others: int, is_meant: bool) -> None:
    """A text that names hundreds of one initial: to compare each surname with each would take the square of them."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"Oleh B{first}{second}huk" for first in letters for second in letters][:others]
    crowd = [unresolved(name, type="person") for name in names]
    found = cohere([*crowd, resolved("Aleksandr Brechalov", BRECHALOV), unresolved(surname)])

    assert (found[-1].entity_id == BRECHALOV.id) is is_meant


@pytest.mark.parametrize("other", ["Bocharov", "Aleksandr", "Brechko", "Udmurtia"])
def test_other_lone_names_do_not(other: str) -> None:
    """Not a surname like it, nor the given name alone."""
    assert meant(cohere([resolved("Aleksandr Brechalov", BRECHALOV), unresolved(other)])) == [BRECHALOV.id, None]


def test_explanation_says_what_the_document_told() -> None:
    """As evidence and as the reason."""
    _, lone = cohere([resolved("Aleksandr Brechalov", BRECHALOV), unresolved("Brechalov")])

    assert lone.reason == "the document names Aleksandr Brechalov"
    assert "document" in [item.name for item in lone.candidates[0].evidence]


def test_surname_that_needs_a_cue_gets_it_from_the_full_name() -> None:
    """What the registry demanded is there."""
    lone = unresolved("Kovalenko", candidate(ANDRII, 0.1, AGREES, CUE))

    _, found = cohere([resolved("Andrii Kovalenko", ANDRII), lone])

    assert found.entity_id == ANDRII.id
    assert found.candidates[0].vetoes == ()


def test_other_contradictions_stay() -> None:
    """A document does not outvote a veto."""
    lone = unresolved("Kovalenko", candidate(ANDRII, 0.1, AGREES, GIVEN))

    assert meant(cohere([resolved("Andrii Kovalenko", ANDRII), lone])) == [ANDRII.id, None]


def test_surname_of_two_people_is_ambiguous() -> None:
    """Both stand in the reason."""
    people = [resolved("Andrii Kovalenko", ANDRII), resolved("Oleksandr Kovalenko", OLEKSANDR)]

    found = cohere([*people, unresolved("Kovalenko", candidate(ANDRII, 0.4))])[-1]

    assert found.status == "ambiguous"
    assert "Andrii Kovalenko" in found.reason
    assert "Oleksandr Kovalenko" in found.reason


def test_surname_of_an_unknown_person_is_not_that_of_a_known_one() -> None:
    """Mykola Kovalenko is not in the registry, so neither is the Kovalenko of this document."""
    unknown = unresolved("Mykola Kovalenko", candidate(ANDRII, 0.3, AGREES, GIVEN), type="person")

    assert meant(cohere([unknown, resolved("Kovalenko", ANDRII)])) == [None, None]


def test_one_person_named_twice_is_one_person() -> None:
    """Two forms of a full name are no ambiguity."""
    people = [resolved("Andrii Kovalenko", ANDRII), resolved("Андрій Коваленко", ANDRII)]

    assert cohere([*people, unresolved("Kovalenko")])[-1].entity_id == ANDRII.id


@pytest.mark.parametrize(
    ("doubtful", "meaning"),
    [
        (candidate(BRECHALOV, 0.7), BRECHALOV.id),  # a case form of his name that may be another's, but hardly is
        (candidate(BRECHALOV, 0.7, AGREES, GIVEN), None),  # a namesake
        (candidate(ZELENSKY, 0.7), None),
    ],
)
def test_a_doubtful_name_of_somebody_named_for_sure_is_his(doubtful: Candidate, meaning: str | None) -> None:
    """Unless something tells them apart."""
    full, other = resolved("Aleksandr Brechalov", BRECHALOV), unresolved("Igor Brechalov", doubtful)

    assert cohere([full, other, unresolved("Brechalov")])[2].entity_id == meaning


def test_only_persons_pass_their_names_on() -> None:
    """The part of a plant's name is another thing."""
    plant = resolved("Kupol Izhevsk", KUPOL)

    assert meant(cohere([plant, unresolved("Izhevsk")])) == [KUPOL.id, None]


def test_name_that_means_a_place_stays_a_place() -> None:
    """Even if a person in the document bears it."""
    someone = resolved("Aleksandr Udmurtia", BRECHALOV)

    assert meant(cohere([someone, resolved("Udmurtia", UDMURTIA)])) == [BRECHALOV.id, UDMURTIA.id]


# -------------------------------------------------------------------------------------------------------- one sense


def test_name_means_one_thing_in_a_document() -> None:
    """One Osa stood beside a cue: the others are the same."""
    lacks_a_cue = unresolved("OSA", candidate(OSA, 0.1, AGREES, CUE))

    assert meant(cohere([resolved("OSA", OSA), lacks_a_cue])) == [OSA.id, OSA.id]


@pytest.mark.parametrize(
    "other",
    [
        unresolved("OSA", candidate(OSA, 0.1, AGREES, GIVEN)),
        unresolved("OSA", candidate(OSA, 0.1, AGREES, CUE, GIVEN)),
        unresolved("Osa-2", candidate(OSA, 0.1, AGREES, CUE)),
        unresolved("OSA", candidate(KUPOL, 0.1, AGREES, CUE)),
        unresolved("OSA"),
    ],
    ids=["contradicted", "contradicted too", "another name", "another entity", "no candidate"],
)
def test_what_is_in_doubt_for_another_reason_stays_in_doubt(other: Resolution) -> None:
    """Only a missing cue is made up for by the document."""
    assert meant(cohere([resolved("OSA", OSA), other])) == [OSA.id, None]


def test_without_a_cue_anywhere_nothing_is_resolved() -> None:
    """Two doubts make no certainty."""
    lacks_a_cue = unresolved("OSA", candidate(OSA, 0.1, AGREES, CUE))

    assert meant(cohere([lacks_a_cue, lacks_a_cue])) == [None, None]


def test_surname_of_the_wife_is_hers() -> None:
    """Though Zelenska might be a form of Zelensky by itself."""
    both = [resolved("Volodymyr Zelensky", ZELENSKY), resolved("Olena Zelenska", ZELENSKA)]

    assert meant(cohere([*both, resolved("Zelenska", ZELENSKY)]))[-1] == ZELENSKA.id
    assert meant(cohere([*both, resolved("Zelensky", ZELENSKY)]))[-1] == ZELENSKY.id


def test_known_surname_is_not_that_of_a_junior() -> None:
    """Texts tell a son from his father by the word behind his name."""
    son, lone = resolved("Donald Trump Jr", JUNIOR), resolved("Trump", TRUMP)

    assert meant(cohere([son, lone])) == [JUNIOR.id, TRUMP.id]


# ------------------------------------------------------------------------------------------------- defined acronyms


def test_acronym_means_what_the_document_defines_it_as() -> None:
    """Whatever else it may mean, and whether or not it was resolved."""
    defined = {"AFP": resolved("Agence France-Presse", AFP)}

    for found in (resolved("AFP", AUSTRALIA), unresolved("AFP"), unresolved("AFP", candidate(AUSTRALIA, 0.4, WEAK))):
        (acronym,) = cohere_with([found], Policy(), defined)
        assert acronym.entity_id == AFP.id
        assert acronym.reason == "the document defines AFP as Agence France-Presse"


def test_acronym_of_something_unknown_is_unknown() -> None:
    """If the registry knows a long name of the entity that it might mean, or else it stays."""
    defined = {"AFP": unresolved("Animal Fur Party"), "Osa": unresolved("Own Small Acre")}

    changed, kept = cohere_with([resolved("AFP", AFP), resolved("Osa", OSA)], Policy(), defined)

    assert changed.entity_id is None
    assert changed.reason == "the document defines AFP as Animal Fur Party, which is not resolved"
    assert kept.entity_id == OSA.id


def test_definition_that_may_mean_the_entity_contradicts_nothing() -> None:
    """It is the best guess for the definition too."""
    defined = {"AFP": unresolved("Agence Francaise de Presse", candidate(AFP, 0.5, WEAK))}

    assert meant(cohere_with([resolved("AFP", AFP)], Policy(), defined)) == [AFP.id]


# ----------------------------------------------------------------------------------------- other names of an entity


def test_entity_named_otherwise_is_the_likelier_one() -> None:
    """What fits two entities means the one that the document also names in full; the reason says so."""
    lone = unresolved("AFP", candidate(AUSTRALIA, 0.5, WEAK), candidate(AFP, 0.5, WEAK))

    found = cohere([resolved("Agence France-Presse", AFP), lone])[-1]

    assert found.entity_id == AFP.id
    assert found.reason.startswith("the document names Agence France-Presse")


@pytest.mark.parametrize(
    ("text", "rival"),
    [
        ("AFP Sports Radio Australia", AFP),  # a longer name than the one that the registry knows
        ("Agence France-Presse", AFP),  # the same name says nothing new
        ("AFP", KUPOL),  # the document names another
    ],
)
def test_but_not_by_every_name(text: str, rival: Entity) -> None:
    """It stays what it was."""
    lone = unresolved(text, candidate(rival, 0.4, WEAK))

    assert meant(cohere([resolved("Agence France-Presse", AFP), lone]))[-1] is None


def test_part_of_the_name_of_a_thing_may_be_another_thing() -> None:
    """The firm that a document names is not its parent."""
    parent = unresolved("Kupol", candidate(entity("Kupol Trading", type="organization"), 0.5, AGREES))

    assert meant(cohere([resolved("Kupol Trading", parent.candidates[0].entity), parent]))[-1] is None


def test_contradiction_is_not_outvoted_by_another_name() -> None:
    """The document names Andrii Kovalenko, and Igor Kovalenko is still somebody else."""
    other = unresolved("Igor Kovalenko", candidate(ANDRII, 0.5, AGREES, GIVEN))

    assert meant(cohere([resolved("Andrii Kovalenko", ANDRII), other]))[-1] is None


@pytest.mark.parametrize("resolutions", [[], [resolved("Osa", OSA)], [unresolved("Emma Daniels")]])
def test_document_with_one_name_changes_nothing(resolutions: list[Resolution]) -> None:
    """There is nothing to learn from."""
    assert cohere(resolutions) == resolutions
