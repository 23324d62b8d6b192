"""Additions change the lines they need and no others, all files or none."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.errors import RegistryError
from resolver.files import locked
from resolver.model import ENTITY_TYPES, Alias, Entity
from resolver.registry import Addition, Registry, RegistryChange

PRODUCTS = """\
# Products
- id: product:osa   # the missile system
  type: product
  name: "Osa"
  aliases:
    # designators
    - {text: 9K33, kind: designator}
    - 'Оса'  # Russian
    # - OSA is an acronym elsewhere

  cues: [air defence,
         SAM]

- id: product:tor
  type: product
  name: Tor
  never:
  - Tor Browser
  note: |
    two

    lines

- {id: product:buk, type: product, name: Buk}
"""
PEOPLE = """\
- id: person:brechalov
  type: person
  name: Aleksandr Brechalov
  aliases: [Бречалов]
"""
BLOCKED = "- unknown\n- {text: N/A, note: no name}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("products.yaml", PRODUCTS), ("people.yaml", PEOPLE), ("blocked.yaml", BLOCKED)):
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def added_lines(change: RegistryChange) -> list[str]:
    """The new lines of a diff that takes none away."""
    lines = [line for line in change.diff().splitlines() if not line.startswith(("---", "+++"))]
    assert not [line for line in lines if line.startswith("-")]
    return [line[1:] for line in lines if line.startswith("+")]


def test_an_alias_goes_below_the_last_one(folder: Path) -> None:
    """Comments, quotes and order stay; the file differs by one line."""
    change = RegistryChange(folder)
    change.add_alias("product:osa", Alias("OSA-AKM"))
    change.write()
    expected = PRODUCTS.replace("# Russian\n", "# Russian\n    - OSA-AKM\n")

    assert (folder / "products.yaml").read_bytes() == expected.encode()
    assert Registry.load(folder).get("product:osa").aliases[-1] == Alias("OSA-AKM")


def test_an_alias_says_where_it_comes_from(folder: Path) -> None:
    """Details make it a mapping on one line."""
    change = RegistryChange(folder)
    change.add_alias("product:osa", Alias("ОСА", lang="ru", kind="acronym", added="2025-01-31", by="kate"))

    assert added_lines(change) == ["    - {text: ОСА, lang: ru, kind: acronym, added: 2025-01-31, by: kate}"]


def test_the_first_alias_brings_its_key(folder: Path) -> None:
    """Below the name, with the lists indented as in the rest of the file."""
    change = RegistryChange(folder)
    change.add_alias("product:tor", Alias("9K330"))
    change.write()
    expected = PRODUCTS.replace("name: Tor\n", "name: Tor\n  aliases:\n    - 9K330\n")

    assert (folder / "products.yaml").read_text(encoding="utf-8") == expected


def test_a_phrase_is_indented_as_its_neighbour(folder: Path) -> None:
    """Each list of a file may have its own habit."""
    change = RegistryChange(folder)
    change.add_never("product:tor", "Tor network", note="software: not a missile")

    assert added_lines(change) == ['  - {text: Tor network, note: "software: not a missile"}']


def test_the_first_phrase_goes_below_the_cues(folder: Path) -> None:
    """A new key keeps the usual order of keys, also below a list that takes several lines."""
    change = RegistryChange(folder)
    change.add_never("product:osa", "Osa Peninsula")
    change.add_alias("product:osa", Alias("Wasp", kind="nickname"))
    change.write()
    text = (folder / "products.yaml").read_text(encoding="utf-8")

    assert "         SAM]\n  never:\n    - Osa Peninsula\n\n- id: product:tor" in text
    assert "# Russian\n    - {text: Wasp, kind: nickname}\n" in text


def test_new_keys_of_one_entity_come_in_the_usual_order(folder: Path) -> None:
    """Whatever was added first."""
    (folder / "a.yaml").write_text("- id: a\n  type: event\n  name: A\n", encoding="utf-8")
    change = RegistryChange(folder)
    change.add_never("a", "A1")
    change.add_alias("a", Alias("B"))

    assert added_lines(change) == ["  aliases:", "    - B", "  never:", "    - A1"]


ALTERED = {
    "CRLF": PRODUCTS.replace("\n", "\r\n"),
    "no final newline": PRODUCTS.rstrip("\n"),
    "byte-order mark": "\ufeff" + PRODUCTS,
    "document marks": f"---\n{PRODUCTS}...\n",
    "comments at the end": f"{PRODUCTS}# the end\n\n",
}


def change_altered(folder: Path, text: str) -> RegistryChange:
    (folder / "products.yaml").write_bytes(text.encode())
    change = RegistryChange(folder)
    change.add_alias("product:osa", Alias("9K33M3"))
    change.add_never("product:tor", "Tor network")
    change.add_entity(Entity("product:kub", "Kub", "product"))
    return change


@pytest.mark.parametrize("text", ALTERED.values(), ids=ALTERED)
def test_every_line_of_the_old_file_stays(folder: Path, text: str) -> None:
    """In its order, with its line end; the new lines have the same line end."""
    change_altered(folder, text).write()
    new = (folder / "products.yaml").read_bytes().decode()
    rest = iter(new.split("\n"))

    assert all(line in rest for line in text.split("\n"))
    assert ("\r\n" in new, new.count("\r\n")) == ("\r\n" in text, new.count("\n") if "\r\n" in text else 0)
    assert new.endswith("\n") == text.endswith("\n")


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the patch command")
@pytest.mark.parametrize("text", ALTERED.values(), ids=ALTERED)
def test_the_diff_takes_the_change_back(folder: Path, text: str) -> None:
    """With the ordinary `patch -R`, byte for byte."""
    change = change_altered(folder, text)
    diff = change.diff()
    change.write()
    subprocess.run(["patch", "-s", "-R", "-p1", "--binary"], cwd=folder, input=diff.encode(), check=True)

    assert (folder / "products.yaml").read_bytes() == text.encode()


def test_an_entity_goes_to_the_file_of_its_type(folder: Path) -> None:
    """At its end, with a blank line before it where the file has them."""
    change = RegistryChange(folder)
    change.add_entity(Entity("product:kub", "Kub", "product", (Alias("2K12", kind="designator"),)))
    change.write()
    expected = """
- id: product:kub
  type: product
  name: Kub
  aliases:
    - {text: 2K12, kind: designator}
"""

    assert (folder / "products.yaml").read_text(encoding="utf-8") == PRODUCTS + expected


def test_a_type_without_a_file_gets_one(folder: Path) -> None:
    """Named after the type; a second entity of the type goes to the same file."""
    change = RegistryChange(folder)
    change.add_entity(Entity("a", "A", "event"))
    change.add_entity(Entity("b", "B", "event"))
    change.write()
    expected = "- id: a\n  type: event\n  name: A\n\n- id: b\n  type: event\n  name: B\n"

    assert (folder / "event.yaml").read_text(encoding="utf-8") == expected


def test_a_new_file_beside_the_schema_names_it(folder: Path) -> None:
    """Editors then complete its keys."""
    (folder / "registry.schema.json").write_text("{}", encoding="utf-8")
    change = RegistryChange(folder)
    change.add_entity(Entity("a", "A", "event"), file="events.yaml")

    assert change.files()[folder / "events.yaml"].startswith(
        "# yaml-language-server: $schema=registry.schema.json\n- id"
    )


def test_entities_stand_as_close_as_the_others(folder: Path) -> None:
    """A file without blank lines stays so."""
    (folder / "events.yaml").write_text(
        "- id: a\n  type: event\n  name: A\n- id: b\n  type: event\n  name: B\n", encoding="utf-8"
    )
    change = RegistryChange(folder)
    change.add_entity(Entity("c", "C", "event"))

    assert added_lines(change) == ["- id: c", "  type: event", "  name: C"]


def test_a_new_entity_takes_further_aliases_and_phrases(folder: Path) -> None:
    """One change may add an entity and then more to it."""
    change = RegistryChange(folder)
    change.add_entity(Entity("a", "A", "event"))
    change.add_alias("a", Alias("B"))
    change.add_never("a", "A1", note="paper")

    assert added_lines(change)[-4:] == ["  aliases:", "    - B", "  never:", "    - {text: A1, note: paper}"]


def test_a_merged_id_leads_to_the_entity_that_holds_it(folder: Path) -> None:
    """An alias for an old id goes to the new one."""
    (folder / "a.yaml").write_text("- id: a\n  type: event\n  name: A\n  redirects: [b]\n", encoding="utf-8")
    change = RegistryChange(folder)
    change.add_alias("b", Alias("B"))

    assert change.result().get("a").aliases == (Alias("B"),)


def test_a_blocked_string_is_appended(folder: Path) -> None:
    """With its provenance if there is one."""
    change = RegistryChange(folder)
    change.block("no")
    change.block("none", note="n", added="2025-01-31", by="kate")
    change.write()
    text = (folder / "blocked.yaml").read_text(encoding="utf-8")

    assert text == BLOCKED + '- "no"\n- {text: none, note: n, added: 2025-01-31, by: kate}\n'
    assert Registry.load(folder).blocked[2:] == ("no", "none")


def test_the_first_blocked_string_brings_the_file(folder: Path) -> None:
    """With a comment that says what it is for."""
    (folder / "blocked.yaml").unlink()
    change = RegistryChange(folder)
    change.block("unknown")

    assert change.diff().startswith("--- /dev/null\n+++ b/blocked.yaml\n@@ -0,0 +1,2 @@\n+# Strings that are never")


def everything(change: RegistryChange) -> None:
    change.add_alias("product:osa", Alias("OSA-AKM"))
    change.add_never("product:tor", "Tor network", note="software")
    change.add_entity(Entity("person:kate", "Kate", "person", (Alias("Катя", lang="ru"),), cues=("a",)), "people.yaml")
    change.add_entity(Entity("a", "A", "event"))
    change.block("none")


def test_applying_twice_is_applying_once(folder: Path) -> None:
    """In one change, or one after the other."""
    once = RegistryChange(folder)
    everything(once)
    twice = RegistryChange(folder)
    everything(twice)
    everything(twice)
    assert twice.diff() == once.diff()

    once.write()
    again = RegistryChange(folder)
    everything(again)
    assert again.diff() == ""
    assert again.files() == {}
    assert once.diff() == ""


@pytest.mark.parametrize("text", ["Osa", "Оса", " Оса ", "9K33"])
def test_a_known_spelling_is_not_added(folder: Path, text: str) -> None:
    """Neither the name nor an alias."""
    change = RegistryChange(folder)
    change.add_alias("product:osa", Alias(text, lang="ru"))

    assert change.diff() == ""


def test_an_entity_that_has_grown_since_is_not_added(folder: Path) -> None:
    """Its id, its type and at least what is added are there."""
    change = RegistryChange(folder)
    change.add_entity(Entity("product:osa", "Osa", "product", (Alias("9K33"),), cues=("SAM",)))

    assert change.diff() == ""


@pytest.mark.parametrize(
    ("add", "problem"),
    [
        (lambda c: c.add_alias("product:ossa", Alias("x")), "no entity 'product:ossa'"),
        (lambda c: c.add_never("product:ossa", "x"), "no entity 'product:ossa'"),
        (lambda c: c.add_alias("person:brechalov", Alias("x")), "people.yaml:4: 'aliases' is written in brackets"),
        (lambda c: c.add_alias("product:buk", Alias("x")), "products.yaml:24: this entity is written in brackets"),
        (lambda c: c.add_alias("product:osa", Alias("")), "the alias has no 'text'"),
        (lambda c: c.add_alias("product:osa", Alias("a\nb")), "an alias holds a line break"),
        (lambda c: c.add_alias("product:osa", Alias("a\x07b")), "U\\+0007"),
        (lambda c: c.add_alias("product:osa", Alias("a\ud800b")), "not valid YAML"),
        (lambda c: c.add_alias("product:osa", Alias("x", kind="speling")), "products.yaml:9: 'kind' is 'speling'"),
        (lambda c: c.add_alias("product:osa", Alias("x", added="today")), "'added' is 'today'"),
        (lambda c: c.add_never("product:osa", "Osa"), "both a name of the entity and under 'never'"),
        (lambda c: c.add_entity(Entity("product:osa", "Wasp", "product")), "products.yaml:2: .* another entity, 'Osa'"),
        (lambda c: c.add_entity(Entity("product:osa", "Osa", "event")), "is another entity"),
        (lambda c: c.add_entity(Entity("product:osa", "Osa", "product", source="a")), "is another entity"),
        (lambda c: c.add_entity(Entity("product:osa", "Osa", "product", note="a")), "is another entity"),
        (
            lambda c: c.add_entity(Entity("product:osa", "Osa", "product", never=("Osa Peninsula",))),
            "is another entity",
        ),
        (lambda c: c.add_entity(Entity("a", "A", "drone")), "drone.yaml:2: 'type' is 'drone'"),
        (lambda c: c.add_entity(Entity("a", "A", "event"), "a/b.yaml"), "name a \\*.yaml file of the folder"),
        (
            lambda c: c.add_entity(Entity("a", "A", "event"), "../b.yaml"),
            "b.yaml: no file for entities: name a \\*.yaml",
        ),
        (lambda c: c.add_entity(Entity("a", "A", "event"), "b.txt"), "name a \\*.yaml file of the folder"),
        (lambda c: c.add_entity(Entity("a", "A", "event"), "blocked.yaml"), "no file for entities"),
        (lambda c: c.add_entity(Entity("a", "A", "event", redirects=("product:osa",))), "redirect 'product:osa' is"),
        (lambda c: c.block(""), "a phrase is empty"),
    ],
)
def test_what_cannot_be_added_changes_nothing(
    folder: Path, add: Callable[[RegistryChange], None], problem: str
) -> None:
    """The sound additions beside it are not written either."""
    before = contents(folder)
    change = RegistryChange(folder)
    change.add_alias("product:tor", Alias("9K330"))
    change.block("none")
    add(change)

    with pytest.raises(RegistryError, match=problem):
        change.write()
    assert contents(folder) == before


def test_all_that_stands_in_the_way_is_said_at_once(folder: Path) -> None:
    """Unknown ids and lists in brackets together."""
    change = RegistryChange(folder)
    change.add_alias("x", Alias("x"))
    change.add_never("y", "y")
    change.add_alias("person:brechalov", Alias("z"))

    with pytest.raises(RegistryError) as caught:
        change.diff()
    assert len(caught.value.problems) == 3


def test_a_file_in_brackets_is_refused(tmp_path: Path) -> None:
    """JSON is YAML, and has no lines to insert."""
    path = tmp_path / "a.yaml"
    path.write_text('[{"id": "a", "type": "event", "name": "A"}]', encoding="utf-8")
    change = RegistryChange(path)
    change.add_entity(Entity("b", "B", "event"))

    with pytest.raises(RegistryError, match=r"a\.yaml:1: this file is written in brackets"):
        change.write()


def test_a_single_file_takes_everything_but_blocked_strings(folder: Path) -> None:
    """Other files of its folder are not touched."""
    change = RegistryChange(folder / "products.yaml")
    change.add_entity(Entity("a", "A", "event"))
    assert list(change.files()) == [folder / "products.yaml"]

    change.add_entity(Entity("b", "B", "event"), "people.yaml")
    change.block("none")
    with pytest.raises(RegistryError, match="not part of this registry") as caught:
        change.write()
    assert [problem.line for problem in caught.value.problems] == [0, 0]
    assert "cannot be blocked in a single file" in str(caught.value)


def test_a_new_key_goes_below_a_text_of_several_lines(tmp_path: Path) -> None:
    """The blank lines below that text stay below the new key."""
    path = tmp_path / "a.yaml"
    path.write_text("- id: a\n  type: event\n  name: >\n    A\n\n  # why\n  note: n\n", encoding="utf-8")
    change = RegistryChange(tmp_path)
    change.add_alias("a", Alias("B"))
    change.write()

    assert path.read_text(encoding="utf-8") == (
        "- id: a\n  type: event\n  name: >\n    A\n  aliases:\n    - B\n\n  # why\n  note: n\n"
    )


def test_what_was_written_is_not_parsed_again(folder: Path) -> None:
    """The change was read to be checked, and is not read a second time for the next change."""
    change = RegistryChange(folder)
    change.add_alias("product:osa", Alias("Оса-АКМ"))
    checked = change.result().get("product:osa")
    change.write()

    assert change.result().get("product:osa") is checked
    assert change.result() == Registry.load(folder)


def test_texts_are_trimmed_as_they_will_be_read(folder: Path) -> None:
    """In an alias and in every list of an entity; one that needs none is the same value."""
    change = RegistryChange(folder)
    change.add_alias("product:osa", Alias(" Оса-АКМ\n", source=" list "))
    change.add_entity(
        Entity(" product:tunguska ", "Tunguska ", "product", (Alias("2K22"), Alias(" 2К22 ")), cues=(" SAM",))
    )
    change.write()
    registry = Registry.load(folder)

    assert registry.get("product:osa").aliases[-1] == Alias("Оса-АКМ", source="list")
    assert registry.get("product:tunguska").aliases == (Alias("2K22"), Alias("2К22"))
    assert registry.get("product:tunguska").cues == ("SAM",)


def test_lines_of_somebody_else_are_not_lost(folder: Path) -> None:
    """A file that changed since it was read is not overwritten."""
    change = RegistryChange(folder)
    everything(change)
    with (folder / "people.yaml").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    before = contents(folder)

    with pytest.raises(RegistryError, match=r"people\.yaml: changed on disk in the meantime"):
        change.write()
    assert contents(folder) == before


def test_a_file_that_cannot_be_written_keeps_all_others(folder: Path) -> None:
    """A folder in the place of a new file stops the whole change."""
    (folder / "event.yaml").mkdir()
    before = (folder / "products.yaml").read_bytes()
    change = RegistryChange(folder)
    everything(change)

    with pytest.raises(RegistryError, match="cannot be"):
        change.write()
    assert (folder / "products.yaml").read_bytes() == before
    assert not list(folder.glob(".*"))


def test_a_folder_that_another_change_holds_is_left_alone(folder: Path) -> None:
    """Until that one is written."""
    pytest.importorskip("fcntl")
    change = RegistryChange(folder)
    everything(change)
    before = contents(folder)

    with locked(folder), pytest.raises(RegistryError) as caught:
        change.write()
    message = "another change is being written at this moment: nothing was changed, start again"
    assert str(caught.value) == f"{folder}: {message}"
    assert contents(folder) == before
    change.write()
    assert contents(folder) != before


def test_a_broken_registry_cannot_be_changed(folder: Path) -> None:
    """Its problems come first."""
    (folder / "people.yaml").write_text("- id: a\n", encoding="utf-8")

    with pytest.raises(RegistryError, match=r"people\.yaml:1"):
        RegistryChange(folder)


AWKWARD = [
    "a: b",
    "# c",
    "*x",
    "@x",
    "- x",
    "NO",
    "1984",
    "12:30",
    "2020-01-01",
    "~",
    "a, b",
    "{a}",
    "'",
    '"',
    "\\",
    "...",
]
TEXT = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cn"], exclude_characters="\ufeff")),
).filter(str.strip)
TEXTS = st.lists(TEXT, max_size=4, unique_by=str.strip).map(tuple)
ALIASES = st.lists(
    st.builds(
        Alias,
        TEXT,
        lang=st.sampled_from([None, "ru", "no"]),
        kind=st.sampled_from(["spelling", "acronym"]),
        from_=st.sampled_from([None, "2024-02-29"]),
        note=st.none() | TEXT.map(lambda text: f"{text}\n\t{text}"),
    ),
    max_size=4,
    unique_by=lambda alias: alias.text.strip(),
).map(tuple)


@given(
    entity=st.builds(
        Entity,
        TEXT,
        st.just("Osa"),
        st.sampled_from(ENTITY_TYPES),
        ALIASES,
        cues=TEXTS,
        resolve=TEXTS,
        source=st.none() | TEXT,
    ).filter(lambda entity: "Osa" not in {alias.text.strip() for alias in entity.aliases}),
    more=ALIASES,
    blocked=TEXTS,
)
@settings(max_examples=60, deadline=None)
def test_what_is_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, entity: Entity, more: tuple[Alias, ...], blocked: tuple[str, ...]
) -> None:
    """Whatever the texts are, trimmed; each in a first change and in a second one."""
    folder = tmp_path_factory.mktemp("registry")
    first = RegistryChange(folder)
    first.add_entity(entity)
    first.write()
    second = RegistryChange(folder)
    for alias in more:
        second.add_alias(entity.id.strip(), alias)
    for text in blocked:
        second.block(text)
    second.write()
    loaded = Registry.load(folder)
    texts = dict.fromkeys(a.text.strip() for a in (*entity.aliases, *more) if a.text.strip() != "Osa")

    assert [alias.text for alias in loaded.entities[0].aliases] == list(texts)
    assert loaded.entities[0].cues == tuple(text.strip() for text in entity.cues)
    assert [alias.note for alias in loaded.entities[0].aliases[: len(entity.aliases)]] == [
        alias.note and alias.note.strip() for alias in entity.aliases
    ]
    assert loaded.blocked == tuple(text.strip() for text in blocked)
    assert loaded == second.result()


# Taking back


def back(folder: Path, change: RegistryChange) -> RegistryChange:
    """The change that takes back what a written change added."""
    additions, created = change.additions(), change.created()
    change.write()
    undo = RegistryChange(folder)
    for addition in reversed(additions):
        undo.remove(addition)
    for name in created:
        undo.remove_file(name)
    return undo


def add_much(change: RegistryChange) -> None:
    """Something in every list, in old files and in a new one."""
    change.add_alias("product:osa", Alias("OSA-AKM", added="2025-01-31", by="kate"))
    change.add_alias("product:tor", Alias("Тор", lang="ru"))
    change.add_never("product:tor", "Tor network", note="software: not a missile")
    change.add_never("product:osa", "Osa Peninsula")
    change.add_entity(Entity("product:liga", "Liga", "product", (Alias("Лига"),), never=("Champions Liga",)))
    change.add_alias("product:liga", Alias("LIGA"))
    change.add_entity(Entity("event:forum", "Army Forum", "event"))
    change.block("none")


def test_taking_back_gives_the_old_files_back(folder: Path) -> None:
    """Byte for byte; lists that were new go with their keys, a file that was new goes altogether."""
    before = contents(folder)
    change = RegistryChange(folder)
    add_much(change)
    undo = back(folder, change)
    assert set(contents(folder)) == {*before, "event.yaml"}
    undo.write()

    assert contents(folder) == before


@pytest.mark.parametrize("end", ["\n", "", "\n\n", "\n# the end\n", "\r\n"])
def test_taking_back_keeps_the_end_of_a_file(tmp_path: Path, end: str) -> None:
    """With or without a last line end, blank lines or comments below the last entity."""
    text = "- id: a\n  type: event\n  name: A\n\n- id: b\n  type: event\n  name: B".replace(
        "\n", "\r\n" * (end == "\r\n") or "\n"
    )
    (tmp_path / "events.yaml").write_bytes((text + end).encode())
    before = contents(tmp_path)
    change = RegistryChange(tmp_path)
    change.add_entity(Entity("c", "C", "event", (Alias("Ц"),)))
    change.add_entity(Entity("d", "D", "event"))
    change.block("E")
    back(tmp_path, change).write()

    assert contents(tmp_path) == before


def test_one_of_several_additions_is_taken_back(folder: Path) -> None:
    """The others stay as they are."""
    change = RegistryChange(folder)
    change.add_alias("product:tor", Alias("Тор"))
    only = RegistryChange(folder)
    only.add_alias("product:tor", Alias("9K330"))
    expected = only.files()[folder / "products.yaml"]
    change.add_alias("product:tor", Alias("9K330"))
    first = change.additions()[0]
    change.write()
    undo = RegistryChange(folder)
    undo.remove(first)
    undo.write()

    assert (folder / "products.yaml").read_bytes() == str(expected).encode()


def edited_alias(folder: Path) -> None:
    path = folder / "products.yaml"
    path.write_text(path.read_text("utf-8").replace("- OSA-AKM", "- {text: OSA-AKM, kind: designator}"), "utf-8")


def grown_entity(folder: Path) -> None:
    change = RegistryChange(folder)
    change.add_alias("product:liga", Alias("Liga-M"))
    change.write()


@pytest.mark.parametrize(
    ("add", "edit", "text"),
    [
        (lambda c: c.add_alias("product:osa", Alias("OSA-AKM")), edited_alias, "OSA-AKM"),
        (lambda c: c.add_entity(Entity("product:liga", "Liga", "product")), grown_entity, "Liga"),
        (lambda c: c.block("none"), lambda f: (f / "blocked.yaml").write_text(BLOCKED, "utf-8"), "none"),
        (lambda c: c.add_never("product:tor", "x"), lambda f: (f / "products.yaml").write_text(PRODUCTS, "utf-8"), "x"),
    ],
)
def test_what_was_edited_since_is_not_taken_back(
    folder: Path, add: Callable[[RegistryChange], None], edit: Callable[[Path], None], text: str
) -> None:
    """Somebody else's work would be lost with it."""
    change = RegistryChange(folder)
    add(change)
    additions = change.additions()
    change.write()
    edit(folder)
    before = contents(folder)
    undo = RegistryChange(folder)
    for addition in additions:
        undo.remove(addition)

    with pytest.raises(RegistryError, match=f"'{text}' was edited since it was added"):
        undo.write()
    assert contents(folder) == before


def test_an_alias_is_replaced(folder: Path) -> None:
    """The only one of a list, too: the list stays."""
    change = RegistryChange(folder)
    change.add_alias("product:tor", Alias("Тоp"))
    change.write()
    change.remove_alias("product:tor", "Тоp")
    change.add_alias("product:tor", Alias("Тор"))
    assert [line for line in change.diff().splitlines() if line[0] in "-+"][2:] == ["-    - Тоp", "+    - Тор"]
    change.write()

    assert Registry.load(folder).get("product:tor").aliases == (Alias("Тор"),)


def test_a_list_in_brackets_is_not_cut(folder: Path) -> None:
    """It has no line for each item."""
    change = RegistryChange(folder)
    change.remove_alias("person:brechalov", "Бречалов")

    with pytest.raises(RegistryError, match="'aliases' is written in brackets"):
        change.diff()


def test_a_name_or_an_unknown_spelling_is_no_alias_to_remove(folder: Path) -> None:
    """Nothing changes then."""
    change = RegistryChange(folder)
    change.remove_alias("product:osa", "Osa")
    change.remove_alias("product:osa", "Wasp")

    assert change.diff() == ""


def test_the_last_two_entities_say_how_close_the_next_one_stands(tmp_path: Path) -> None:
    """Those above may stand otherwise."""
    entities = [f"- id: {i}\n  type: event\n  name: {i}\n" for i in "abc"]
    (tmp_path / "event.yaml").write_text(entities[0] + "\n" + entities[1] + entities[2], encoding="utf-8")
    (tmp_path / "other.yaml").write_text(
        "\n".join(entities).replace("event", "other").replace(": ", ": x-").replace("x-other", "other"),
        encoding="utf-8",
    )
    change = RegistryChange(tmp_path)
    change.add_entity(Entity("d", "D", "event"))
    change.add_entity(Entity("d2", "D2", "other"), "other.yaml")

    assert added_lines(change) == [
        "- id: d",
        "  type: event",
        "  name: D",
        "",
        "- id: d2",
        "  type: other",
        "  name: D2",
    ]


def test_a_list_that_is_indented_stays_so(tmp_path: Path) -> None:
    """New entities and blocked strings begin in the column of the old ones."""
    (tmp_path / "event.yaml").write_text("  - id: a\n    type: event\n    name: A\n", encoding="utf-8")
    (tmp_path / "blocked.yaml").write_text("  - unknown\n", encoding="utf-8")
    change = RegistryChange(tmp_path)
    change.add_entity(Entity("b", "B", "event", (Alias("C"),)))
    change.block("none")

    assert added_lines(change) == [
        "  - none", "", "  - id: b", "    type: event", "    name: B", "    aliases:", "      - C",
    ]  # fmt: skip


def test_an_entity_follows_the_one_of_its_type_that_was_just_added(folder: Path) -> None:
    """The file that holds most of a type is that of the change, too."""
    change = RegistryChange(folder)
    change.add_entity(Entity("a", "A", "event"), "people.yaml")
    change.add_entity(Entity("b", "B", "event"))

    assert list(change.files()) == [folder / "people.yaml"]


def test_two_new_entities_of_one_id_are_refused(folder: Path) -> None:
    """Neither has a line yet."""
    change = RegistryChange(folder)
    change.add_entity(Entity("a", "A", "event"))
    change.add_entity(Entity("a", "B", "event"))

    with pytest.raises(RegistryError, match="is another entity, 'A'") as caught:
        change.diff()
    assert [problem.line for problem in caught.value.problems] == [0]


@pytest.mark.parametrize(
    "ask",
    [lambda c: c.block("none"), lambda c: c.remove(Addition("blocked.yaml", "blocked", "", "unknown"))],
    ids=["one more", "one less"],
)
def test_blocked_strings_in_brackets_are_refused(tmp_path: Path, ask: Callable[[RegistryChange], None]) -> None:
    """They have no lines to put another one below, nor to take out."""
    (tmp_path / "blocked.yaml").write_text("[unknown]\n", encoding="utf-8")
    change = RegistryChange(tmp_path)
    ask(change)

    with pytest.raises(RegistryError) as caught:
        change.diff()
    assert [str(problem) for problem in caught.value.problems] == [
        f"{tmp_path / 'blocked.yaml'}:1: this file is written in brackets: write one item per line to change it"
    ]


def test_an_entity_goes_to_the_file_that_holds_most_of_its_type(tmp_path: Path) -> None:
    """Of two that hold as many, to the first by name."""
    for file, ids in (("a", "1"), ("b", "23"), ("c", "45")):
        text = "".join(f"- id: e{i}\n  type: event\n  name: E{i}\n" for i in ids)
        (tmp_path / f"{file}.yaml").write_text(text, encoding="utf-8")
    change = RegistryChange(tmp_path)
    change.add_entity(Entity("new", "New", "event"))

    assert list(change.files()) == [tmp_path / "b.yaml"]
