#!/usr/bin/env python3
"""The ways to look up names, and to find them in a text, that speed.py measures: the project's and those of its peers.

    python tests/bench/peers.py METHOD FOLDER        as speed.py starts it: a process each, so that memory is honest

Reads registry.jsonl {id, type, name} and texts.jsonl {text} of the folder, makes the method ready and says in a line of
JSON what that took. Then each line {first, count, again} on stdin is a round: the texts of that slice go through the
method one by one, with `again` twice, and a line says how long each took and what was answered.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

CUTOFF = 85  # of 100, for rapidfuzz's ratio: what its users commonly take
LINKED = 0.7  # for logic-v2: from which score on yente, the service made of it, calls an entity a match
FIRST = 50  # names that the index by itself may propose
COMPILED = "compiled.index"  # the file in the folder that "resolver, compiled" opens
_KEY = "bench"

Row = Mapping[str, Any]
Found = tuple[int, int, str]  # start, end, id


@dataclass(frozen=True, slots=True)
class Method:
    """What is timed, `answers` on texts in order, and how its answers are read afterwards, which is not.

    A look-up is read as [the ids among which the right one should be, mostly one; the id that is linked, or None],
    without the latter if the method links nothing; a search as its `Found`.
    """

    answers: Callable[[Iterable[str]], Iterator[Any]]
    read: Callable[[Any], Sequence[Any]]


# Look-up of one name


def _entities(rows: Iterable[Row]) -> Iterator[Any]:
    entity = import_module("resolver").Entity
    return (entity(row["id"], row["name"], row["type"]) for row in rows)


def _resolver(module: Any, rows: Sequence[Row], _: Path) -> Method:
    resolver = module.Resolver(module.Registry.from_entities(_entities(rows)))
    return Method(_one_by_one(resolver), _first_and_linked)


def _first_and_linked(resolution: Any) -> list[Any]:
    return [[candidate.entity.id for candidate in resolution.candidates[:1]], resolution.entity_id]


def _compile(_module: Any, rows: Sequence[Row], folder: Path) -> Method:
    """No method: writes the file of `_compiled`, and so needs a process of its own."""
    index = import_module("resolver.index").AliasIndex(_entities(rows))
    import_module("resolver.index.compiled").write_tables(index.tables, folder / COMPILED, _KEY)
    return Method(iter, lambda _: [])


def _compiled(module: Any, _: Sequence[Row], folder: Path) -> Method:
    resolver = _open(module, folder)
    return Method(_one_by_one(resolver), _first_and_linked)


def _proposed(module: Any, _: Sequence[Row], folder: Path) -> Method:
    """What the index finds before anything is compared closely: whom it leaves out is lost."""
    index, analyse = _open(module, folder).index, import_module("resolver.forms").analyse

    def read(hits: Any) -> list[Any]:
        return [[hit.entry.entity.id for hit in hits]]

    return Method(lambda texts: (index.promising(analyse(text), entities=FIRST) for text in texts), read)


def _one_by_one(resolver: Any) -> Callable[[Sequence[str]], Iterator[Any]]:
    """Each name for itself, so that each has a time of its own: a list would be resolved some hundreds ahead."""
    return lambda texts: map(resolver.resolve, texts)


def _open(module: Any, folder: Path) -> Any:
    """A resolver over the compiled index, as `Resolver.load` makes it of a registry in YAML files."""
    tables, blocked = import_module("resolver.index.compiled").open_tables(folder / COMPILED, _KEY)
    index = import_module("resolver.index").AliasIndex(tables=tables)
    resolver = module.Resolver.__new__(module.Resolver)
    resolver._start(index, blocked, lambda: module.Registry.from_entities(()), None)
    return resolver


def _wratio(module: Any, rows: Sequence[Row], _: Path) -> Method:
    return _linear(module, rows, scorer=module.fuzz.WRatio)


def _ratio(module: Any, rows: Sequence[Row], _: Path) -> Method:
    return _linear(module, rows, scorer=module.fuzz.ratio, score_cutoff=CUTOFF)


def _linear(module: Any, rows: Sequence[Row], **options: Any) -> Method:
    names, ids = [row["name"] for row in rows], [row["id"] for row in rows]
    extract = module.process.extractOne

    def read(best: Any) -> list[Any]:
        return [[ids[best[2]]], ids[best[2]]] if best else [[], None]

    return Method(lambda texts: (extract(text, names, **options) for text in texts), read)


def _dictionary(_module: Any, rows: Sequence[Row], _: Path) -> Method:
    known = {row["name"].casefold(): row["id"] for row in rows}
    return Method(lambda texts: (known.get(text.casefold()) for text in texts), lambda found: [[found], found])


def _logic_v2(module: Any, rows: Sequence[Row], _: Path) -> Method:
    """Each name is compared with all: it has blocking for lists of entities, but not for one query."""
    make = import_module("followthemoney").model.get_proxy
    algorithm, config = module.get_algorithm("logic-v2"), module.ScoringConfig.defaults()

    def entity(number: str, kind: str, name: str) -> Any:
        schema = {"person": "Person", "organization": "Organization"}.get(kind, "LegalEntity")
        return make({"id": number, "schema": schema, "properties": {"name": [name]}})

    known = [entity(row["id"], row["type"], row["name"]) for row in rows]

    def best(text: str) -> tuple[float, str]:
        query = entity(f"query {text}", "", text)  # it remembers names by ids
        return max((algorithm.compare(query, each, config).score, each.id) for each in known)

    def read(found: tuple[float, str]) -> list[Any]:
        score, first = found
        return [[first] if score else [], first if score >= LINKED else None]

    best(rows[0]["name"])  # its tables are loaded with the first comparison
    return Method(lambda texts: map(best, texts), read)


# Names in running text


def _annotate(module: Any, rows: Sequence[Row], _: Path) -> Method:
    resolver = module.Resolver(module.Registry.from_entities(_entities(rows)))

    def read(resolutions: Any) -> list[Found]:
        return [(r.mention.start, r.mention.end, r.entity_id) for r in resolutions if r.entity_id]

    return Method(lambda texts: map(resolver.annotate, texts), read)


def _phrase_matcher(module: Any, rows: Sequence[Row], _: Path) -> Method:
    nlp = module.blank("xx")
    matcher = import_module("spacy.matcher").PhraseMatcher(nlp.vocab)
    for row in rows:
        matcher.add(row["id"], [nlp.make_doc(row["name"])])

    def read(spans: Any) -> list[Found]:
        return [(span.start_char, span.end_char, span.label_) for span in spans]

    return Method(lambda texts: (matcher(nlp.make_doc(text), as_spans=True) for text in texts), read)


def _entity_ruler(module: Any, rows: Sequence[Row], _: Path) -> Method:
    nlp = module.blank("xx")
    patterns = [{"label": row["type"], "pattern": row["name"], "id": row["id"]} for row in rows]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)

    def read(doc: Any) -> list[Found]:
        return [(entity.start_char, entity.end_char, entity.ent_id_) for entity in doc.ents]

    return Method(lambda texts: map(nlp, texts), read)


def _flashtext(module: Any, rows: Sequence[Row], _: Path) -> Method:
    keywords = module.KeywordProcessor()
    # Else it ends a word at each letter that is not ASCII, and finds names inside of others.
    letters = {char for row in rows for char in row["name"] if char.isalnum()}
    keywords.set_non_word_boundaries(keywords.non_word_boundaries | {case(c) for c in letters for case in _CASES})
    for row in rows:
        keywords.add_keyword(row["name"], row["id"])

    def read(found: Any) -> list[Found]:
        return [(start, end, each) for each, start, end in found]

    return Method(lambda texts: (keywords.extract_keywords(text, span_info=True) for text in texts), read)


_CASES: tuple[Callable[[str], str], ...] = (str.lower, str.upper)


def _ahocorasick(module: Any, rows: Sequence[Row], _: Path) -> Method:
    automaton = module.Automaton()
    for row in rows:
        automaton.add_word(row["name"], (len(row["name"]), row["id"]))
    automaton.make_automaton()

    def find(text: str) -> list[Found]:
        ends = ((end + 1, size, each) for end, (size, each) in automaton.iter(text))
        return [(end - size, end, each) for end, size, each in ends if _stands_alone(text, end - size, end)]

    return Method(lambda texts: map(find, texts), list)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the span begins and ends where words do."""
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()


def _nothing(_module: Any, _rows: Sequence[Row], _: Path) -> Method:
    """What a process takes that only reads the data."""
    return Method(iter, lambda _: [])


Maker = Callable[[Any, Sequence[Row], Path], Method]
NOTHING, COMPILER = "nothing", "compile"
PROPOSED, SCREENING = f"its index alone, {FIRST} entities", "nomenklatura logic-v2"
LOOKUP: Mapping[str, tuple[str, Maker]] = {  # method -> the module that it needs, and what makes it ready
    "resolver": ("resolver", _resolver),
    "resolver, compiled": ("resolver", _compiled),
    PROPOSED: ("resolver", _proposed),
    SCREENING: ("nomenklatura.matching", _logic_v2),
    "rapidfuzz WRatio": ("rapidfuzz", _wratio),
    f"rapidfuzz ratio ≥ {CUTOFF}": ("rapidfuzz", _ratio),
    "dict of casefolded names": ("builtins", _dictionary),
}
TEXT: Mapping[str, tuple[str, Maker]] = {
    "resolver annotate": ("resolver", _annotate),
    "spaCy PhraseMatcher": ("spacy", _phrase_matcher),
    "spaCy EntityRuler": ("spacy", _entity_ruler),
    "flashtext": ("flashtext", _flashtext),
    "pyahocorasick": ("ahocorasick", _ahocorasick),
}
_HELPERS: Mapping[str, tuple[str, Maker]] = {
    NOTHING: ("builtins", _nothing),
    COMPILER: ("resolver", _compile),
}


# The process


def peak_memory() -> int:
    """The most bytes that this process has held so far.

    On Linux, ru_maxrss begins with the peak of the process that started this one; VmHWM does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
        if found:
            return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # elsewhere in bytes


def timed(method: Method, texts: Sequence[str]) -> tuple[list[float], list[Any]]:
    """The CPU seconds that the answer to each text took, and the answers, read."""
    times, answers = [], []
    found = method.answers(texts)
    clock = time.process_time
    for _ in texts:
        started = clock()
        answer = next(found)
        times.append(clock() - started)
        answers.append(method.read(answer))
    return times, answers


def main(name: str, folder: Path) -> int:
    """Make the method ready, then do the rounds that stdin asks for."""
    needs, make = {**LOOKUP, **TEXT, **_HELPERS}[name]
    texts = [row["text"] for row in read_lines(folder / "texts.jsonl")]
    rows = list(read_lines(folder / "registry.jsonl"))
    try:
        module = import_module(needs)
    except ImportError:  # it is not there, or a library that it is bound to
        _say({"missing": needs.partition(".")[0]})
        return 0
    started = time.process_time()
    method = make(module, rows, folder)
    _say({"build": time.process_time() - started, "memory": peak_memory()})
    for line in sys.stdin:
        asked = json.loads(line)
        part = list(islice(texts, asked["first"], asked["first"] + asked["count"]))
        passes = [timed(method, part) for _ in range(2 if asked["again"] else 1)]
        times = [took for took, _ in passes]
        _say({"times": times, "answers": passes[0][1], "memory": peak_memory()})
    return 0


def read_lines(path: Path) -> Iterator[Any]:
    """The records of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _say(record: Mapping[str, Any]) -> None:
    print(json.dumps(record), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
