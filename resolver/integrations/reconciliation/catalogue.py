"""The properties of entities, which can be fetched and which a query can name as conditions.

identifiers.<scheme>   an id elsewhere: one that agrees settles who is meant, another one speaks against
alias                  another name of it, in whatever spelling
name, type, cue, note  as the registry has them
context, lang          of a query alone: text around the name, and what it is written in
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from resolver import Entity

IDENTIFIERS = "identifiers."
ALIAS, CONTEXT, LANG = "alias", "context", "lang"

Value = tuple[str, str | None]  # a text, and the language that it is written in if that is known
Values = Callable[[Entity], Iterable[Value]]


@dataclass(frozen=True, slots=True)
class Property:
    """One property.

    description  what it means, for somebody who maps a column to it
    values       the values of an entity; None if it is a property of queries alone
    """

    id: str
    name: str
    description: str
    values: Values | None = None


def _plain(texts: Iterable[str | None]) -> Iterable[Value]:
    return [(text, None) for text in texts if text]


FIXED = (
    Property("name", "name", "The canonical name", values=lambda entity: _plain([entity.name])),
    Property("type", "type", "What the entity is: a person, a product and so on", values=lambda e: _plain([e.type])),
    Property(
        ALIAS,
        "alias",
        "Another name of the entity, in whatever spelling",
        values=lambda entity: [(alias.text, alias.lang) for alias in entity.aliases],
    ),
    Property(CONTEXT, "context", "Text around the name, read for cues"),
    Property(LANG, "language", "Language of the name: uk, ru, en and so on"),
    Property("cue", "cue", "Words that stand near the entity in texts", values=lambda entity: _plain(entity.cues)),
    Property("note", "note", "What curators say about the entity", values=lambda entity: _plain([entity.note])),
)


def catalogue_of(schemes: Iterable[str]) -> dict[str, Property]:
    """The properties by id, where entities have identifiers of these schemes.

    >>> list(catalogue_of(["wikidata"]))
    ['name', 'type', 'alias', 'identifiers.wikidata', 'context', 'lang', 'cue', 'note']
    """
    own = [_identifier(scheme) for scheme in sorted(set(schemes))]
    return {each.id: each for each in (*FIXED[:3], *own, *FIXED[3:])}


def identifiers_of(entity: Entity, scheme: str) -> list[str]:
    """The ids that an entity has elsewhere.

    >>> identifiers_of(Entity("product:osa", "Osa", "product", identifiers=(("wikidata", "Q1"),)), "wikidata")
    ['Q1']
    """
    return [value for known, value in entity.identifiers if known == scheme]


def _identifier(scheme: str) -> Property:
    return Property(
        f"{IDENTIFIERS}{scheme}",
        f"{scheme} id",
        f"The id of the entity in {scheme}: one that agrees settles who is meant",
        values=lambda entity: _plain(identifiers_of(entity, scheme)),
    )
