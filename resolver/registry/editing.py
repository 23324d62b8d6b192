"""Additions to a registry on disk: what comes in are aliases, phrases and entities, what goes out is a small diff.

1. `RegistryChange(path)` reads the files; the `add_` methods and `block` note what is wanted and never raise.
2. `files`, `diff`, `result` and `write` put whole lines into the texts, read the new texts as a registry, and compare
   it with what is wanted. Everything that stands in the way is raised at once as RegistryError.
3. `write` gives all files their new text, or none.

Adding what is there already changes nothing, so that applying a change twice is applying it once.
Known limits: an entity, or a list to add to, that is written in brackets has no lines of its own and is refused. An
alias that is there with other details (language, kind) keeps them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from resolver.errors import Problem, RegistryError
from resolver.files import write_all
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
from resolver.registry.writing import alias_data, entity_lines, flow, phrase_data

_HEADER_OF_ENTITIES = ("# yaml-language-server: $schema=registry.schema.json",)
_HEADER_OF_BLOCKED = ("# Strings that are never an entity, one a line.",)


class RegistryChange:
    """Additions to the registry of a folder or a file, collected first and written together.

    The folder must exist and may be empty. Ids that were merged lead to the entity that holds them now.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._start()

    def add_alias(self, entity_id: str, alias: Alias) -> None:
        """Add an alias, unless its text is the name or an alias of the entity already."""
        alias = _trimmed(alias)
        entity = self._find(entity_id)
        if entity and alias.text not in {known.text for known in entity.names}:
            self._entities[entity.id] = replace(entity, aliases=(*entity.aliases, alias))
            self._aliases.setdefault(entity.id, []).append(alias)

    def add_never(self, entity_id: str, phrase: str, note: str | None = None) -> None:
        """Add a phrase that never means the entity, unless it is there already."""
        phrase = phrase.strip()
        entity = self._find(entity_id)
        if entity and phrase not in entity.never:
            self._entities[entity.id] = replace(entity, never=(*entity.never, phrase))
            self._never.setdefault(entity.id, {})[phrase] = note

    def add_entity(self, entity: Entity, file: str | None = None) -> None:
        """Add an entity at the end of a file, unless one of this id already says as much.

        file    name of a file in the folder; else the one that holds most entities of the type, else `<type>.yaml`
        """
        entity = _trimmed(entity)
        known = self._find(entity.id, or_problem=False)
        if known is None:
            target = self._target(entity.type, file)
            if target:
                self._entities[entity.id] = entity
                self._new.setdefault(target, []).append(entity.id)
                self._types[entity.type, target] += 1
        elif not _says_as_much(known, entity):
            message = f"id {entity.id!r} is another entity, {known.name!r}: choose another id, or edit that entity"
            self._report(self._place(known.id), message)

    def block(self, text: str, note: str | None = None, added: str | None = None, by: str | None = None) -> None:
        """Add a string that is never an entity to blocked.yaml, unless it is there already."""
        text = text.strip()
        if self.path.is_file() and self.path.stem != BLOCKED:
            self._report((self.path, 0), f"{text!r} cannot be blocked in a single file: give the folder")
        elif text not in self._blocked:
            self._blocked[text] = flow(phrase_data(text, note=note, added=added, by=by))

    def files(self) -> dict[Path, str]:
        """The new text of each file that changes, checked: the registry then holds what was asked for and no more."""
        return {path: patch.result() for path, patch in self._checked()[0].items()}

    def result(self) -> Registry:
        """The registry as it will be."""
        return self._checked()[1]

    def diff(self) -> str:
        """The unified diff, with paths relative to the folder; "" if nothing changes.

        `patch -p1 -d FOLDER` applies it, and with -R takes it back.
        """
        patches, _ = self._checked()
        old = {source.path for source in self._sources}
        return "".join(patch.diff(path.name, is_new=path not in old) for path, patch in patches.items())

    def write(self) -> None:
        """Write all files, or none and raise RegistryError; then this change is empty again."""
        texts = self.files()
        self._refuse_meanwhile(texts)
        try:
            write_all(texts)
        except OSError as error:
            message = f"cannot be written: {error.strerror}; nothing was changed"
            raise RegistryError([Problem(str(self.path), 0, message)]) from error
        self._start()

    def _refuse_meanwhile(self, paths: Iterable[Path]) -> None:
        """Raise if a file is no longer what was read: somebody else's lines would be lost."""
        old = {source.path: source.text for source in self._sources}
        on_disk = read_texts(path for path in paths if path.exists())
        message = "changed on disk in the meantime: start again"
        problems = [Problem(str(path), 0, message) for path in paths if on_disk.get(path) != old.get(path)]
        if problems:
            raise RegistryError(problems)

    def _start(self) -> None:
        """Read the files and forget what was wanted."""
        self._sources = parse_sources(read_texts(registry_files(self.path)))
        self._registry = Registry.from_sources(self._sources, path=self.path)
        self._problems: list[Problem] = []
        self._entities = {entity.id: entity for entity in self._registry}
        # Every blocked string with the YAML to add for it, "" for those that are there.
        self._blocked = dict.fromkeys(self._registry.blocked, "")
        self._aliases: dict[str, list[Alias]] = {}
        self._never: dict[str, dict[str, str | None]] = {}
        self._new: dict[Path, list[str]] = {}
        self._types = Counter((entity.type, source.path) for source in self._sources for entity, _ in source.entities)

    def _find(self, entity_id: str, *, or_problem: bool = True) -> Entity | None:
        if entity_id in self._registry:
            return self._entities[self._registry.get(entity_id).id]
        entity = self._entities.get(entity_id)
        if entity is None and or_problem:
            self._report((self.path, 0), f"no entity {entity_id!r}: check the id, or add the entity first")
        return entity

    def _target(self, type_: str, file: str | None) -> Path | None:
        """The file for a new entity."""
        if file is None:
            counts = [(-count, path) for (known, path), count in self._types.items() if known == type_]
            return min(counts)[1] if counts else self._default_file(type_)
        path = self._folder() / file
        if path.parent != self._folder() or path.suffix not in SUFFIXES or path.stem == BLOCKED:
            self._report((path, 0), "no file for entities: name a *.yaml file of the folder, without a path")
        elif self.path.is_file() and path != self.path:
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

    def _checked(self) -> tuple[dict[Path, Patch], Registry]:
        """The patches of the files that change and the registry they make, which must be the one asked for."""
        patches, problems = self._patches()
        if self._problems or problems:
            raise RegistryError([*self._problems, *problems])
        if not patches:
            return {}, self._registry
        texts = {source.path: source.text for source in self._sources}
        texts |= {path: patch.result() for path, patch in patches.items()}
        result = Registry.from_sources(parse_sources(dict(sorted(texts.items()))), path=self.path)
        if result != Registry(self._entities.values(), blocked=self._blocked):
            message = "adding lines would change more than asked: edit this file by hand"
            raise RegistryError([Problem(str(path), 0, message) for path in patches])
        return patches, result

    def _patches(self) -> tuple[dict[Path, Patch], list[Problem]]:
        """A patch for each file that changes, by path, and what stands in its way."""
        sources = {source.path: source for source in self._sources}
        touched = {self._registry.where(entity_id) for entity_id in (*self._aliases, *self._never)}
        paths = {place[0] for place in touched if place} | set(self._new)
        blocked = [item for item in self._blocked.values() if item]
        if blocked:
            paths.add(self._blocked_file())
        patches: dict[Path, Patch] = {}
        problems: list[Problem] = []
        for path in sorted(paths):
            editor = SourceEditor(path, sources.get(path), header=self._header(path))
            if path.stem == BLOCKED:
                editor.append_items(blocked)
            else:
                self._edit(editor, sources.get(path))
            patches[path] = editor.patch
            problems += editor.problems
        return patches, problems

    def _edit(self, editor: SourceEditor, source: Source | None) -> None:
        """Put what was added to the entities of a file, and its new entities, into the editor."""
        for entity, node in source.entities if source else ():
            aliases, never = self._aliases.get(entity.id, []), self._never.get(entity.id, {})
            editor.add_items(node, "aliases", [flow(alias_data(alias)) for alias in aliases])
            editor.add_items(node, "never", [flow(phrase_data(text, note=note)) for text, note in never.items()])
        new = (self._entities[entity_id] for entity_id in self._new.get(editor.path, ()))
        editor.append_entities(
            entity_lines(entity, notes=self._never.get(entity.id, {}), offset=editor.offset) for entity in new
        )

    def _blocked_file(self) -> Path:
        files = (source.path for source in self._sources if source.path.stem == BLOCKED)
        return next(files, self._folder() / f"{BLOCKED}.yaml")

    def _header(self, path: Path) -> Sequence[str]:
        if path.stem == BLOCKED:
            return _HEADER_OF_BLOCKED
        return _HEADER_OF_ENTITIES if (path.parent / "registry.schema.json").is_file() else ()


def _trimmed(value: Any) -> Any:
    """The same entity or alias with its texts as they will be read."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, tuple):
        return tuple(map(_trimmed, value))
    if isinstance(value, Alias | Entity):
        return replace(value, **{field.name: _trimmed(getattr(value, field.name)) for field in fields(value)})
    return value


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
