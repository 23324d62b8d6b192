"""What an import would change: each record finds its entity, or is new, or is left to a person."""

from collections.abc import Callable
from pathlib import Path

import pytest
from factories import entity

from resolver.exchange import Intake, Plan, Record, plan_import
from resolver.model import Alias, Entity
from resolver.registry import Registry, RegistryChange

Import = Callable[..., Plan]

KNOWN = (
    entity(
        "Aleksandr Brechalov",
        Alias("Александр Бречалов", lang="ru"),
        identifiers=(("wikidata", "Q4095854"),),
        redirects=("person:brechalov",),
        reject=("Aleksandra Brechalova",),
    ),
    entity("Kupol", "IEMZ Kupol", type="organization", never=("Kupol dome",)),
    entity("Osa", "9K33", type="product"),
    entity("Ivan Petrov", id="person:ivan-petrov-1"),
    entity("Ivan Petrov", id="person:ivan-petrov-2"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A registry with these entities, and a blocked string."""
    path = tmp_path / "aliases"
    path.mkdir()
    change = RegistryChange(path)
    for each in KNOWN:
        change.add_entity(each)
    change.block("Read more")
    change.write()
    return path


@pytest.fixture
def imported(folder: Path) -> Import:
    """Plans the import of entities, each of which stands on the line of its number."""

    def plan(*entities: Entity) -> Plan:
        records = [Record(number, each) for number, each in enumerate(entities, 1)]
        change = RegistryChange(folder)
        return plan_import(records, change, Intake("list.csv"), source="list", by="ada", on="2026-01-31")

    return plan


def matched(plan: Plan) -> list[tuple[str, str]]:
    return [(match.entity.id, match.how) for match in plan.matches]


BRECHALOV = "person:aleksandr-brechalov"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (entity("A. B.", id=BRECHALOV), (BRECHALOV, "id")),
        (entity("A. B.", id="person:brechalov"), (BRECHALOV, "id")),
        (entity("A. B.", id="NK-1", redirects=("person:brechalov",)), (BRECHALOV, "identifier")),
        (entity("A. B.", id="NK-1", identifiers=(("wikidata", "Q4095854"),)), (BRECHALOV, "identifier")),
        (entity("A. B.", id="Q4095854"), (BRECHALOV, "identifier")),
        (entity("ALEKSANDR BRECHALOV", id="NK-1"), (BRECHALOV, "name 'ALEKSANDR BRECHALOV'")),
        (entity("Oleksandr Brechalov", id="NK-1"), (BRECHALOV, "name 'Oleksandr Brechalov'")),
        (entity("Kupol", id="x", type="other"), ("organization:kupol", "name 'Kupol'")),
    ],
)
def test_a_known_entity_is_found(record: Entity, expected: tuple[str, str], imported: Import) -> None:
    """By its id, its identifiers or its name."""
    plan = imported(record)

    assert matched(plan) == [expected]
    assert (plan.new, plan.skipped) == ([], [])


@pytest.mark.parametrize(
    "record",
    [
        entity("Boris Kovalenko", id="NK-1"),
        entity("Aleksandr Brechalov", id="NK-1", identifiers=(("wikidata", "Q1"),)),
        entity("Aleksandra Brechalova", id="NK-1"),
        entity("Osa", id="NK-1", type="organization"),
        entity("Some Plant", "IEMZ Kupol", id="NK-1", type="organization"),
    ],
)
def test_what_nothing_fits_is_new(record: Entity, imported: Import) -> None:
    """Another identifier, a name that a curator refused, another type or an alias alone do not make two one."""
    plan = imported(record)

    assert [made.id for made in plan.new] == ["NK-1"]
    assert plan.matches == []


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (entity("Ivan Petrov", id="NK-1"), "is a name of person:ivan-petrov-1 and person:ivan-petrov-2"),
        (
            entity("Kupol", "Osa", id="NK-1", type="other"),
            "is organization:kupol by its name and product:osa by another",
        ),
        (entity("X", id=BRECHALOV, type="product"), "its id is that of person:aleksandr-brechalov"),
        (entity("Read more", id="NK-1"), "'Read more' is blocked"),
        (entity("", id="NK-1"), "no name for NK-1: a new entity needs one"),
        (
            entity("X", id="NK-1", identifiers=(("wikidata", "Q4095854"),), redirects=("person:ivan-petrov-1",)),
            "its identifiers are those of person:aleksandr-brechalov and person:ivan-petrov-1",
        ),
    ],
)
def test_what_is_not_sure_is_skipped(record: Entity, why: str, imported: Import) -> None:
    """And listed, with its line and what to do."""
    plan = imported(record)

    assert next(str(problem) for problem in plan.skipped if why in problem.message).startswith("list.csv:1: ")
    assert (plan.new, plan.matches, plan.change.diff()) == ([], [], "")


def test_a_match_that_is_not_sure_is_left_to_a_person(imported: Import) -> None:
    """Among many names some are alike by chance."""
    plan = imported(entity("Aleksandr Brecholova", id="NK-1"), entity("Aleksandr Berchuloov", id="NK-2"))

    assert plan.matches == []
    assert all("if it is the same, write NK-" in problem.message for problem in plan.skipped)


def test_two_entities_of_the_file_are_not_the_same_one(imported: Import) -> None:
    """The file says that they are two: only an id can say which is meant."""
    plan = imported(entity("Aleksandr Brechalov", id="NK-1"), entity("Александр Бречалов", id="NK-2"))

    assert len(plan.skipped) == 2
    assert plan.matches == []


def test_one_that_the_file_tells_apart_is_another(imported: Import) -> None:
    """The file has the entity by its id: the other one of the name is a homonym."""
    plan = imported(entity("Aleksandr Brechalov"), entity("Aleksandr Brechalov", id="NK-2"))

    assert matched(plan) == [(BRECHALOV, "id")]
    assert [made.id for made in plan.new] == ["NK-2"]


def test_what_an_import_brought_does_not_make_it_surer(imported: Import) -> None:
    """What was left to a person the first time is left the second time."""
    doubtful = entity("Aleksandr Berchuloov", id="NK-2")
    records = (doubtful, *(entity(f"Aleksandr {letter}ovalenko", id=letter) for letter in "BGDZTRSPM"))
    imported(*records).change.write()

    again = imported(*records)

    assert again.change.diff() == ""


def test_names_without_ids_may_be_of_one_entity(imported: Import) -> None:
    """Such a file does not say that they are two."""
    plan = imported(Entity("", "Kupol", "organization"), Entity("", "IEMZ Kupol", "organization"))

    assert plan.skipped == []
    assert [match.entity.id for match in plan.matches] == ["organization:kupol"] * 2


def test_new_spellings_say_where_they_come_from(imported: Import, folder: Path) -> None:
    """Unless the file says so itself; what is there already, but for case, is not added."""
    own = Alias("Бречалов А.В.", lang="ru", source="gazette", added="2020-01-01", by="grace")
    plan = imported(entity("Aleksandr BRECHALOV", own, "Bretschalow", id="person:brechalov"))

    plan.change.write()

    (match,) = plan.gains
    assert match.aliases == (own, Alias("Bretschalow", source="list", added="2026-01-31", by="ada"))
    assert Registry.load(folder).get(BRECHALOV).aliases == (*KNOWN[0].aliases, *match.aliases)


@pytest.mark.parametrize("name", ["9K33", "osa"])
def test_a_name_that_another_entity_holds_is_left_out(name: str, imported: Import) -> None:
    """It is a collision: the registry would no longer know whom it means."""
    known, new = imported(entity("Kupol", name, type="organization")), imported(entity("Tor", name, type="product"))

    for plan in (known, new):
        assert "is a name of product:osa: left out" in plan.collisions[0].message
        assert f"+    - {name}" not in plan.change.diff()


@pytest.mark.parametrize(("name", "why"), [("Kupol dome", "'never'"), ("read MORE", "blocked")])
def test_a_name_that_is_none_is_left_out(name: str, why: str, imported: Import) -> None:
    """A curator said so."""
    plan = imported(entity("Kupol", name, type="organization"))

    assert why in plan.skipped[0].message
    assert plan.change.diff() == ""


def test_a_homonym_is_new_and_listed(imported: Import) -> None:
    """With another identifier it is another person of the name."""
    plan = imported(entity("Aleksandr Brechalov", id="NK-1", identifiers=(("wikidata", "Q1"),)))

    assert "is also a name of person:aleksandr-brechalov" in plan.collisions[0].message


def test_a_name_that_many_have_is_told_in_few_words(imported: Import) -> None:
    """By the first who have it, in each message: else a thousand entities of one name give a million ids."""
    plan = imported(*[entity("Anna Kovalenko", id=f"nk-{number:03}") for number in range(300)])
    messages = [problem.message for problem in plan.collisions]

    assert (len(plan.new), len(messages)) == (300, 299)
    assert messages[4].endswith("is also a name of nk-000 and nk-001 and nk-002 and nk-003 and nk-004")
    assert messages[5].endswith("and nk-004 and 1 other")
    assert max(map(len, messages)) < 150


def test_an_alias_that_only_new_entities_share_is_kept(imported: Import) -> None:
    """One that the registry has, too, is left out, and the message names those of the registry."""
    plan = imported(
        entity("Anna Kovalenko", "A. K.", id="nk-1"),
        entity("Anton Karpenko", "A. K.", "Osa", id="nk-2"),
        entity("Osa", "A. K.", id="nk-3"),
        entity("Artem Kravets", "Osa", id="nk-4"),
    )

    assert [[alias.text for alias in each.aliases] for each in plan.new] == [["A. K."], ["A. K."], ["A. K."], []]
    assert [problem.message for problem in plan.collisions if "left out" in problem.message] == [
        "'Osa' of nk-2 is a name of product:osa: left out",
        "'Osa' of nk-4 is a name of product:osa: left out",
    ]


def test_a_new_entity_has_an_id_and_an_origin(imported: Import) -> None:
    """Made of its type and name, and of its identifier where that is taken."""
    plan = imported(
        Entity("", "Олександр Сирський", "person", identifiers=(("wikidata", "Q12106060"),)),
        Entity("", "Олександр Сирський", "person", identifiers=(("wikidata", "Q1"),)),
    )

    assert [made.id for made in plan.new] == ["person:oleksandr-syrskyi", "person:oleksandr-syrskyi-q1"]
    assert (plan.new[0].source, plan.new[0].note) == ("list", "imported 2026-01-31 by ada")


def test_an_identifier_that_is_missing_is_noted(imported: Import) -> None:
    """A change of the registry adds none to a known entity."""
    plan = imported(entity("Kupol", type="organization", identifiers=(("wikidata", "Q4250563"),)))

    assert plan.notes[0].message.startswith("organization:kupol has no wikidata: Q4250563")
    assert plan.change.diff() == ""


def test_an_identifier_that_differs_is_noted(imported: Import) -> None:
    """The id says that they are one; the other identifier is for a person to look at."""
    plan = imported(entity("Aleksandr Brechalov", identifiers=(("wikidata", "Q1"),)))

    assert matched(plan) == [(BRECHALOV, "id")]
    assert "has no wikidata: Q1: add it, or correct the other one" in plan.notes[0].message


def test_the_same_import_twice_changes_nothing(imported: Import) -> None:
    """Whatever it held."""
    records = (
        entity("Aleksandr Brechalov", "Bretschalow", id="NK-1"),
        entity("Kupol Trading", "Kupol", "9K33", id="NK-2", type="organization"),
        entity("Tor", "Top", id="NK-3", type="product", redirects=("NK-9",)),
        entity("Top", "Tor", id="NK-4", type="product"),
        Entity("", "Grad", "product", (Alias("Град"),)),
        Entity("", "Grad", "product", (Alias("БМ-21"),)),
    )
    first = imported(*records)
    first.change.write()
    second = imported(*records)

    assert len(first.new) == 4
    assert second.change.diff() == ""
    assert second.new == []


def test_many_new_entities_go_into_several_files(
    imported: Import, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of a registry can be looked at."""
    monkeypatch.setattr("resolver.exchange.planning.MAX_FILE", 1000)
    plan = imported(*(entity(f"Unit {number}", id=f"u{number}", type="event") for number in range(20)))

    plan.change.write()

    files = sorted(path.name for path in folder.glob("event*.yaml"))
    assert len(files) > 1
    assert files[0] == "event-2.yaml"
    assert all((folder / name).stat().st_size <= 1000 for name in files)
    assert len(Registry.load(folder)) == len(KNOWN) + 20


def test_an_import_into_a_registry_of_one_file(tmp_path: Path) -> None:
    """All goes into that file."""
    path = tmp_path / "all.yaml"
    path.write_text("- id: product:osa\n  type: product\n  name: Osa\n", encoding="utf-8")
    records = [Record(2, entity("Tor", type="product"))]
    plan = plan_import(records, RegistryChange(path), Intake("x"), source="x", by="ada", on="2026-01-31")

    plan.change.write()

    assert [each.name for each in Registry.load(path)] == ["Osa", "Tor"]
