"""The tables of an index in a file: the same answers, and no damage that goes unseen."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from factories import entity
from hypothesis import given
from hypothesis import strategies as st

from resolver.forms import analyse
from resolver.index import AliasEntry, AliasIndex, compiled
from resolver.index.arrays import StaleError, open_arrays, write_arrays
from resolver.index.compiled import open_tables, write_tables
from resolver.index.packed import PackedNumbers, hash_of, pack_numbers
from resolver.model import Alias, Entity

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


@pytest.mark.pure_python
@pytest.mark.usefixtures("hasty_threads")
def test_threads_may_share_the_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no more of them are kept, and each thread makes room."""
    monkeypatch.setattr(compiled, "_KEPT", 2)
    index = AliasIndex(ENTITIES)
    again = reopened(index, tmp_path)

    def read(_: int) -> list[AliasEntry]:
        return [each for _ in range(50) for each in again.entries]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(read, range(8)))

    assert found == [list(index.entries) * 50] * 8


@pytest.mark.pure_python
def test_few_entries_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a million they would fill the memory that the file saves."""
    monkeypatch.setattr(compiled, "_KEPT", 2)
    entries = reopened(AliasIndex(ENTITIES), tmp_path).entries
    assert isinstance(entries, compiled._Entries)
    for number in range(len(entries)):
        assert entries[number].entity in ENTITIES
        assert len(entries._kept) <= 2


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


def test_entities_are_found_by_their_ids(tmp_path: Path) -> None:
    """Those with names, and no others; each name as it was written."""
    index = AliasIndex(ENTITIES)
    opened = reopened(index, tmp_path)

    assert [opened.entries_of(each) for each in ENTITIES] == [index.entries_of(each) for each in ENTITIES]
    assert "location:empty" not in opened.tables.entities
    assert "person:nobody" not in opened.tables.entities
    assert [*opened.tables.texts] == [*index.tables.texts] == [entry.alias.text for entry in index.entries]


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


@pytest.mark.parametrize(
    ("left", "right"),
    [("a", "0a"), ("", "0"), ("1a", "a"), ("osa", "aso"), ("a" * 11, "a" * 12), ("TRUE", "TrUE"), ("osa", "OSA")],
)
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
