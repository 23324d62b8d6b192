"""A change of a registry on disk: aliases, phrases and entities that come or go come in, a small diff goes out.

1. `RegistryChange(path)` reads the files; the `add_` methods, `block`, `remove` and `remove_alias` note what is wanted
   and never raise.
2. `files`, `diff`, `result` and `write` put whole lines into the texts or take them out, read the new texts as a
   registry, and compare it with what is wanted. Everything that stands in the way is raised at once as RegistryError.
3. `write` gives all files their new text, or none, under a lock and safe from a kill (`resolver.files.commit`).

Adding what is there already changes nothing, so that applying a change twice is applying it once. What a change adds
(`additions`) another one can `remove`, which gives the old files back, byte for byte.
Known limits: an entity, or a list to change, that is written in brackets has no lines of its own and is refused. An
alias that is there with other details (language, kind) keeps them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import is_
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from resolver.errors import Problem, RegistryError
from resolver.files import BusyError, commit, locked, locked_beside
from resolver.model import Alias, Entity
from resolver.registry.insertion import SourceEditor
from resolver.registry.patch import Patch
from resolver.registry.registry import Registry
from resolver.registry.sources import (
    BLOCKED,
    SUFFIXES,
    Source,
    parse_sources,
    read_texts,
    registry_files,
)
from resolver.registry.writing import alias_data, entity_data, entity_lines, flow, phrase_data

_HEADER_OF_ENTITIES = ("# yaml-language-server: $schema=registry.schema.json",)
_HEADER_OF_BLOCKED = ("# Strings that are never an entity, one a line.",)
_FIELDS = {type_: tuple(field.name for field in fields(type_)) for type_ in (Alias, Entity)}


@dataclass(frozen=True, slots=True)
class Addition:
    """One thing that a change adds, in a form that can be written down and taken back.

    file    the name of the file that gets it
    key     "entity", "aliases", "never" or "blocked"
    entity  the id of the entity it is or belongs to, "" for a blocked string
    value   what the YAML holds: a text, or a mapping
    spaced  whether a blank line was put above a new entity
    """

    file: str
    key: str
    entity: str
    value: Any
    spaced: bool = False

    @property
    def naming(self) -> str:
        """The key of the name where the value is a mapping."""
        return "name" if self.key == "entity" else "text"

    @property
    def text(self) -> str:
        """The name, spelling or phrase that is added."""
        return str(self.value[self.naming] if isinstance(self.value, Mapping) else self.value)


class RegistryChange:
    """A change of the registry of a folder or a file, collected first and written together.

    The folder must exist and may be empty. Ids that were merged lead to the entity that holds them now.
    """

    # What the change comes to, None where more was asked since. The sources are held for what is read after writing: a
    # text that somebody holds is not parsed again.
    _plan: tuple[dict[Path, Patch], Registry, list[Source]] | None

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._start()

    def add_alias(self, entity_id: str, alias: Alias) -> None:
        """Add an alias, unless its text is the name or an alias of the entity already."""
        self._plan = None
        alias = _trimmed(alias)
        entity = self._find(entity_id)
        if entity and alias.text not in {known.text for known in entity.names}:
            self._entities[entity.id] = replace(entity, aliases=(*entity.aliases, alias))
            self._aliases.setdefault(entity.id, []).append(alias)

    def add_never(self, entity_id: str, phrase: str, **about: str | None) -> None:
        """Add a phrase that never means the entity, unless it is there already; `about`: note, source, added, by."""
        self._plan = None
        phrase = phrase.strip()
        entity = self._find(entity_id)
        if entity and phrase not in entity.never:
            self._entities[entity.id] = replace(entity, never=(*entity.never, phrase))
            self._never.setdefault(entity.id, {})[phrase] = phrase_data(phrase, **about)

    def add_entity(self, entity: Entity, file: str | None = None) -> None:
        """Add an entity at the end of a file, unless one of this id already says as much.

        file    name of a file in the folder; else the one that holds most entities of the type, else `<type>.yaml`
        """
        self._plan = None
        entity = _trimmed(entity)
        known = self._find(entity.id, or_problem=False)
        if known is None:
            target = self._target(entity.type, file)
            if target:
                self._entities[entity.id] = entity
                self._new.setdefault(target, []).append(entity)
                self._types[entity.type, target] += 1
        elif not _says_as_much(known, entity):
            message = f"id {entity.id!r} is another entity, {known.name!r}: choose another id, or edit that entity"
            self._report(self._place(known.id), message)

    def block(self, text: str, **about: str | None) -> None:
        """Add a string that is never an entity, unless it is there already; `about`: note, source, added, by."""
        self._plan = None
        text = text.strip()
        if self.path.is_file() and self.path.stem != BLOCKED:
            self._report((self.path, 0), f"{text!r} cannot be blocked in a single file: give the folder")
        elif text not in self._blocked:
            self._blocked[text] = phrase_data(text, **about)

    def remove_alias(self, entity_id: str, text: str) -> None:
        """Take an alias from an entity, if it has it; its name it keeps."""
        self._plan = None
        entity = self._find(entity_id)
        if entity and text in {alias.text for alias in entity.aliases}:
            aliases = tuple(alias for alias in entity.aliases if alias.text != text)
            self._entities[entity.id] = replace(entity, aliases=aliases)
            self._dropped.setdefault(entity.id, {}).setdefault("aliases", set()).add(text)

    def remove(self, addition: Addition) -> None:
        """Take back what an earlier change added; a problem if it is no longer what was added."""
        self._plan = None
        if addition.key == "blocked":
            if addition.text not in self._blocked:
                self._report_edited(addition, self.path)
            elif self._blocked.pop(addition.text) is None:
                self._unblocked.add(addition.text)
            return
        entity = self._entities.get(addition.entity)
        if entity is None or not _still_holds(entity, addition):
            self._report_edited(addition, self._place(addition.entity)[0])
        elif addition.key == "entity":
            del self._entities[entity.id]
            self._gone[entity.id] = addition.spaced
        elif addition.key == "aliases":
            self.remove_alias(entity.id, addition.text)
        else:
            never = tuple(phrase for phrase in entity.never if phrase != addition.text)
            self._entities[entity.id] = replace(entity, never=never)
            self._dropped.setdefault(entity.id, {}).setdefault("never", set()).add(addition.text)

    def remove_file(self, name: str) -> None:
        """Remove a file of the folder, if nothing but comments is left in it."""
        self._plan = None
        self._files_to_go.add(self._folder() / name)

    def files(self) -> dict[Path, str | None]:
        """The new text of each file that changes, None for one that goes.

        It is checked: the registry then holds what was asked for and no more.
        """
        return {path: None if path in self._emptied else patch.result() for path, patch in self._checked()[0].items()}

    def additions(self) -> list[Addition]:
        """What the change adds, file by file; what is there already is not among it."""
        self._checked()
        return list(self._additions)

    def created(self) -> list[str]:
        """The names of the files that are not there yet."""
        old = {source.path for source in self._sources}
        return [path.name for path in self._checked()[0] if path not in old]

    def result(self) -> Registry:
        """The registry as it will be."""
        return self._checked()[1]

    def diff(self) -> str:
        """The unified diff, with paths relative to the folder; "" if nothing changes.

        `patch -p1 -d FOLDER` applies it, and with -R takes it back.
        """
        patches = self._checked()[0]
        old = {source.path for source in self._sources}
        return "".join(
            patch.diff(path.name, is_new=path not in old, is_gone=path in self._emptied)
            for path, patch in patches.items()
        )

    def write(
        self,
        also: Mapping[Path, str] = MappingProxyType({}),
        *,
        provided: Mapping[Path, str] = MappingProxyType({}),
    ) -> None:
        """Write all files, and the texts `also`, or none and raise RegistryError; then this change is empty again.

        provided    files that must still have these texts, "" for one that is not there, as those of the registry must
        """
        texts = self.files()
        read = {source.path: source.text for source in self._sources}
        try:
            with locked(self._folder()), locked_beside(also, self._folder()):
                _refuse_meanwhile({**{path: read.get(path, "") for path in texts}, **provided})
                commit(self._folder(), {**texts, **also})
        except BusyError as error:
            message = "another change is being written at this moment: nothing was changed, start again"
            raise RegistryError([Problem(str(self.path), 0, message)]) from error
        except OSError as error:
            message = f"cannot be written: {error.strerror}; nothing was changed"
            raise RegistryError([Problem(str(error.filename or self.path), 0, message)]) from error
        self._start()

    def _start(self) -> None:
        """Read the files and forget what was wanted."""
        self._sources = parse_sources(read_texts(registry_files(self.path)))
        self._registry = Registry.from_sources(self._sources, path=self.path)
        self._problems: list[Problem] = []
        self._entities = {entity.id: entity for entity in self._registry}
        # Every blocked string with what to write for it, None for those that are there.
        self._blocked: dict[str, str | dict[str, str] | None] = dict.fromkeys(self._registry.blocked)
        self._aliases: dict[str, list[Alias]] = {}
        self._never: dict[str, dict[str, str | dict[str, str]]] = {}
        self._new: dict[Path, list[Entity]] = {}  # as they were added: what they got since is above
        self._dropped: dict[str, dict[str, set[str]]] = {}  # id -> key -> texts
        self._gone: dict[str, bool] = {}  # id -> whether the blank line above it goes, too
        self._unblocked: set[str] = set()
        self._files_to_go: set[Path] = set()
        self._emptied: set[Path] = set()
        self._additions: list[Addition] = []
        self._plan = None
        self._types = Counter((entity.type, source.path) for source in self._sources for entity, _ in source.entities)

    def _find(self, entity_id: str, *, or_problem: bool = True) -> Entity | None:
        known = self._registry.get(entity_id).id if entity_id in self._registry else entity_id
        entity = self._entities.get(known)
        if entity is None and or_problem:
            self._report((self.path, 0), f"no entity {entity_id!r}: check the id, or add the entity first")
        return entity

    def _target(self, type_: str, file: str | None) -> Path | None:
        """The file for a new entity."""
        if file is None:
            counts = [(-count, path) for (known, path), count in self._types.items() if known == type_]
            return min(counts)[1] if counts else self._default_file(type_)
        folder = self._folder()
        path = folder / file
        if path.parent != folder or path.suffix not in SUFFIXES or path.stem == BLOCKED:
            self._report((path, 0), "no file for entities: name a *.yaml file of the folder, without a path")
        elif folder != self.path and path != self.path:
            self._report((path, 0), f"not part of this registry, which is {self.path}: give the folder")
        else:
            return path
        return None

    def _default_file(self, type_: str) -> Path:
        return self.path if self.path.is_file() else self.path / f"{type_}.yaml"

    def _folder(self) -> Path:
        return self.path.parent if self.path.is_file() else self.path

    def _place(self, entity_id: str) -> tuple[Path, int]:
        return self._registry.where(entity_id) or (self.path, 0)

    def _report(self, place: tuple[Path, int], message: str) -> None:
        self._problems.append(Problem(str(place[0]), place[1], message))

    def _report_edited(self, addition: Addition, path: Path) -> None:
        message = f"{addition.text!r} was edited since it was added: take it back by hand"
        self._report((path, 0), message)

    def _checked(self) -> tuple[dict[Path, Patch], Registry, list[Source]]:
        """The patches of the files that change, and the registry and the sources that they make.

        Worked out once, until more is asked.
        """
        if self._plan is None:
            self._plan = self._check()
        return self._plan

    def _check(self) -> tuple[dict[Path, Patch], Registry, list[Source]]:
        """The patches and the registry that they make, which must be the one asked for."""
        patches, problems = self._patches()
        if self._problems or problems:
            raise RegistryError([*self._problems, *problems])
        if not patches:
            return {}, self._registry, self._sources
        texts = {source.path: source.text for source in self._sources}
        texts |= {path: patch.result() for path, patch in patches.items()}
        sources = parse_sources(dict(sorted(texts.items())))
        result = Registry.from_sources(sources, path=self.path)
        if result != Registry(self._entities.values(), blocked=self._blocked):
            message = "this change would alter more than asked: edit this file by hand"
            raise RegistryError([Problem(str(path), 0, message) for path in patches])
        self._emptied = {source.path for source in sources if source.root is None} & self._files_to_go
        return patches, result, sources

    def _patches(self) -> tuple[dict[Path, Patch], list[Problem]]:
        """A patch for each file that changes, by path, and what stands in its way."""
        sources = {source.path: source for source in self._sources}
        touched = {self._registry.where(i) for i in (*self._aliases, *self._never, *self._dropped, *self._gone)}
        paths = {place[0] for place in touched if place} | set(self._new)
        if self._unblocked or any(item is not None for item in self._blocked.values()):
            paths.add(self._blocked_file())
        patches: dict[Path, Patch] = {}
        problems: list[Problem] = []
        self._additions = []
        for path in sorted(paths):
            editor = SourceEditor(path, sources.get(path), header=self._header(path))
            if path.stem == BLOCKED:
                self._edit_blocked(editor, sources.get(path))
            else:
                self._edit(editor, sources.get(path))
            patches[path] = editor.patch
            problems += editor.problems
        return patches, problems

    def _edit(self, editor: SourceEditor, source: Source | None) -> None:
        """Put what comes and goes in the entities of a file, and its new entities, into the editor."""
        for entity, node in source.entities if source else ():
            if entity.id in self._gone:
                editor.remove_entity(node, with_blank=self._gone[entity.id])
                continue
            aliases = [alias_data(alias) for alias in self._aliases.get(entity.id, ())]
            self._edit_list(editor, node, entity, "aliases", [alias.text for alias in entity.aliases], aliases)
            never = list(self._never.get(entity.id, {}).values())
            self._edit_list(editor, node, entity, "never", entity.never, never)
        self._append(editor, self._new.get(editor.path, ()))

    def _append(self, editor: SourceEditor, new: Sequence[Entity]) -> None:
        """Put new entities, with what they got since they were added, into the editor."""
        lines = [
            entity_lines(self._entities[entity.id], phrases=self._never.get(entity.id, {}), offset=editor.offset)
            for entity in new
        ]
        for entity, spaced in zip(new, editor.append_entities(lines), strict=False):
            self._note(editor, "entity", entity.id, [entity_data(entity)], spaced=spaced)
            self._note(editor, "aliases", entity.id, map(alias_data, self._aliases.get(entity.id, ())))
            self._note(editor, "never", entity.id, self._never.get(entity.id, {}).values())

    def _note(self, editor: SourceEditor, key: str, entity: str, items: Iterable[Any], *, spaced: bool = False) -> None:
        """Note what a file gets."""
        self._additions += [Addition(editor.path.name, key, entity, item, spaced) for item in items]

    def _edit_list(
        self,
        editor: SourceEditor,
        node: yaml.MappingNode,
        entity: Entity,
        key: str,
        known: Sequence[str],
        new: Sequence[str | dict[str, str]],
    ) -> None:
        """Put what comes and goes in one list of an entity into the editor."""
        dropped = self._dropped.get(entity.id, {}).get(key, set())
        numbers = [number for number, text in enumerate(known) if text in dropped]
        editor.remove_items(node, key, numbers, keep_key=bool(new))
        editor.add_items(node, key, list(map(flow, new)))
        self._note(editor, key, entity.id, new)

    def _edit_blocked(self, editor: SourceEditor, source: Source | None) -> None:
        new = [item for item in self._blocked.values() if item is not None]
        known = source.blocked if source else ()
        editor.remove_from_root([number for number, text in enumerate(known) if text in self._unblocked])
        editor.append_items(list(map(flow, new)))
        self._note(editor, BLOCKED, "", new)

    def _blocked_file(self) -> Path:
        files = (source.path for source in self._sources if source.path.stem == BLOCKED)
        return next(files, self._folder() / f"{BLOCKED}.yaml")

    def _header(self, path: Path) -> Sequence[str]:
        if path.stem == BLOCKED:
            return _HEADER_OF_BLOCKED
        return _HEADER_OF_ENTITIES if (path.parent / "registry.schema.json").is_file() else ()


def _refuse_meanwhile(texts: Mapping[Path, str]) -> None:
    """Raise if a file is no longer what was read: somebody else's lines would be lost."""
    message = "changed on disk in the meantime: nothing was changed, start again"
    problems = [
        Problem(str(path), 0, message)
        for path, text in texts.items()
        if (path.read_bytes() if path.exists() else b"") != text.encode("utf-8", "surrogatepass")
    ]
    if problems:
        raise RegistryError(problems)


def _trimmed(value: Any) -> Any:
    """The same entity or alias with its texts as they will be read; the value itself if they are so already."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, tuple):
        parts = tuple(map(_trimmed, value))
        return value if all(map(is_, parts, value)) else parts
    if isinstance(value, Alias | Entity):
        known = {name: getattr(value, name) for name in _FIELDS[type(value)]}
        changed = {name: new for name, old in known.items() if (new := _trimmed(old)) is not old}
        return replace(value, **changed) if changed else value
    return value


def _still_holds(entity: Entity, addition: Addition) -> bool:
    """Whether an entity still has what was added, as it was added."""
    if addition.key == "entity":
        return bool(entity_data(entity) == addition.value)
    if addition.key == "never":
        return addition.text in entity.never
    return addition.value in map(alias_data, entity.aliases)


def _says_as_much(known: Entity, entity: Entity) -> bool:
    """Whether an entity adds nothing to a known one. The known one may have grown, or have been renamed, since."""
    if entity.type != known.type or not _texts(entity) <= _texts(known):
        return False
    lists = ("cues", "never", "identifiers", "resolve", "reject", "redirects")
    if any(not set(getattr(entity, name)) <= set(getattr(known, name)) for name in lists):
        return False
    return entity.source in (None, known.source) and entity.note in (None, known.note)


def _texts(entity: Entity) -> set[str]:
    return {alias.text for alias in entity.names}
