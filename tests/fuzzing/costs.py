"""The time of an operation on inputs that double, and how it grows.

`OPERATIONS` are what costs are measured of: how an input of so many characters is made, and what is done with it.
The time is that of the processor, the best of several; `exponent` is the slope at the large end, in logarithms: 1 where
twice the input takes twice the time, 2 where it takes four times.
"""

import functools
import gc
import io
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fuzzing.nasty import KINDS, letters_of
from fuzzing.targets import large
from resolver import Alias, Entity, Registry, Resolver
from resolver.audit import Annotated, annotate_document
from resolver.corpus import Document, ReadOptions, read_stream
from resolver.errors import RegistryError
from resolver.model import Mention, Occurrence
from resolver.registry.sources import parse_sources
from resolver.review import build_queue

_WARMING = 500  # characters that are read before: the tables are loaded then
SMALLEST = 0.002  # seconds: below, the clock and the cache of the processor say more than the input


@dataclass(frozen=True, slots=True)
class Operation:
    """Something whose cost is measured.

    make  what is given to it, of about so many characters
    do    what is done
    kinds of input, by name; `make` gets one of them
    """

    kinds: dict[str, Any]
    make: Callable[[Any, int], Any]
    do: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """What an operation took on one kind of input: (characters, seconds), smallest first."""

    operation: str
    kind: str
    points: tuple[tuple[int, float], ...]

    @property
    def exponent(self) -> float:
        """The slope over the last two doublings, or what there is; 0 where all of it is too quick to tell."""
        points = [point for point in self.points[-3:] if point[1] >= SMALLEST]
        if len(points) < 2:
            return 0.0
        (small, quick), (big, slow) = points[0], points[-1]
        return math.log(slow / quick) / math.log(big / small)

    @property
    def seconds_per_10_kb(self) -> float:
        """Of the largest input."""
        length, seconds = self.points[-1]
        return seconds / length * 10_000


def measure(operation: str, kind: str, lengths: Sequence[int], *, rounds: int = 3, enough: float = 3.0) -> Cost:
    """The cost on inputs of these lengths; an input that takes more than `enough` seconds is the last."""
    points = []
    given = OPERATIONS[operation]
    given.do(given.make(given.kinds[kind], _WARMING))
    bounded = [each for each in caches() if each.cache_parameters()["maxsize"]]
    with _settled():
        for length in lengths:
            made = given.make(given.kinds[kind], length)
            spent: list[float] = []
            while len(spent) < rounds and sum(spent) < enough:
                for each in bounded:
                    each.cache_clear()
                spent.append(_seconds(given.do, made))
            points.append((length, min(spent)))
            if spent[0] > enough:
                break
    return Cost(operation, kind, tuple(points))


def caches() -> list[Any]:
    """What remembers answers, in this package: a short input would be read from there, a long one has no room there."""
    gc.unfreeze()  # a command that ran in this process may have put them out of sight
    found = (each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper))
    return [each for each in found if each.__module__.startswith("resolver.")]


@contextmanager
def _settled() -> Iterator[None]:
    """What is there already is no garbage: to look through it again and again would take longer than to measure."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _seconds(do: Callable[[Any], object], made: Any) -> float:
    """Of the processor, without what the collection of garbage takes: it grows with all that the process holds."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        do(made)
        return time.process_time() - start
    finally:
        gc.enable()


# What is done


def _annotate(text: str) -> object:
    return large().annotate(text)


def _annotate_german(text: str) -> object:
    return large().annotate(text, lang="de")


def _resolve(text: str) -> object:
    return large().resolve(text)


def _read(content: tuple[str, bytes]) -> object:
    name, data = content
    return list(read_stream(io.BytesIO(data), name, "a", ReadOptions(), size=len(data)))


def _audit(text: str) -> object:
    found = annotate_document(Document("a", text), large())
    return build_queue(found.occurrences) if isinstance(found, Annotated) else None


def _load(text: str) -> object:
    sources = parse_sources({Path("a.yaml"): text})
    return Registry.from_sources(sources, path=Path("a.yaml"))


def _load_refused(text: str) -> object:
    try:
        return _load(text)
    except RegistryError as error:
        return str(error)


def _queue(occurrences: list[Occurrence]) -> object:
    return build_queue(occurrences)


def _ask(asked: tuple[Resolver, str]) -> object:
    resolver, text = asked
    return resolver.resolve(text)


# What is given


def _of_kind(kind: Callable[[int], str], length: int) -> str:
    return kind(length)


def _html(kind: Callable[[int], str], length: int) -> tuple[str, bytes]:
    return "a.html", kind(length).encode("utf-8", "surrogatepass")


def _as(name: str) -> Callable[[Callable[[int], str], int], tuple[str, bytes]]:
    return lambda kind, length: (name, kind(length).encode("utf-8", "surrogatepass"))


def _csv(kind: Callable[[int], str], length: int) -> tuple[str, bytes]:
    return "a.csv", b"id,text\n" + kind(length).encode("utf-8", "surrogatepass")


def _json(kind: Callable[[int], str], length: int) -> tuple[str, bytes]:
    return "a.json", json.dumps({"text": kind(length)}).encode()


def _nested(head: str, tail: str) -> Callable[[int], str]:
    return lambda length: head * (length // (len(head) + len(tail))) + tail * (length // (len(head) + len(tail)))


def _names(make: Callable[[int], str]) -> Callable[[int], list[Occurrence]]:
    def made(length: int) -> list[Occurrence]:
        found = []
        size = number = 0
        while size < length:
            text = make(number)
            size += len(text)
            number += 1
            found.append(
                Occurrence(f"{number}.txt", 0, len(text), text, f"{text} came.", 0, "unresolved", None, 0.0, "nobody")
            )
        return found

    return made


def _entities(make: Callable[[int], Entity]) -> Callable[[int], str]:
    """YAML of entities, so many characters of it."""

    def made(length: int) -> str:
        lines: list[str] = []
        size = number = 0
        while size < length:
            entity = make(number)
            number += 1
            text = f"- id: {entity.id}\n  type: {entity.type}\n  name: {entity.name}\n"
            if entity.aliases:
                text += "  aliases:\n" + "".join(f"    - {alias.text}\n" for alias in entity.aliases)
            lines.append(text)
            size += len(text)
        return "".join(lines)

    return made


def _many_aliases(length: int) -> str:
    head = "- id: person:a\n  type: person\n  name: Bob Lee\n  aliases:\n"
    return head + "".join(f"    - Ada {letters_of(number + 700).capitalize()}\n" for number in range(length // 14))


def _many_cues(length: int) -> str:
    head = "- id: person:a\n  type: person\n  name: Bob Lee\n  cues:\n"
    return head + "".join(f"    - {letters_of(number)}\n" for number in range(length // 11))


def _yaml_mistakes(length: int) -> str:
    return "".join(f"- id: p:{number}\n  typ: x\n  nam: {letters_of(number)}\n" for number in range(length // 30))


_CROWDS: dict[str, Callable[[int], Entity]] = {
    "a name that all have": lambda number: Entity(f"p:{number}", "Ivan Petrov", "person"),
    "a surname that all have": lambda number: Entity(
        f"p:{number}", f"{letters_of(number).capitalize()} Petrov", "person"
    ),
    "a given name that all have": lambda number: Entity(
        f"p:{number}", f"Ivan {letters_of(number + 700).capitalize()}", "person"
    ),
    "one entity of all names": lambda number: Entity(
        f"p:{number}", f"{letters_of(number).capitalize()} Petrov Ivan", "person"
    ),
    "one acronym": lambda number: Entity(
        f"o:{number}", f"Great Union {letters_of(number).capitalize()} Bureau", "organization"
    ),
    "one designation": lambda number: Entity(f"o:{number}", f"{letters_of(number).capitalize()} A1", "product"),
    "near surnames": lambda number: Entity(f"p:{number}", f"Ivan Petr{letters_of(number)}ov", "person"),
    "near short names": lambda number: Entity(f"p:{number}", f"K{letters_of(number)[-2:]}pol", "product"),
}
_ASKED = ("Ivan Petrov", "Petrov", "Ivan", "Petrow", "GUB", "A1", "Kupol", "Иван Петров", "Ivan Ivanovich Petrov")


def _crowded(make: Callable[[int], Entity], length: int) -> Resolver:
    """A resolver over a crowd of entities, of about so many characters."""
    return Resolver(Registry.from_entities(make(number) for number in range(length // 20)))


def _crowded_alias(_: Any, length: int) -> Resolver:
    aliases = tuple(Alias(f"{letters_of(number).capitalize()} Petrov") for number in range(length // 20))
    return Resolver(Registry.from_entities([Entity("p:1", "Ivan Petrov", "person", aliases)]))


def _ask_all(resolver: Resolver) -> object:
    resolver._remembered.cache_clear()
    resolver._found.cache_clear()
    return [resolver.resolve(Mention(text)) for text in _ASKED]


_QUEUES = {
    "one surname, all spellings": _names(lambda number: f"{letters_of(number).capitalize()} Petrov"),
    "one name": _names(lambda number: "Petrov"),
    "near surnames": _names(lambda number: f"Petr{letters_of(number)}ov"),
    "surnames alone": _names(lambda number: f"{letters_of(number + 700).capitalize()}ov"),
    "initials and a surname": _names(
        lambda number: f"{'ABCDEFGHIJ'[number % 10]}. {letters_of(number // 10).capitalize()}ov"
    ),
    "acronyms": _names(lambda number: letters_of(number + 700).upper()),
    "designations": _names(lambda number: f"9K{number}"),
    "long names": _names(lambda number: "Word " * 200 + letters_of(number)),
    "words of one long name": _names(lambda number: f"Ministry of {letters_of(number).capitalize()} Affairs"),
    "places beside": _names(lambda number: f"{letters_of(number).capitalize()} Oblast"),
    "endings": _names(lambda number: "Petrov" + letters_of(number)),
}
_YAML = {
    "entities of one name": _entities(_CROWDS["a name that all have"]),
    "entities": _entities(_CROWDS["a surname that all have"]),
    "aliases of one entity": _many_aliases,
    "cues of one entity": _many_cues,
}
_BROKEN = {
    "mistakes": _yaml_mistakes,
    "brackets": lambda length: "[" * length,
    "braces": lambda length: "{a: " * (length // 4),
    "questions": lambda length: "? " * (length // 2),
    "dashes": lambda length: "- " * (length // 2),
    "indents": lambda length: "".join(f"{' ' * depth}a:\n" for depth in range(int(math.sqrt(2 * length)))),
    "one scalar": lambda length: "- id: " + "a" * length,
    "one quoted scalar": lambda length: "- id: '" + "a" * length,
    "anchors": lambda length: "- &a a\n" * (length // 7),
    "references": lambda length: "- &a [x]\n" + "- *a\n" * (length // 5),
    "tags": lambda length: "- !!str a\n" * (length // 10),
    "documents": lambda length: "---\n" * (length // 4),
    "comments": lambda length: "#\n" * (length // 2),
    "the same id": lambda length: "- id: p:1\n  type: person\n  name: A\n" * (length // 33),
    "unknown keys": lambda length: "- id: p:1\n" + "".join(f"  k{letters_of(n)}: a\n" for n in range(length // 10)),
    "escapes": lambda length: '- id: "' + "\\x41" * (length // 4) + '"',
    "folded lines": lambda length: "- id: >\n" + "    a\n" * (length // 6),
}
_ROWS = {
    **{
        f"rows of {name}": make
        for name, make in {
            "objects": lambda length: '{"text": "a"}\n' * (length // 14),
            "blank lines": lambda length: "\n" * length,
            "damage": lambda length: "{\n" * (length // 2),
            "nesting": _nested("[", "]"),
            "spans": lambda length: json.dumps(
                {"text": "Kupol " * (length // 40), "spans": [{"start": 0, "end": 5}] * (length // 40)}
            ),
            "long spans": lambda length: json.dumps(
                {"text": "Kupol " * (length // 40), "spans": [{"start": 0, "end": 6 * (length // 40)}] * (length // 40)}
            ),
        }.items()
    },
    **KINDS,
}
OPERATIONS: dict[str, Operation] = {
    "annotate": Operation(dict(KINDS), _of_kind, _annotate),
    "annotate German": Operation(dict(KINDS), _of_kind, _annotate_german),
    "resolve": Operation(dict(KINDS), _of_kind, _resolve),
    "audit": Operation(dict(KINDS), _of_kind, _audit),
    "read HTML": Operation(dict(KINDS), _html, _read),
    "read JSON lines": Operation(_ROWS, _as("a.jsonl"), _read),
    "read CSV": Operation(dict(KINDS), _csv, _read),
    "load a registry": Operation(_YAML, _of_kind, _load),
    "load a damaged registry": Operation(_BROKEN, _of_kind, _load_refused),
    "resolve in a crowd": Operation(dict(_CROWDS), _crowded, _ask_all),
    "resolve among aliases": Operation({"aliases of one surname": None}, _crowded_alias, _ask_all),
    "make a queue": Operation(dict(_QUEUES), _of_kind, _queue),
}
