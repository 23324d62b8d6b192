"""A registry read for its checks: the entities, and the line on which each of their names stands.

`Registry` knows the line of an entity; a finding about an alias, or about an example, is shown at its own.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from resolver.checks.findings import Place
from resolver.registry import Registry
from resolver.registry.nodes import Node, line_of, value_of
from resolver.registry.registry import bundled_folder
from resolver.registry.sources import Source, parse_sources, read_texts, registry_files

ALIASES, RESOLVE, REJECT = "aliases", "resolve", "reject"


class Places:
    """Where the names of a registry stand. Ids that it does not know are their own place."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._places: dict[tuple[str, str, str], Place] = {}
        for source in sources:
            for entity, node in source.entities:
                for key, text, found in _lines(node):
                    self._places.setdefault((entity.id, key, text), Place(str(source.path), line_of(found)))

    def entity(self, entity_id: str) -> Place:
        """The first line of an entity."""
        return self._places.get((entity_id, "", ""), Place(entity_id, 0))

    def name(self, entity_id: str, text: str, key: str = ALIASES) -> Place:
        """The line of a name of an entity, or of an example under `key`; else that of the entity."""
        return self._places.get((entity_id, key, text)) or self.entity(entity_id)


def read_registry(path: str | Path | None) -> tuple[Registry, Places]:
    """The registry of a folder or a file, by default the bundled one, with its lines.

    RegistryError lists every problem of every file.
    """
    path = bundled_folder() if path is None else Path(path)
    files = registry_files(path)
    if not files:
        return Registry.load(path), Places()  # it says what is wrong
    sources = parse_sources(read_texts(files))
    return Registry.from_sources(sources, path=path), Places(sources)


def _lines(entity: yaml.MappingNode) -> Iterator[tuple[str, str, Node]]:
    """(key, text, node) of the entity itself, of its names and of its examples."""
    yield "", "", entity
    name = value_of(entity, "name")
    if isinstance(name, yaml.ScalarNode):
        yield ALIASES, name.value.strip(), name
    expect = value_of(entity, "expect")
    for key, value in (
        (ALIASES, value_of(entity, ALIASES)),
        (RESOLVE, _below(expect, RESOLVE)),
        (REJECT, _below(expect, REJECT)),
    ):
        for item in value.value if isinstance(value, yaml.SequenceNode) else ():
            text = _below(item, "text") if isinstance(item, yaml.MappingNode) else item
            if isinstance(text, yaml.ScalarNode):
                yield key, text.value.strip(), item


def _below(node: Node | None, key: str) -> Node | None:
    return value_of(node, key) if isinstance(node, yaml.MappingNode) else None
