"""A registry is found, looked up and compared."""

import pickle
from pathlib import Path

import pytest

from resolver.errors import RegistryError, UnknownEntityError
from resolver.model import ENTITY_TYPES, Alias, Entity
from resolver.registry import Collision, Registry, bundled_folder

OSA = Entity("product:osa", "Osa", "product", (Alias("9K33"), Alias("OSA")), redirects=("product:9k33",))
OSA_GROUP = Entity("organization:osa", "Osa Group", "organization", (Alias("Ｏsa"), Alias("osa  group")))
FILES = {
    "a.yaml": "- id: a\n  type: person\n  name: A\n\n- id: b\n  type: event\n  name: B\n",
    "b.yml": "# more\n- id: c\n  type: person\n  name: C\n  redirects: [d]\n",
    "blocked.yaml": "- unknown\n",
    ".hidden.yaml": "[",
    "notes.txt": "[",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "sub.yaml").mkdir()
    return tmp_path


def test_a_folder_is_read_in_the_order_of_its_files(folder: Path) -> None:
    """Hidden files, other suffixes and folders do not count."""
    registry = Registry.load(folder)

    assert [entity.id for entity in registry] == ["a", "b", "c"]
    assert registry.blocked == ("unknown",)
    assert registry.path == folder


def test_a_single_file_is_a_registry(folder: Path) -> None:
    """The other files of its folder do not count."""
    assert [entity.id for entity in Registry.load(str(folder / "b.yml"))] == ["c"]


def test_the_bundled_registry_is_sound() -> None:
    """Without a path, the registry of this project is loaded."""
    registry = Registry.load()

    assert len(registry) > 0
    assert registry.path is not None
    assert registry.path.name == "aliases"


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    """The message says what is missing."""
    with pytest.raises(RegistryError) as caught:
        Registry.load(tmp_path)
    assert str(caught.value) == f"{tmp_path}: no *.yaml file in this folder: add one, or check the path"


def test_a_missing_path_is_a_problem(tmp_path: Path) -> None:
    """The message names the path."""
    with pytest.raises(RegistryError, match="nowhere: no such file or folder"):
        Registry.load(tmp_path / "nowhere")


def test_an_entity_knows_its_place(folder: Path) -> None:
    """Also under an old id; what was not read from a file has no place."""
    registry = Registry.load(folder)

    assert registry.where("b") == (folder / "a.yaml", 5)
    assert registry.where("d") == (folder / "b.yml", 2)
    assert registry.where("x") is None
    assert Registry.from_entities([OSA]).where(OSA.id) is None


def test_an_old_id_leads_to_the_entity_that_holds_it_now() -> None:
    """Merged ids stay valid."""
    registry = Registry.from_entities([OSA])

    assert registry.get("product:9k33") is OSA
    assert "product:9k33" in registry
    assert len(registry) == 1


def test_an_unknown_id_names_similar_ones() -> None:
    """A slip of the keyboard is told at once."""
    with pytest.raises(UnknownEntityError, match=r"no entity 'product:oza' .* did you mean product:osa"):
        Registry.from_entities([OSA]).get("product:oza")
    with pytest.raises(UnknownEntityError, match=r"did you mean product:os0, product:os1, product:os2\?$"):
        Registry.from_entities(Entity(f"product:os{n}", "Osa", "product") for n in range(4)).get("product:os")
    with pytest.raises(UnknownEntityError, match=r"in the registry: check the id$"):
        Registry.from_entities([OSA]).get("xyz")


@pytest.mark.parametrize(
    ("entities", "problem"),
    [
        ([OSA, OSA], "entities:2: id 'product:osa' is taken by entities:1"),
        (
            [OSA, Entity("product:9k33", "9K33", "product")],
            "entities:1: redirect 'product:9k33' is taken by entities:2",
        ),
        ([Entity("a", "A", "event", redirects=("a",))], "entities:1: redirect 'a' is the entity's own id"),
        (
            [Entity("a", "A", "event", redirects=("c",)), Entity("b", "B", "event", redirects=("c",))],
            "entities:2: redirect 'c' is taken by entities:1",
        ),
        ([Entity("", "A", "event")], "entities:1: an id is empty: give it one, or remove it"),
        ([OSA, Entity("", "A", "event"), Entity("", "B", "event")], "entities:2: an id is empty.*\nentities:3: an id"),
        ([Entity("a", "A", "event", redirects=("",))], "entities:1: an id is empty"),
    ],
)
def test_an_id_means_one_entity(entities: list[Entity], problem: str) -> None:
    """Two entities of one id are refused, and the positions named."""
    with pytest.raises(RegistryError, match=problem):
        Registry.from_entities(entities)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (Entity("a", "A", "vessel"), "entities:2: 'type' is 'vessel': choose one of person, organization"),
        (Entity("a", "A", "event", (Alias("B", kind="typo"),)), "entities:2: 'kind' is 'typo': choose one of spelling"),
        (
            Entity("a", "A", "event", (Alias("B", case="any"),)),
            "entities:2: 'case' is 'any': choose one of fold",
        ),
        (Entity("a", "A", "event", (Alias("B", match=""),)), "entities:2: 'match' is '': choose one of exact"),
        (Entity("a", "A", "event", (Alias("B", requires="id"),)), "entities:2: 'requires' is 'id': choose one of cue"),
    ],
)
def test_what_may_not_be_chosen_is_refused(wrong: Entity, problem: str) -> None:
    """At once, not when a name meets it."""
    with pytest.raises(RegistryError, match=problem):
        Registry.from_entities([OSA, wrong])


@pytest.mark.parametrize("kind", ENTITY_TYPES)
def test_all_types_may_be_chosen(kind: str) -> None:
    """What an alias leaves open is inferred."""
    assert Registry.from_entities([Entity("a", "A", kind, (Alias("B"),))]).get("a").type == kind


def test_an_old_id_may_be_named_twice() -> None:
    """It leads to the same entity."""
    registry = Registry.from_entities([Entity("a", "A", "event", redirects=("b", "b"))])

    assert registry.get("b").id == "a"


def test_shared_spellings_are_collisions() -> None:
    """Case, width and spaces do not tell two spellings apart; what one entity holds twice is none."""
    registry = Registry.from_entities([OSA, OSA_GROUP])

    assert registry.collisions() == [Collision("osa", ("organization:osa", "product:osa"))]


def test_spellings_of_one_entity_do_not_collide() -> None:
    """Osa and OSA of one entity are no question."""
    assert Registry.from_entities([OSA]).collisions() == []


def test_the_order_of_entities_does_not_change_the_fingerprint() -> None:
    """Nor does that of blocked strings."""
    one = Registry.from_entities([OSA, OSA_GROUP], blocked=["x", "y"])
    other = Registry.from_entities([OSA_GROUP, OSA], blocked=["y", "x"])

    assert one.fingerprint == other.fingerprint
    assert one == other
    assert len({one, other}) == 1


@pytest.mark.parametrize(
    "other",
    [
        Entity("a", "A", "person", (Alias("B"), Alias("C"))),
        Entity("a", "A", "person", (Alias("C"), Alias("B"))),
        Entity("a", "A", "person", (Alias("B"), Alias("C", lang="")), note=""),
        Entity("a", "A", "person", (Alias("B"), Alias("C", lang="uk"))),
        Entity("a", "A", "person", (Alias("B"), Alias("C")), identifiers=(("viaf", "1"), ("eu", "2"))),
        Entity("a", "A", "person", (Alias("B"), Alias("C")), identifiers=(("eu", "2"), ("viaf", "1"))),
    ],
)
def test_equal_registries_are_those_of_one_fingerprint(other: Entity) -> None:
    """What the YAML does not tell apart is equal: an empty text and none, identifiers in another order."""
    for aliases, identifiers in (("BC", ()), ("CB", ()), ("BC", (("viaf", "1"), ("eu", "2")))):
        entity = Entity("a", "A", "person", tuple(map(Alias, aliases)), identifiers=identifiers)
        one, two = Registry.from_entities([OSA, entity]), Registry.from_entities([other, OSA])

        assert (one == two) == (one.fingerprint == two.fingerprint)


def test_names_of_files_do_not_change_the_fingerprint(folder: Path) -> None:
    """Entities may move to another file."""
    before = Registry.load(folder)
    (folder / "a.yaml").rename(folder / "z.yaml")

    assert Registry.load(folder).fingerprint == before.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        Registry.from_entities([]),
        Registry.from_entities([OSA], blocked=["x"]),
        Registry.from_entities([Entity("product:osa", "Osa", "product", (Alias("9K33"),))]),
        Registry.from_entities([Entity("product:osa", "Osa", "other", OSA.aliases, redirects=OSA.redirects)]),
        "a registry",
    ],
)
def test_other_content_is_another_registry(other: object) -> None:
    """Every value counts."""
    assert Registry.from_entities([OSA]) != other


def test_a_registry_can_be_sent_to_another_process(folder: Path) -> None:
    """It arrives equal, places included."""
    registry = Registry.load(folder)
    arrived = pickle.loads(pickle.dumps(registry))  # noqa: S301 - made here

    assert arrived == registry
    assert arrived.where("c") == registry.where("c")


def test_the_statistics_count_everything() -> None:
    """By type, kind and language, each sorted."""
    entity = Entity("a", "A", "person", (Alias("Б", lang="ru"), Alias("AB", kind="acronym")))

    assert Registry.from_entities([entity, OSA], blocked=["x"]).stats() == {
        "totals": {"entities": 2, "aliases": 4, "blocked": 1},
        "types": {"person": 1, "product": 1},
        "kinds": {"acronym": 1, "spelling": 3},
        "langs": {"": 3, "ru": 1},
    }


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (["resolver/aliases"], "resolver/aliases"),
        (["resolver/aliases", "aliases", "pyproject.toml"], "resolver/aliases"),
        (["aliases", "pyproject.toml"], "aliases"),
        (["aliases"], None),
        (["pyproject.toml"], None),
        ([], None),
    ],
)
def test_the_bundled_registry_is_that_of_the_package_or_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folders: list[str], expected: str | None
) -> None:
    """A folder that happens to be called so, beside an installed package, is somebody else's."""
    monkeypatch.setattr("resolver.registry.registry._PACKAGE", tmp_path / "resolver")
    for name in folders:
        path = tmp_path / name
        path.write_text("") if path.suffix else path.mkdir(parents=True)

    if expected:
        assert bundled_folder() == tmp_path / expected
    else:
        with pytest.raises(
            RegistryError, match=r": this installation has no bundled registry: name a folder of YAML f"
        ):
            bundled_folder()


def test_a_registry_tells_how_much_it_holds_and_where_it_is_from(folder: Path) -> None:
    """In a debugger, too."""
    assert repr(Registry.from_entities([OSA])) == "<Registry of 1 entities>"
    assert repr(Registry.load(folder)).endswith(f"entities from {folder}>")


def test_a_broken_file_stays_broken(tmp_path: Path) -> None:
    """What was read with problems is not remembered as sound, though somebody still holds it."""
    (tmp_path / "a.yaml").write_text("- {id: a, type: event}\n", encoding="utf-8")
    caught = []
    for _ in range(2):
        with pytest.raises(RegistryError, match="has no 'name'") as error:
            Registry.load(tmp_path)
        caught.append(error)

    assert len(caught) == 2
