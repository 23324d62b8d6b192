"""The registry: which entities there are, where they are written down, and which names they share.

What comes in is a folder of YAML or a sequence of entities; what goes out is an immutable collection with look-up by
id. Everything that not every caller needs (collisions, fingerprint, statistics) is computed when it is asked for.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resolver.errors import Problem, RegistryError, UnknownEntityError
from resolver.model import ALIAS_CASES, ALIAS_KINDS, ALIAS_MATCHES, ALIAS_REQUIRES, ENTITY_TYPES, Entity
from resolver.registry.nodes import line_of
from resolver.registry.reading import nearest
from resolver.registry.sources import Source, id_problems, parse_sources, read_texts, registry_files
from resolver.registry.writing import entity_data

_PACKAGE = Path(__file__).parents[1]
_CHOICES = {"kind": ALIAS_KINDS, "case": ALIAS_CASES, "match": ALIAS_MATCHES, "requires": ALIAS_REQUIRES}
_OPTIONAL = ("case", "match", "requires")  # of them, what may be left open


@dataclass(frozen=True, slots=True)
class Collision:
    """A spelling that several entities hold, with letter case and width folded away.

    entity_ids  two or more, sorted
    """

    text: str
    entity_ids: tuple[str, ...]


class Registry:
    """The entities that names may resolve to, and the strings that are never one.

    Make one with `Registry.load` or `Registry.from_entities`. Two registries are equal if they hold the same, in
    whatever order of entities and files.

    >>> registry = Registry.from_entities([Entity("product:osa", "Osa", "product", redirects=("product:9k33",))])
    >>> registry.get("product:9k33").name, "product:osa" in registry, len(registry)
    ('Osa', True, 1)
    """

    __slots__ = ("_by_id", "_fingerprint", "_places", "blocked", "entities", "path")

    entities: tuple[Entity, ...]
    blocked: tuple[str, ...]
    path: Path | None

    def __init__(
        self,
        entities: Iterable[Entity],
        *,
        blocked: Iterable[str] = (),
        path: Path | None = None,
        places: Mapping[str, tuple[Path, int]] | None = None,
    ) -> None:
        self.entities = tuple(entities)
        self.blocked = tuple(blocked)
        self.path = path
        self._places = dict(places or {})
        self._by_id = {entity.id: entity for entity in self.entities}
        for entity in self.entities:
            for old in entity.redirects:
                self._by_id[old] = entity
        self._fingerprint: str | None = None

    @classmethod
    def load(cls, path: str | Path | None = None) -> "Registry":
        """The registry of a folder of YAML files, or of one file; without a path the one that comes with this package.

        RegistryError lists every problem of every file.
        """
        path = bundled_folder() if path is None else Path(path)
        files = registry_files(path)
        if not files:
            raise RegistryError([Problem(str(path), 0, "no *.yaml file in this folder: add one, or check the path")])
        return cls.from_sources(parse_sources(read_texts(files)), path=path)

    @classmethod
    def from_entities(cls, entities: Iterable[Entity], *, blocked: Iterable[str] = ()) -> "Registry":
        """A registry of these entities, which may share aliases but no id.

        RegistryError says by position which ids are shared, and which types or properties of aliases do not exist.
        """
        entities = tuple(entities)
        registry = cls(entities, blocked=blocked)
        if problems := list(_choice_problems(entities)):
            raise RegistryError(problems)
        ids = len(entities) + sum(len(set(entity.redirects)) for entity in entities)
        if len(registry._by_id) != ids or "" in registry._by_id:
            raise RegistryError(_id_problems(entities))
        return registry

    @classmethod
    def from_sources(cls, sources: Iterable[Source], *, path: Path) -> "Registry":
        """The registry of files that were read without a problem."""
        entities: list[Entity] = []
        blocked: list[str] = []
        places: dict[str, tuple[Path, int]] = {}
        for source in sources:
            blocked += source.blocked
            for entity, node in source.entities:
                entities.append(entity)
                places[entity.id] = (source.path, line_of(node))
        return cls(entities, blocked=blocked, path=path, places=places)

    def get(self, entity_id: str) -> Entity:
        """The entity of an id, also of one that was merged into another; UnknownEntityError names similar ids."""
        try:
            return self._by_id[entity_id]
        except KeyError:
            similar = ", ".join(nearest(entity_id, self._by_id, limit=3))
            advice = f"did you mean {similar}?" if similar else "check the id"
            raise UnknownEntityError(f"no entity {entity_id!r} in the registry: {advice}") from None

    def where(self, entity_id: str) -> tuple[Path, int] | None:
        """The file and line of an entity, None if it was not read from a file or is unknown."""
        entity = self._by_id.get(entity_id)
        return self._places.get(entity.id) if entity else None

    def collisions(self) -> list[Collision]:
        """The folded names and aliases that several entities hold, sorted. They are no error: context may decide."""
        first: dict[str, str] = {}
        shared: dict[str, set[str]] = {}
        for entity in self.entities:
            for alias in entity.names:
                text = _fold(alias.text)
                other = first.setdefault(text, entity.id)
                if other != entity.id:
                    shared.setdefault(text, {other}).add(entity.id)
        return [Collision(text, tuple(sorted(ids))) for text, ids in sorted(shared.items())]

    def stats(self) -> dict[str, dict[str, int]]:
        """Counts: totals, entities by type, aliases by kind and by language ("" if none is given)."""
        aliases = [alias for entity in self.entities for alias in entity.aliases]
        return {
            "totals": {
                "entities": len(self.entities),
                "aliases": len(aliases),
                "blocked": len(self.blocked),
            },
            "types": _counts(entity.type for entity in self.entities),
            "kinds": _counts(alias.kind for alias in aliases),
            "langs": _counts(alias.lang or "" for alias in aliases),
        }

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the content, in hex. The order of entities and files does not matter, that of aliases does."""
        if self._fingerprint is None:
            import hashlib  # it loads OpenSSL, and few callers ask

            digest = hashlib.sha256(json.dumps(sorted(self.blocked)).encode())
            for entity in _by_id(self.entities):
                data = json.dumps(entity_data(entity), sort_keys=True)
                digest.update(b"\n" + data.encode())
            self._fingerprint = digest.hexdigest()
        return self._fingerprint

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self._by_id

    def __len__(self) -> int:
        return len(self.entities)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)

    def __eq__(self, other: object) -> bool:
        """Whether the fingerprints are equal, without making them."""
        if not isinstance(other, Registry):
            return NotImplemented
        if len(self) != len(other) or sorted(self.blocked) != sorted(other.blocked):
            return False
        return all(map(_holds_the_same, _by_id(self.entities), _by_id(other.entities)))

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        place = f" from {self.path}" if self.path else ""
        return f"<Registry of {len(self.entities)} entities{place}>"


def _by_id(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: entity.id)


def _holds_the_same(one: Entity, other: Entity) -> bool:
    """Whether the YAML of two entities holds the same."""
    return one == other or entity_data(one) == entity_data(other)


def _choice_problems(entities: Sequence[Entity]) -> Iterator[Problem]:
    """Types, and properties of aliases, that are none of their values: each once, by the first entity that has it."""
    first: dict[tuple[str, str | None], int] = {}
    for number, entity in enumerate(entities, 1):
        first.setdefault(("type", entity.type), number)
        for alias in entity.aliases:
            for name in _CHOICES:
                first.setdefault((name, getattr(alias, name)), number)
    for (name, value), number in first.items():
        choices = ENTITY_TYPES if name == "type" else _CHOICES[name]
        if value not in choices and not (value is None and name in _OPTIONAL):
            yield Problem("entities", number, f"'{name}' is {value!r}: choose one of {', '.join(choices)}")


def _id_problems(entities: Sequence[Entity]) -> list[Problem]:
    """What is wrong with the ids of entities that were read from no file, by their positions."""
    numbered = [("entities", number, entity) for number, entity in enumerate(entities, 1)]
    empty = [(place, n) for place, n, entity in numbered if "" in (entity.id, *entity.redirects)]
    return [Problem(*place, "an id is empty: give it one, or remove it") for place in empty] + id_problems(numbered)


def bundled_folder() -> Path:
    """The folder of the registry that comes with this package.

    In a wheel it lies inside the package, in a checkout beside pyproject.toml.
    """
    inside, beside = _PACKAGE / "aliases", _PACKAGE.parent / "aliases"
    if inside.is_dir():
        return inside
    if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    message = "this installation has no bundled registry: name a folder of YAML files"
    raise RegistryError([Problem(str(inside), 0, message)])


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    # Folding case can undo NFKC (U+0345 and others), hence the second pass.
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
