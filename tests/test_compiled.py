"""Compiled registries: the same answers as the YAML, nothing out of date, nothing that breaks."""

import os
import threading
from pathlib import Path

import pytest
from factories import entity
from hypothesis import given
from hypothesis import strategies as st

from resolver import compiled
from resolver.compiled import cache_folder, keep_compiled, open_compiled
from resolver.forms import analyse
from resolver.index import AliasIndex
from resolver.index.arrays import StaleError, open_arrays, write_arrays
from resolver.index.compiled import open_tables, write_tables
from resolver.index.packed import PackedNumbers, hash_of, pack_numbers
from resolver.model import Alias, Entity
from resolver.pipeline import Resolver
from resolver.registry import Registry

ENTITIES = [
    Entity(
        "person:aleksandr-brechalov",
        "Aleksandr Brechalov",
        "person",
        (Alias("Бречалов Александр Владимирович", lang="ru"), Alias("Igor Brechalov", kind="misnomer", note="wrong")),
        cues=("Udmurtia",),
        identifiers=(("eu", "1"),),
    ),
    Entity("organization:kupol", "Izhevsk Electromechanical Plant Kupol", "organization", (Alias("ИЭМЗ Купол"),)),
    Entity("product:osa", "Osa", "product", (Alias("OSA", requires="cue"),), cues=("SAM",), never=("Osa Peninsula",)),
    Entity("product:garpiya", "Гарпія-А1", "product"),
    Entity("location:empty", "—", "location"),
]
NAMES = st.lists(st.text(alphabet="abdeiklnorsuvz БРЕЧАЛОВи-'1", min_size=1, max_size=24), min_size=1, max_size=12)
QUERIES = ("Александром Бречаловым", "Bechalov", "IEMZ", "купол", "osa", "Garpiya A1", "nobody")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of one's own, for registries of any size."""
    monkeypatch.setenv(compiled.CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(compiled, "LEAST", 0)
    return tmp_path / "cache"


def found(index: AliasIndex, text: str) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """What the index finds for a text."""
    form = analyse(text)
    hits = index.find(form) if form else []
    return [(hit.entry.entity.id, hit.entry.alias.text, hit.rough, hit.keys) for hit in hits]


def reopened(index: AliasIndex, folder: Path) -> AliasIndex:
    """The index by way of a file."""
    write_tables(index.tables, folder / "x.index", "key")
    return AliasIndex(tables=open_tables(folder / "x.index", "key")[0])


# ---------------------------------------------------------------------------------------------------------- the tables


def test_every_alias_comes_back_as_it_was(tmp_path: Path) -> None:
    """With its entity, analysis, weights, forenames and traits."""
    index = AliasIndex(ENTITIES)
    again = reopened(index, tmp_path)

    assert list(again.entries) == list(index.entries)
    assert again.entries[-1] == index.entries[-1]
    assert again.entries[1:3] == index.entries[1:3]
    assert [len(again.entries_of(each)) for each in ENTITIES] == [3, 2, 2, 1, 0]


@pytest.mark.parametrize("text", QUERIES)
def test_a_compiled_index_finds_the_same(text: str, tmp_path: Path) -> None:
    """The same aliases, scores and keys."""
    index = AliasIndex(ENTITIES)

    assert found(reopened(index, tmp_path), text) == found(index, text)


@given(names=NAMES, text=st.text(alphabet="abdeiklnorsuvz БРЕЧАЛОВи", max_size=24))
def test_compiling_changes_no_answer(names: list[str], text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever the names are."""
    index = AliasIndex([entity(name, type="organization", id=f"organization:{i}") for i, name in enumerate(names)])

    assert found(reopened(index, tmp_path_factory.mktemp("law")), text) == found(index, text)


def test_order_of_entities_does_not_matter(tmp_path: Path) -> None:
    """The file is the same, byte for byte."""
    write_tables(AliasIndex(ENTITIES).tables, tmp_path / "a", "key")
    write_tables(AliasIndex(reversed(ENTITIES)).tables, tmp_path / "b", "key")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_out_of_range_is_an_index_error(tmp_path: Path) -> None:
    """As with a list."""
    again = reopened(AliasIndex(ENTITIES), tmp_path)

    with pytest.raises(IndexError):
        again.entries[len(again)]


def test_opened_tables_are_not_written_again(tmp_path: Path) -> None:
    """They lie in a file already."""
    again = reopened(AliasIndex(ENTITIES), tmp_path)

    with pytest.raises(TypeError, match="only those that were built"):
        write_tables(again.tables, tmp_path / "y", "key")


@given(table=st.dictionaries(st.text(max_size=14), st.lists(st.integers(0, 2**32 - 1), max_size=4), max_size=40))
def test_packed_numbers_are_a_dict(table: dict[str, list[int]]) -> None:
    """Whatever the strings are; what is not there is not found."""
    sections = {name: memoryview(values) for name, values in pack_numbers(table, "t")}
    packed = PackedNumbers(sections, "t")

    assert {text: list(packed.get(text, ())) for text in table} == table
    assert all(text in table or text not in packed for text in ("", "osa", "бречалов", "a" * 20))


@pytest.mark.parametrize(("left", "right"), [("a", "0a"), ("", "0"), ("1a", "a"), ("osa", "aso"), ("a" * 11, "a" * 12)])
def test_short_words_never_share_a_hash(left: str, right: str) -> None:
    """Leading zeros count, too."""
    assert hash_of(left) != hash_of(right)


# ------------------------------------------------------------------------------------------------------------ the file


def test_sections_come_back(tmp_path: Path) -> None:
    """Bytes, also none."""
    write_arrays(tmp_path / "f", "key", {"a": b"abc", "b": b""})

    assert {name: bytes(values) for name, values in open_arrays(tmp_path / "f", "key").items()} == {
        "a": b"abc",
        "b": b"",
    }


def test_another_key_is_stale(tmp_path: Path) -> None:
    """The file follows from other things than asked for."""
    write_arrays(tmp_path / "f", "key", {"a": b"abc"})

    with pytest.raises(StaleError, match="something else"):
        open_arrays(tmp_path / "f", "other")


def test_no_damage_goes_unseen(tmp_path: Path) -> None:
    """Cut anywhere, or with any byte turned, the file is not opened; padding aside, which nobody reads."""
    write_arrays(tmp_path / "f", "key", {"a": b"abcdefgh", "b": bytes(range(16))})
    whole = (tmp_path / "f").read_bytes()

    for size in range(len(whole)):
        (tmp_path / "cut").write_bytes(whole[:size])
        with pytest.raises(StaleError):
            open_arrays(tmp_path / "cut", "key")
    for at in range(len(whole)):
        (tmp_path / "turned").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(StaleError):
            open_arrays(tmp_path / "turned", "key")


def test_a_reader_keeps_what_it_has_open(tmp_path: Path) -> None:
    """A new file takes the place of the old one; it does not write into it."""
    write_arrays(tmp_path / "f", "key", {"a": b"old"})
    sections = open_arrays(tmp_path / "f", "key")
    write_arrays(tmp_path / "f", "key", {"a": b"new"})

    assert bytes(sections["a"]) == b"old"
    assert bytes(open_arrays(tmp_path / "f", "key")["a"]) == b"new"


# ----------------------------------------------------------------------------------------------------------- the cache


def test_what_was_loaded_once_is_opened(aliases: Path, cache: Path) -> None:
    """With the same answers, and the registry for those who ask for it."""
    first, again = Resolver.load(aliases), Resolver.load(aliases)

    assert len(list(cache.iterdir())) == 1
    assert "_Entries" in type(again.index.entries).__name__
    assert [again.resolve(text) for text in QUERIES] == [first.resolve(text) for text in QUERIES]
    assert again.registry == first.registry
    assert again.explain("Bechalov", "person:aleksandr-brechalov") == first.explain(
        "Bechalov", "person:aleksandr-brechalov"
    )


def test_a_change_of_the_registry_is_seen(aliases: Path, cache: Path) -> None:
    """At once, and the old file does no harm."""
    assert Resolver.load(aliases).resolve("Zwölf").status == "unresolved"
    path = next(aliases.glob("*.yaml"))
    path.write_text(path.read_text() + "- {id: 'other:zwoelf', type: other, name: Zwölf}\n")

    assert Resolver.load(aliases).resolve("Zwölf").entity_id == "other:zwoelf"
    assert len(list(cache.iterdir())) == 2


def test_blocked_strings_stay_blocked(aliases: Path, cache: Path) -> None:
    """They are part of what is compiled."""
    (aliases / "blocked.yaml").write_text("- Kupol\n")
    reasons = [Resolver.load(aliases).resolve("Kupol").reason for _ in range(2)]

    assert reasons == ["listed in blocked.yaml as never an entity"] * 2


def test_a_damaged_file_is_written_again(aliases: Path, cache: Path) -> None:
    """The registry is read as if there were none."""
    Resolver.load(aliases)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])

    assert Resolver.load(aliases).resolve("Kupol").entity_id == "organization:kupol"
    assert file.read_bytes() == whole


def test_the_oldest_files_go(aliases: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the folder does not grow with each edit."""
    monkeypatch.setattr(compiled, "KEPT", 2)
    path = next(aliases.glob("*.yaml"))
    for n in range(4):
        path.write_text(path.read_text() + f"- {{id: 'other:{n}', type: other, name: Name {n}}}\n")
        Resolver.load(aliases)

    assert len(list(cache.iterdir())) == 2


def test_a_folder_that_cannot_be_written_does_no_harm(
    aliases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept, and nobody is told: it costs time alone."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(compiled.CACHE_VARIABLE, str(tmp_path / "file"))
    monkeypatch.setattr(compiled, "LEAST", 0)
    registry = Registry.load(aliases)

    assert keep_compiled(registry, AliasIndex(registry.entities)) is None
    assert Resolver.load(aliases).resolve("Kupol").status == "resolved"


@pytest.mark.usefixtures("cache")
def test_a_registry_that_was_not_read_from_files_is_not_kept() -> None:
    """There is nothing that it could be found by."""
    assert keep_compiled(Registry.from_entities(ENTITIES), AliasIndex(ENTITIES)) is None


def test_small_registries_are_not_kept(aliases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are analysed faster."""
    monkeypatch.setenv(compiled.CACHE_VARIABLE, str(tmp_path / "cache"))
    Resolver.load(aliases)

    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("cache")
def test_no_registry_is_no_compiled_one(tmp_path: Path) -> None:
    """Whoever reads it says what is wrong."""
    assert open_compiled(tmp_path / "nowhere") is None


def test_many_at_once(aliases: Path, cache: Path) -> None:
    """All get the same answer, and one whole file is left."""
    answers: list[str | None] = []
    threads = [
        threading.Thread(target=lambda: answers.append(Resolver.load(aliases).resolve("Kupol").entity_id))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == ["organization:kupol"] * 6
    assert [file.suffix for file in cache.iterdir()] == [".index"]
    assert open_compiled(aliases) is not None


@pytest.mark.skipif(os.name != "posix", reason="the folder is named differently elsewhere")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"RESOLVER_CACHE": "/x"}, Path("/x")),
        ({"RESOLVER_CACHE": "off"}, None),
        ({"RESOLVER_CACHE": "", "XDG_CACHE_HOME": "/xdg"}, Path("/xdg/resolver")),
    ],
    ids=["chosen", "off", "system"],
)
def test_cache_folder(variables: dict[str, str], expected: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the environment says."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert cache_folder() == expected
