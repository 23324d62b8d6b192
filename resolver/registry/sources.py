"""Files to sources: what comes in is a folder or a file, what goes out is each file's text, tree and entities.

1. `registry_files` lists the *.yaml and *.yml of a folder, sorted by name; hidden files and folders in it do not count.
2. `read_texts` takes their texts, refusing what is too big or no clean UTF-8.
3. `parse_sources` reads every text and raises all problems of all files at once, in the order of the files. A text
   that somebody still holds as a source is not parsed again, so that a registry in use is read again at little cost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from weakref import WeakValueDictionary

import yaml

from resolver.errors import Problem, RegistryError
from resolver.files import recover
from resolver.model import Entity
from resolver.registry.nodes import MAX_BYTES, MAX_PROBLEMS, Node, decode, line_of, parse
from resolver.registry.reading import NodeReader

SUFFIXES = (".yaml", ".yml")
BLOCKED = "blocked"  # the stem of the file of strings that are never an entity


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Source:
    """One file of a registry as it was read.

    text      all of it, so that saving can keep what it does not touch
    root      its tree, None if it holds only comments
    entities  each with its node
    blocked   strings that are never an entity; only `blocked.yaml` has them
    """

    path: Path
    text: str
    root: Node | None
    entities: tuple[tuple[Entity, yaml.MappingNode], ...]
    blocked: tuple[str, ...]


_in_use: WeakValueDictionary[tuple[Path, str], Source] = WeakValueDictionary()  # sound sources that somebody holds


def registry_files(path: Path) -> list[Path]:
    """The files of a registry: the file itself, or those of the folder, which may be none.

    A change of them that was killed half-way is finished first.
    """
    folder = path if path.is_dir() else path.parent
    try:
        recover(folder)
    except OSError as error:
        message = f"a change that was interrupted cannot be finished: {error.strerror}"
        raise RegistryError([Problem(str(error.filename or folder), 0, message)]) from error
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise RegistryError([Problem(str(path), 0, "no such file or folder: check the path")])
    return sorted(
        file for file in path.iterdir() if file.suffix in SUFFIXES and not file.name.startswith(".") and file.is_file()
    )


def registry_stamp(path: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file of the registry does: name, time in nanoseconds and size of each.

    Raises OSError if a file vanishes meanwhile, and what `registry_files` raises.
    """
    stats = ((file.name, file.stat()) for file in registry_files(path))
    return tuple((name, found.st_mtime_ns, found.st_size) for name, found in stats)


def read_texts(paths: Iterable[Path]) -> dict[Path, str]:
    """The text of each file, byte-order mark and line ends as they are."""
    texts: dict[Path, str] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            size = path.stat().st_size
            content = path.read_bytes() if size <= MAX_BYTES else b""
        except OSError as error:
            problems.append(Problem(str(path), 0, f"cannot be read: {error.strerror}"))
            continue
        if size > MAX_BYTES:
            problems.append(Problem(str(path), 0, f"{size} bytes, over {MAX_BYTES}: split the file"))
            continue
        texts[path], found = decode(str(path), content)
        problems += found
    if problems:
        # The sound files are read all the same, for their problems.
        unsound = {problem.path for problem in problems}
        problems += _parse_all({p: text for p, text in texts.items() if str(p) not in unsound})[1]
        raise RegistryError(sorted(problems, key=lambda problem: problem.path))
    return texts


def parse_sources(texts: Mapping[Path, str]) -> list[Source]:
    """The sources, in the order of the texts; RegistryError with every problem of every text."""
    sources, problems = _parse_all(texts)
    if problems:
        raise RegistryError(problems)
    return sources


def id_problems(entries: Iterable[tuple[str, int, Entity]]) -> list[Problem]:
    """What is wrong with the ids and redirects of (path, line, entity), as far as anybody reads."""
    return list(islice(_id_problems(entries), MAX_PROBLEMS))


def _id_problems(entries: Iterable[tuple[str, int, Entity]]) -> Iterator[Problem]:
    """Each id, and each redirect, must name one entity."""
    holders: dict[str, tuple[str, int]] = {}
    redirecting: list[tuple[str, int, Entity]] = []
    for path, line, entity in entries:
        other = holders.setdefault(entity.id, (path, line))
        if other != (path, line) and entity.id:
            message = f"id {entity.id!r} is taken by {other[0]}:{other[1]}: choose another, or merge the two"
            yield Problem(path, line, message)
        if entity.redirects:
            redirecting.append((path, line, entity))
    for path, line, entity in redirecting:
        for old in filter(None, entity.redirects):
            other = holders.setdefault(old, (path, line))
            if old == entity.id:
                message = f"redirect {old!r} is the entity's own id: remove it"
            elif other != (path, line):
                message = f"redirect {old!r} is taken by {other[0]}:{other[1]}: an old id leads to one entity"
            else:
                continue
            yield Problem(path, line, message)


def _parse_all(texts: Mapping[Path, str]) -> tuple[list[Source], list[Problem]]:
    sources: list[Source] = []
    problems: list[Problem] = []
    for path, text in texts.items():
        source, found = _parse_source(path, text)
        sources.append(source)
        problems += sorted(found, key=lambda problem: problem.line)
    entries = ((str(source.path), line_of(node), entity) for source in sources for entity, node in source.entities)
    return sources, problems + id_problems(entries)


def _parse_source(path: Path, text: str) -> tuple[Source, list[Problem]]:
    known = _in_use.get((path, text))
    if known is not None:
        return known, []
    source, problems = _parse_anew(path, text)
    if not problems:
        _in_use[path, text] = source
    return source, problems


def _parse_anew(path: Path, text: str) -> tuple[Source, list[Problem]]:
    root, problems = parse(str(path), text)
    if problems:
        return Source(path, text, None, (), ()), problems
    reader = NodeReader(str(path))
    if path.stem == BLOCKED:
        blocked = reader.phrases(root, "the file") if root else ()
        source = Source(path, text, root, (), blocked)
    else:
        source = Source(path, text, root, tuple(reader.entities(root)), ())
    return source, reader.problems
