"""What an import would change: records and a registry come in, a change to look at goes out. Nothing is overwritten.

1. Each record is looked for in the registry (see `matching`). Where several entities fit, or one that is not sure, or
   where two entities of the file have names of the same one, the record is skipped.
2. A known entity gets the spellings it does not have; a spelling that another entity holds is a collision and left out.
   A record that nothing fits is a new entity.
3. The change is made of these, with where they come from. Made again from the same file it is empty.

A registry file has at most some megabytes: what does not fit goes into a second file of the type, and so on.
Known limit: an entity that is there keeps its identifiers, cues and notes; new identifiers are listed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count, takewhile
from typing import NamedTuple

from resolver.errors import Problem
from resolver.exchange.matching import Found, Names, advice, find_by_id, listed
from resolver.exchange.records import Intake, Record, merged
from resolver.model import Alias, Entity
from resolver.registry import Registry, RegistryChange
from resolver.registry.writing import entity_lines
from resolver.review.drafting import folded, slug

MAX_FILE = 24 * 2**20  # bytes of a file of new entities: well below what a registry reads, and still to be looked at


class Match(NamedTuple):
    """A record that is an entity of the registry: how that is known, in words, and the spellings that are new."""

    record: Record
    entity: Entity
    how: str
    aliases: tuple[Alias, ...]


@dataclass(slots=True)
class Plan:
    """What an import would change, and what it would not.

    change      ready to be shown and written
    new         entities that the registry does not have
    matches     records of entities that it has
    collisions  names that another entity holds, with where they stand
    skipped     what cannot be decided, with where it stands and what to do
    notes       what is left to do by hand
    """

    change: RegistryChange
    new: list[Entity] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    collisions: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def gains(self) -> list[Match]:
        """The records that give a known entity a spelling."""
        return [match for match in self.matches if match.aliases]


def plan_import(
    records: Iterable[Record], change: RegistryChange, intake: Intake, *, source: str, by: str, on: str
) -> Plan:
    """The plan of an import into the registry of an empty change.

    source  where it comes from, unless the file says so itself; by, on: who imports it, and the ISO day
    """
    planner = _Planner(change.result(), intake.path, source)
    for record in records:
        planner.add(record)
    return planner.plan(change, by=by, on=on)


class _Planner:
    """Collects the records first: what one of them means can depend on the others."""

    def __init__(self, registry: Registry, path: str, source: str) -> None:
        self.registry = registry
        self.path = path
        self.source = source
        # Folded name -> ids, those of the registry first: new entities come when all matches are known.
        self._holders: dict[str, dict[str, None]] = {}
        self._identified: dict[tuple[str, str], list[str]] = {}
        self._blocked = {folded(text) for text in registry.blocked}
        self._records: dict[str, list[Record]] = {}
        for entity in registry:
            self._hold(entity)

    def add(self, record: Record) -> None:
        """Take a record; one that came before in the file is joined to it."""
        self._records.setdefault(_key(record.entity), []).append(record)

    def plan(self, change: RegistryChange, *, by: str, on: str) -> Plan:
        """The plan of all that was added."""
        plan = Plan(change)
        new: list[Record] = []
        for record, found in self._decided():
            if found.why_not:
                plan.skipped.append(self._problem(record, found.why_not))
            elif found.entity is not None:
                plan.matches.append(self._match(record, found.entity, found.how, plan, by=by, on=on))
            elif record.entity.name:
                new.append(record)
            else:
                message = f"no name for {record.entity.id}: a new entity needs one"
                plan.skipped.append(self._problem(record, message))
        note = f"imported {on} by {by}"
        taken = {record.entity.id for record in new}
        for record in new:
            plan.new.append(self._new(record, plan, taken, note=note))
        self._change(plan)
        return plan

    def _decided(self) -> list[tuple[Record, Found]]:
        """Each record with what it means."""
        records = [Record(parts[0].line, merged([each.entity for each in parts])) for parts in self._records.values()]
        found = [find_by_id(record.entity, self.registry, self._identified) for record in records]
        names = Names(self.registry, {each.entity.id for each in found if each.entity}, self.source)
        decided = [
            (record, names.find(record.entity) if each.is_nothing and record.entity.name else each)
            for record, each in zip(records, found, strict=True)
        ]
        told_apart = [each.entity.id for record, each in decided if each.entity and _has_identity(record.entity)]
        by_name = Counter(told_apart)
        return [
            (record, self._rivalled(record, each) if each.entity and by_name[each.entity.id] > 1 else each)
            for record, each in decided
        ]

    def _rivalled(self, record: Record, found: Found) -> Found:
        """What is left of a match if other records of the file are the same entity, by their names."""
        if found.entity is None or found.how in ("id", "identifier") or not _has_identity(record.entity):
            return found
        message = f"another entity of the file is {found.entity.id} too: {advice(record.entity, found.entity.id)}"
        return Found(why_not=message)

    def _match(self, record: Record, known: Entity, how: str, plan: Plan, *, by: str, on: str) -> Match:
        entity = record.entity
        has = {folded(alias.text) for alias in known.names}
        aliases = []
        for alias in entity.names if entity.name else entity.aliases:
            if folded(alias.text) in has or not self._is_free(record, alias, known, plan):
                continue
            has.add(folded(alias.text))
            aliases.append(
                replace(alias, source=alias.source or self.source, added=alias.added or on, by=alias.by or by)
            )
        missing = [f"{scheme}: {value}" for scheme, value in entity.identifiers if not _has(known, scheme, value)]
        if missing:
            message = f"{known.id} has no {', '.join(missing)}: add it, or correct the other one, by hand"
            plan.notes.append(self._problem(record, message))
        match = Match(record, known, how, tuple(aliases))
        self._hold(replace(known, aliases=match.aliases))
        return match

    def _is_free(self, record: Record, alias: Alias, known: Entity, plan: Plan) -> bool:
        """Whether a known entity may get a spelling: nobody said that it is none, and no other entity has it."""
        key = folded(alias.text)
        if alias.text in known.never or key in self._blocked:
            why = "blocked" if key in self._blocked else f"under 'never' of {known.id}"
            plan.skipped.append(self._problem(record, f"{alias.text!r} is {why}: take it out there, or leave it"))
            return False
        others = [holder for holder in self._holders.get(key, ()) if holder != known.id]
        if others:
            message = f"{alias.text!r} of {known.id} is a name of {listed(others)}: left out"
            plan.collisions.append(self._problem(record, message))
        return not others

    def _new(self, record: Record, plan: Plan, taken: set[str], *, note: str) -> Entity:
        """The entity that a record becomes, without the aliases that are names of entities of the registry."""
        entity = record.entity
        aliases = []
        for alias in entity.aliases:
            held = list(takewhile(self.registry.__contains__, self._holders.get(folded(alias.text), ())))
            if held or folded(alias.text) in self._blocked:
                why = f"a name of {listed(held)}" if held else "blocked"
                message = f"{alias.text!r} of {entity.id or entity.name} is {why}: left out"
                plan.collisions.append(self._problem(record, message))
            elif alias.text not in entity.never:
                aliases.append(alias)
        holders = self._holders.get(folded(entity.name), {})
        if holders:
            message = f"{entity.name!r}, a new {entity.type}, is also a name of {listed(holders)}"
            plan.collisions.append(self._problem(record, message))
        made = replace(
            entity,
            id=entity.id or self._free_id(entity, taken),
            aliases=tuple(aliases),
            never=tuple(phrase for phrase in entity.never if phrase != entity.name),
            reject=tuple(text for text in entity.reject if text not in entity.resolve),
            redirects=tuple(self._free_redirects(record, plan, taken)),
            source=entity.source or self.source,
            note=entity.note or note,
        )
        taken.add(made.id)
        self._hold(made)
        return made

    def _free_redirects(self, record: Record, plan: Plan, taken: set[str]) -> Iterator[str]:
        for old in record.entity.redirects:
            if old in taken or old in self.registry:
                if old != record.entity.id:
                    plan.collisions.append(self._problem(record, f"the merged id {old!r} is that of another: left out"))
            else:
                taken.add(old)
                yield old

    def _free_id(self, entity: Entity, taken: set[str]) -> str:
        """An id of the type and the name, else with an identifier, else with a number."""
        base = f"{entity.type}:{slug(entity.name) or 'unnamed'}"
        values = (f"{base}-{slug(value)}" for _, value in entity.identifiers if slug(value))
        numbered = (f"{base}-{number}" for number in count(2))
        choices = chain((base,), values, numbered)
        return next(choice for choice in choices if choice not in taken and choice not in self.registry)

    def _change(self, plan: Plan) -> None:
        for match in plan.matches:
            for alias in match.aliases:
                plan.change.add_alias(match.entity.id, alias)
        files = _Files(plan.change, self.registry)
        for entity in plan.new:
            plan.change.add_entity(entity, files.file_for(entity))

    def _hold(self, entity: Entity) -> None:
        for alias in entity.names:
            self._holders.setdefault(folded(alias.text), {})[entity.id] = None
        for pair in entity.identifiers:
            self._identified.setdefault(pair, []).append(entity.id)

    def _problem(self, record: Record, message: str) -> Problem:
        return Problem(self.path, record.line, message)


class _Files:
    """Which file a new entity goes into: the one the change would choose, until it is full, and then a next one."""

    def __init__(self, change: RegistryChange, registry: Registry) -> None:
        self._folder = change.path if change.path.is_dir() else None
        self._sizes: dict[str, int] = {}
        self._numbers: Counter[str] = Counter()
        self._usual: dict[str, Counter[str]] = {}
        for entity in registry:
            place = registry.where(entity.id)
            if place:
                self._usual.setdefault(entity.type, Counter())[place[0].name] += 1

    def file_for(self, entity: Entity) -> str | None:
        """The name of the file, None to leave it to the change."""
        if self._folder is None:
            return None
        size = sum(len(line.encode()) + 1 for line in entity_lines(entity)) + 1
        while True:
            name = self._name(entity.type)
            if name not in self._sizes:
                path = self._folder / name
                self._sizes[name] = path.stat().st_size if path.is_file() else 0
            if not self._sizes[name] or self._sizes[name] + size <= MAX_FILE:
                self._sizes[name] += size
                return name
            self._numbers[entity.type] += 1

    def _name(self, type_: str) -> str:
        usual = self._usual.get(type_)
        first = min(usual, key=lambda name: (-usual[name], name)) if usual else f"{type_}.yaml"
        number = self._numbers[type_]
        stem, _, suffix = first.rpartition(".")
        return f"{stem}-{number + 1}.{suffix}" if number else first


def _has(entity: Entity, scheme: str, value: str) -> bool:
    return (scheme, value) in entity.identifiers


def _has_identity(entity: Entity) -> bool:
    """Whether the file tells an entity apart from others by more than its name."""
    return bool(entity.id or entity.identifiers)


def _key(entity: Entity) -> str:
    """What two records have in common if the file means one entity by them."""
    if entity.id or entity.identifiers:
        return entity.id or "\0".join(("", *entity.identifiers[0]))
    return f"\0{entity.type}\0{folded(entity.name)}"
