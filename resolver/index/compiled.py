"""The tables of an index to a file, and mapped from it: what takes seconds to analyse is there at once.

An alias is analysed again when it is first looked at; all else lies in the file as it is used. What comes in and goes
out are `Tables`; the file is described in `resolver.index.arrays`.
"""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, overload

from resolver.index.arrays import Section, open_arrays, write_arrays
from resolver.index.building import entries_of, read_names
from resolver.index.edits import MAX_EDITS
from resolver.index.entries import AliasEntry
from resolver.index.packed import PackedNumbers, PackedWords, Strings, pack_numbers, pack_strings, pack_words
from resolver.index.rarity import Rarity
from resolver.index.tables import Tables, WordLists, WordTables
from resolver.model import ENTITY_TYPES, Alias, Entity

_NUMBERS = ("postings", "exact", "joined", "acronyms", "derived")
_WORD_LISTS = ("stems", "sounds", "given", "places")
_KEPT = 16384  # entities whose aliases are kept once they are analysed


def write_tables(tables: Tables, path: Path, key: str, *, blocked: Iterable[str] = ()) -> None:
    """Write the tables of an index that was built, under the key of what it was built from.

    The strings that are never an entity lie in the file as well. OSError if it cannot be written.
    """
    lists = {name: _built(getattr(tables.words, name)) for name in _WORD_LISTS}
    lists |= {f"near{edits}": _built(tables.words.near.table(edits)) for edits in range(1, MAX_EDITS + 1)}
    numbers = {name: _built(getattr(tables, name)) for name in _NUMBERS}
    numbers["counts"] = _built(tables.rarity.counts)
    words = sorted({word for table in lists.values() for found in table.values() for word in found})
    places = {word: i for i, word in enumerate(words)}
    sections: dict[str, Any] = dict(pack_strings(words, "words")) | dict(pack_strings(blocked, "blocked"))
    for name, table in lists.items():
        sections |= pack_words(table, name, places)
    for name, table in numbers.items():
        sections |= pack_numbers(table, name)
    entities = dict(zip(tables.owners, [entry.entity for entry in tables.entries], strict=True))
    sections |= pack_strings(
        [_to_json(entities[n]) if n in entities else "" for n in range(max(entities, default=-1) + 1)], "entity"
    )
    sections |= pack_strings(tables.written.select(range(len(tables.owners))), "written")
    sections["owners"] = array("I", tables.owners)
    sections["masses"] = array("f", tables.masses)
    sections["size"] = array("Q", [tables.rarity.entities])
    write_arrays(path, key, sections)


def _built(table: object) -> Mapping[str, Any]:
    if not isinstance(table, Mapping):
        raise TypeError("these tables lie in a file already: only those that were built can be written")
    return table


def open_tables(path: Path, key: str) -> tuple[Tables, tuple[str, ...]]:
    """The tables of a file that was written under this key, and the strings that are never an entity.

    OSError if there is no such file, StaleError if it is not it.
    """
    sections = open_arrays(path, key)
    words = Strings(sections, "words")
    lists = {name: PackedWords(sections, name, words) for name in _WORD_LISTS}
    rarity = Rarity(sections["size"][0], PackedNumbers(sections, "counts"))
    entries = _Entries(sections, rarity)
    tables = Tables(
        rarity=rarity,
        entries=entries,
        texts=_Texts(sections, entries),
        masses=sections["masses"],
        written=Strings(sections, "written"),
        owners=sections["owners"],
        entities=_OfEntities(sections),
        words=WordTables(**lists, near=_Near(sections, words)),
        **{name: PackedNumbers(sections, name) for name in _NUMBERS},
    )
    return tables, tuple(Strings(sections, "blocked"))


class _Near:
    """The words by what deletions leave of them, see `resolver.index.edits`."""

    def __init__(self, sections: Mapping[str, Section], words: Strings) -> None:
        self._tables = [PackedWords(sections, f"near{edits}", words) for edits in range(1, MAX_EDITS + 1)]

    def table(self, edits: int) -> WordLists:
        return self._tables[edits - 1]


class _OfEntities:
    """The aliases of an entity, by its id: as they stand in the order of the ids, no table is needed."""

    def __init__(self, sections: Mapping[str, Section]) -> None:
        self._entities, self._owners = Strings(sections, "entity"), sections["owners"]

    def get(self, key: str, default: Sequence[int]) -> Sequence[int]:
        aliases = range(len(self._owners))
        first, end = bisect_left(aliases, key, key=self._id), bisect_right(aliases, key, key=self._id)
        return aliases[first:end] or default

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and len(self.get(key, ())) > 0

    def _id(self, alias: int) -> str:
        return _from_json(self._entities[self._owners[alias]]).id


class _Entries(Sequence[AliasEntry]):
    """The aliases, analysed when they are first looked at; those of the last entities are kept."""

    def __init__(self, sections: Mapping[str, Section], rarity: Rarity) -> None:
        self._entities, self._owners, self._rarity = Strings(sections, "entity"), sections["owners"], rarity
        self._kept: dict[int, tuple[int, list[AliasEntry]]] = {}

    def __len__(self) -> int:
        return len(self._owners)

    @overload
    def __getitem__(self, i: int) -> AliasEntry: ...
    @overload
    def __getitem__(self, i: slice) -> Sequence[AliasEntry]: ...
    def __getitem__(self, i: int | slice) -> AliasEntry | Sequence[AliasEntry]:
        if isinstance(i, slice):
            return [self[n] for n in range(*i.indices(len(self)))]
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        number = self._owners[i]
        known = self._kept.get(number)
        if known is None:
            if len(self._kept) >= _KEPT:
                self._kept = {}  # all at once: threads share it, and two may not take out the same one
            known = self._kept[number] = self._read(number)
        first, entries = known
        return entries[i % len(self) - first]

    def __iter__(self) -> Iterator[AliasEntry]:
        return (self[i] for i in range(len(self)))

    def _read(self, number: int) -> tuple[int, list[AliasEntry]]:
        """The aliases of an entity, and the number of the first."""
        entity, names = read_names(_from_json(self._entities[number]))
        return bisect_left(self._owners, number), list(entries_of(entity, names, self._rarity))


class _Texts(Sequence[str]):
    """The aliases as they are written, read without their analysis."""

    def __init__(self, sections: Mapping[str, Section], entries: _Entries) -> None:
        self._entities, self._owners, self._entries = Strings(sections, "entity"), sections["owners"], entries

    def __len__(self) -> int:
        return len(self._owners)

    @overload
    def __getitem__(self, i: int) -> str: ...
    @overload
    def __getitem__(self, i: slice) -> Sequence[str]: ...
    def __getitem__(self, i: int | slice) -> str | Sequence[str]:
        if isinstance(i, slice):
            return [self[n] for n in range(*i.indices(len(self)))]
        number = self._owners[i]
        return self._of(number)[i % len(self) - bisect_left(self._owners, number)]

    def __iter__(self) -> Iterator[str]:
        for number in dict.fromkeys(self._owners):
            yield from self._of(number)

    def _of(self, number: int) -> list[str]:
        """The aliases of an entity. It may have names without a letter, which are none: only the analysis tells."""
        first, end = bisect_left(self._owners, number), bisect_right(self._owners, number)
        data = json.loads(self._entities[number])
        brief = isinstance(data, list)
        names = [data[1]] if brief else [data["name"], *(alias["text"] for alias in data.get("aliases", ()))]
        return names if len(names) == end - first else [self._entries[i].alias.text for i in range(first, end)]


def _to_json(entity: Entity) -> str:
    """An entity in one line: what is as usual is left out, and most have nothing but an id, a name and a type."""
    if entity == Entity(entity.id, entity.name, entity.type):
        brief = (entity.id, entity.name, ENTITY_TYPES.index(entity.type))
        return json.dumps(brief, ensure_ascii=False, separators=(",", ":"))
    data = _unusual(entity) | ({"aliases": [_unusual(alias) for alias in entity.aliases]} if entity.aliases else {})
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _unusual(value: Entity | Alias) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name) != f.default}


def _from_json(text: str) -> Entity:
    data = json.loads(text)
    if isinstance(data, list):
        entity_id, name, kind = data
        return Entity(entity_id, name, ENTITY_TYPES[kind])
    data = {key: _as_tuple(value) for key, value in data.items()}
    return Entity(**data | {"aliases": tuple([Alias(**alias) for alias in data.get("aliases", ())])})


def _as_tuple(value: Any) -> Any:
    return tuple([_as_tuple(item) for item in value]) if isinstance(value, list) else value
