"""What a reader hands on: an entity as a file states it, checked, with the line it stands on.

1. A reader makes raw values into texts, aliases and ids with an `Intake`, which notes all that is wrong with its line.
2. `gather` joins the parts of one entity that stand one below the other.

A value that cannot be used is left out and listed; the rest of its row goes on.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from resolver.errors import Problem
from resolver.model import ALIAS_CASES, ALIAS_KINDS, ALIAS_MATCHES, ALIAS_REQUIRES, ENTITY_TYPES, Alias, Entity
from resolver.registry.keys import LANGUAGE_OF_COUNTRY

MAX_TEXT = 1000  # characters of a name, an id or a phrase; the longest legal names have some 300
MAX_NOTE = 10_000
MAX_NAMES = 1000  # of one entity: Wikidata has some 400 languages
UNKNOWN = "other"  # the type of an entity whose file does not tell it; it fits every type

# What no name has: controls, separators of lines, lone surrogates, byte-order marks, and directional overrides, which
# make a name read as another one.
_UNCLEAN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\r\n]+")
_UNCLEAN_IN_NOTE = re.compile(r"(?![\t\n])" + _UNCLEAN.pattern)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-_]+)?", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CHOICES = {"kind": ALIAS_KINDS, "case": ALIAS_CASES, "match": ALIAS_MATCHES, "requires": ALIAS_REQUIRES}


@dataclass(frozen=True, slots=True)
class Record:
    """An entity as a file states it. Its id is "" where the file gives none, its name where only other rows have it."""

    line: int
    entity: Entity


class Intake:
    """Checks the values of one file, and collects what is wrong with it.

    problems   each with its line and what to do
    ignored    how many rows hold nothing that a registry has, by what they are
    """

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)
        self.problems: list[Problem] = []
        self.ignored: Counter[str] = Counter()

    def report(self, line: int, message: str) -> None:
        """Note what is wrong on a line."""
        self.problems.append(Problem(self.path, line, message))

    def text(self, line: int, value: object, what: str) -> str:
        """A value as one line, "" if it is empty or cannot be used; tabs and line ends become spaces."""
        if not isinstance(value, str):
            if value is not None:
                self.report(line, f"{what} is no text: write one in quotes")
            return ""
        text = value if value.isprintable() else _BREAKS.sub(" ", value)
        return self._checked(line, text.strip(), what, _UNCLEAN, MAX_TEXT)

    def note(self, line: int, value: object) -> str | None:
        """A longer text, which may have several lines."""
        text = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
        return self._checked(line, text, "the note", _UNCLEAN_IN_NOTE, MAX_NOTE) or None

    def id(self, line: int, value: object) -> str:
        """An id, "" if there is none or it cannot be one: it may become a part of a path."""
        text = self.text(line, value, "the id")
        if "\\" in text or {"..", "."} & set(text.split("/")):
            self.report(line, f"the id {text!r} leads out of a folder: choose one without backslashes and dots alone")
            return ""
        return text

    def type(self, line: int, value: object, entity_id: str = "") -> str:
        """A type of the model; what is not given is taken from an id such as `person:x`, else unknown."""
        text = self.text(line, value, "the type").lower()
        if text in ENTITY_TYPES:
            return text
        if text:
            self.report(line, f"{text!r} is no type: write one of {', '.join(ENTITY_TYPES)}")
        return type_of_id(entity_id)

    def lang(self, line: int, value: object) -> str | None:
        """The language of a tag such as `ru`, `zh-Hant` or `sr_Latn`, without its script or country."""
        text = self.text(line, value, "the language")
        if not text or text.lower() in ("mul", "und", "zxx"):
            return None
        found = _LANGUAGE.fullmatch(text)
        code = found[1].lower() if found else ""
        if code in LANGUAGE_OF_COUNTRY:
            self.report(line, f"{text!r} is a country, and the language left out: {LANGUAGE_OF_COUNTRY[code]!r} is one")
            return None
        if not code:
            self.report(line, f"the language {text!r} is left out: write a code of ISO 639 such as ru, uk, en")
        return code or None

    def alias(self, line: int, text: object, **about: object) -> Alias | None:
        """An alias; the details are those of `Alias`. None without a usable text."""
        name = self.text(line, text, "the name")
        if not name:
            return None
        details: dict[str, str | None] = {}
        for key, value in about.items():
            if value is None or value == "":
                continue
            if key == "lang":
                details[key] = self.lang(line, value)
            elif key in _CHOICES:
                details |= self._choice(line, key, value)
            elif key in ("from_", "until", "added"):
                details[key] = self._day(line, key.rstrip("_"), value)
            else:
                details[key] = self.note(line, value) if key == "note" else self.text(line, value, key) or None
        alias = replace(Alias(name), **details)  # type: ignore[arg-type]  # the kind is never None
        if alias.from_ and alias.until and alias.from_ > alias.until:
            self.report(line, f"'from' {alias.from_} is after 'until' {alias.until}: both are left out")
            return replace(alias, from_=None, until=None)
        return alias

    def record(
        self, line: int, entity_id: object, name: object, type_: str, names: Iterable[Alias | None] = (), **more: object
    ) -> Record:
        """A record of cleaned values: spellings that come twice, and those that are the name, come once."""
        canonical = self.text(line, name, "the name")
        known: dict[str, Alias] = {}
        for alias in names:
            if alias is not None and alias.text != canonical:
                known.setdefault(alias.text, alias)
        if len(known) > MAX_NAMES:
            self.report(line, f"{len(known):,} names: only the first {MAX_NAMES:,} are read")
        clean_id = self.id(line, entity_id)
        entity = Entity(clean_id, canonical, type_, tuple(known.values())[:MAX_NAMES])
        return Record(line, replace(entity, **more))  # type: ignore[arg-type]  # checked by the readers

    def texts(self, line: int, values: object, what: str) -> tuple[str, ...]:
        """The usable texts of a list, each once."""
        items = values if isinstance(values, list | tuple) else [values]
        return tuple(dict.fromkeys(text for value in items if (text := self.text(line, value, what))))

    def pairs(self, line: int, pairs: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
        """Identifiers, the first of each scheme: a registry has one."""
        found: dict[str, str] = {}
        for scheme, value in pairs:
            name, text = self.text(line, scheme, "the scheme"), self.text(line, value, f"identifier {scheme!r}")
            if name and text:
                found.setdefault(name, text)
        return tuple(found.items())

    def _checked(self, line: int, text: str, what: str, unclean: re.Pattern[str], longest: int) -> str:
        found = None if text.isascii() and text.isprintable() else unclean.search(text)
        if found:
            self.report(line, f"{what} holds the character U+{ord(found[0]):04X}: remove it")
        elif len(text) > longest:
            self.report(line, f"{what} has {len(text):,} characters, over {longest:,}: shorten it")
        else:
            return text
        return ""

    def _choice(self, line: int, key: str, value: object) -> dict[str, str | None]:
        text = self.text(line, value, key)
        if text in _CHOICES[key]:
            return {key: text}
        if text:
            self.report(line, f"{key} is {text!r}, which is left out: write one of {', '.join(_CHOICES[key])}")
        return {}

    def _day(self, line: int, key: str, value: object) -> str | None:
        text = self.text(line, value, key)
        if not text:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
        self.report(line, f"{key} is {text!r}, which is left out: write a day that exists as YYYY-MM-DD")
        return None


def type_of_id(entity_id: str) -> str:
    """The type that an id such as `person:x` begins with, else unknown.

    >>> type_of_id("product:osa"), type_of_id("Q42")
    ('product', 'other')
    """
    prefix = entity_id.partition(":")[0]
    return prefix if prefix in ENTITY_TYPES else UNKNOWN


def gather(records: Iterable[Record]) -> Iterator[Record]:
    """The records, those of one id that stand one below the other as one."""
    parts: list[Record] = []
    for record in records:
        if parts and (not record.entity.id or record.entity.id != parts[0].entity.id):
            yield Record(parts[0].line, merged([part.entity for part in parts]))
            parts.clear()
        parts.append(record)
    if parts:
        yield Record(parts[0].line, merged([part.entity for part in parts]))


def merged(entities: list[Entity]) -> Entity:
    """What several statements on one entity say together: the first name, type, source and note, and all the rest."""
    if len(entities) == 1:
        return entities[0]
    first = entities[0]
    name = next((entity.name for entity in entities if entity.name), "")
    spelt = [alias for entity in entities for alias in (*_name_of(entity), *entity.aliases) if alias.text != name]
    aliases: dict[str, Alias] = {}
    for alias in spelt:
        aliases.setdefault(alias.text, alias)
    identifiers: dict[str, str] = {}
    for scheme, value in (pair for entity in entities for pair in entity.identifiers):
        identifiers.setdefault(scheme, value)
    return replace(
        first,
        name=name,
        type=next((entity.type for entity in entities if entity.type != UNKNOWN), first.type),
        aliases=tuple(aliases.values())[:MAX_NAMES],
        identifiers=tuple(identifiers.items()),
        redirects=_all(entities, "redirects"),
        cues=_all(entities, "cues"),
        never=_all(entities, "never"),
        resolve=_all(entities, "resolve"),
        reject=_all(entities, "reject"),
        source=next((entity.source for entity in entities if entity.source), None),
        note=next((entity.note for entity in entities if entity.note), None),
    )


def _name_of(entity: Entity) -> tuple[Alias, ...]:
    return (Alias(entity.name),) if entity.name else ()


def _all(entities: list[Entity], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for entity in entities for text in getattr(entity, field)))
