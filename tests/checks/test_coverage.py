"""Which spellings of an entity resolve, and by which rule."""

import pytest
from factories import entity

from resolver.checks.coverage import (
    Attested,
    attested_in_audits,
    attested_in_lines,
    attested_in_registry,
    cover,
    tally,
    unneeded_aliases,
)
from resolver.checks.usage import Usage
from resolver.errors import CorpusError
from resolver.model import Alias
from resolver.pipeline import Resolver
from resolver.registry import Registry

BRECHALOV = entity("Aleksandr Brechalov", Alias("Бречалов", lang="ru"), "Glava Udmurtii", resolve=("A. Brechalov",))
OSA = entity("Osa", Alias("OSA", requires="cue"), type="product", cues=("missile",), never=("Osa Peninsula",))
TWINS = entity("Izhevsk", type="location"), entity("Izhevsk", type="location", id="location:another-izhevsk")
REGISTRY = Registry.from_entities([BRECHALOV, OSA, entity("Osa", type="location"), *TWINS], blocked=["Nobody"])


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(REGISTRY)


@pytest.mark.parametrize(
    ("text", "rule", "alias"),
    [
        ("Aleksandr Brechalov", "written the same", "Aleksandr Brechalov"),
        ("Бречаловым", "inflected", "Бречалов"),
        ("Александр Бречалов", "written the same", "Aleksandr Brechalov"),
        ("Aleksandr Bechalov", "typo", "Aleksandr Brechalov"),
    ],
)
def test_a_covered_spelling_has_its_rule_and_its_alias(text: str, rule: str, alias: str, resolver: Resolver) -> None:
    """And no line to add."""
    (each,) = cover(resolver, [Attested(BRECHALOV.id, text, "listed")])

    assert (each.is_covered, each.rule, each.alias, each.line) == (True, rule, alias, "")
    assert each.score > 0.5
    assert each.reason


@pytest.mark.parametrize(
    ("text", "owner", "line"),
    [
        ("Brechalovich", BRECHALOV.id, "- Brechalovich"),
        ("Удмуртский спикер", BRECHALOV.id, "- {text: Удмуртский спикер, lang: ru, kind: transliteration}"),
        ("Igor Brechalov", BRECHALOV.id, "- Igor Brechalov"),
        ("Osa", BRECHALOV.id, "- {text: Osa, requires: cue}"),  # another entity has it
        ("Izhevsk", "location:izhevsk", ""),  # it is there, and ambiguous
        ("OSA", OSA.id, ""),  # it is there, and needs a cue
        ("Osa Peninsula", OSA.id, ""),  # the registry says that it is not this one
    ],
)
def test_a_spelling_that_is_not_covered_has_a_reason_and_a_line(
    text: str, owner: str, line: str, resolver: Resolver
) -> None:
    """Where an alias could cover it."""
    (each,) = cover(resolver, [Attested(owner, text, "listed")])

    assert (each.is_covered, each.rule, each.alias) == (False, "", "")
    assert each.reason
    assert each.line == line


def test_what_resolves_to_another_entity_says_so(resolver: Resolver) -> None:
    """It is not covered, however surely it resolves."""
    (each,) = cover(resolver, [Attested(OSA.id, "Aleksandr Brechalov", "listed")])

    assert not each.is_covered
    assert each.reason.startswith(f"resolves to {BRECHALOV.id}: ")


def test_what_an_audit_resolved_by_its_context_is_told_apart(resolver: Resolver) -> None:
    """It is covered, but not alone; no alias is proposed for it."""
    seen, other = cover(resolver, [Attested(OSA.id, "OSA", "audit", 3), Attested(OSA.id, "OSA", "possible", 1)])

    assert (seen.is_covered, seen.is_covered_in_text, seen.line) == (False, True, "")
    assert (other.is_covered, other.is_covered_in_text) == (False, False)


def test_possible_spellings_are_not_counted(resolver: Resolver) -> None:
    """A name for which an entity was a candidate may be another's."""
    spellings = [("Бречаловым", "audit"), ("Igor Brechalov", "possible"), ("Brechalovich", "listed")]
    found = list(cover(resolver, (Attested(BRECHALOV.id, text, source) for text, source in spellings)))

    assert tally(found) == {BRECHALOV.id: (1, 2)}


def test_aliases_that_cover_nothing_are_not_needed(resolver: Resolver) -> None:
    """One that a spelling resolves by, or is, is needed."""
    found = list(cover(resolver, [Attested(BRECHALOV.id, "Бречаловым", "listed")]))

    assert unneeded_aliases(BRECHALOV, found) == ["Glava Udmurtii"]
    assert unneeded_aliases(BRECHALOV, []) == ["Бречалов", "Glava Udmurtii"]


def test_the_registry_attests_names_examples_and_romanisations() -> None:
    """Each spelling once."""
    found = [(each.text, each.source) for each in attested_in_registry([BRECHALOV])]

    assert found == [
        ("Aleksandr Brechalov", "name"),
        ("Бречалов", "name"),
        ("Glava Udmurtii", "name"),
        ("A. Brechalov", "example"),
        ("Brechalov", "romanised"),
    ]


def test_audits_attest_what_they_resolved() -> None:
    """What had the entity for a candidate is possible; without ids, all entities that they resolved anything to."""
    usage = Usage()
    usage.decisions["Бречаловым", BRECHALOV.id, (BRECHALOV.id,)] += 2
    usage.decisions["Osa", None, (OSA.id,)] += 1

    assert list(attested_in_audits(usage, [])) == [Attested(BRECHALOV.id, "Бречаловым", "audit", 2)]
    assert list(attested_in_audits(usage, [OSA.id])) == [Attested(OSA.id, "Osa", "possible", 1)]


def test_lines_may_name_their_entity() -> None:
    """A spelling alone is of the one entity that was named; lines of others are passed over."""
    lines = [f"{BRECHALOV.id}\tБречалов  А.\n", "\n", f"{OSA.id}\tOsa\n", "Brechalov\r\n"]

    assert [each.text for each in attested_in_lines(lines, "a.tsv", REGISTRY, [BRECHALOV.id])] == [
        "Бречалов А.",
        "Brechalov",
    ]


def test_every_line_that_cannot_be_used_is_told() -> None:
    """With its number, and what to do."""
    lines = ["Brechalov", "x:y\tA", f"{OSA.id}\tOsa", "person:aleksandr-brechalo\tB"]
    with pytest.raises(CorpusError) as error:
        list(attested_in_lines(lines, "a.tsv", REGISTRY, []))

    told = str(error.value).splitlines()
    assert [line.split(": ")[0] for line in told] == ["a.tsv:1", "a.tsv:2", "a.tsv:4"]
    assert "did you mean person:aleksandr-brechalov" in told[2]
