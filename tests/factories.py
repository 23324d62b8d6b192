"""Makes the values of the model for tests, with as few words as the test needs."""

from collections.abc import Iterable
from typing import Any

from resolver.model import Alias, Entity, Mention


def entity(name: str, *aliases: str | Alias, type: str = "person", id: str | None = None, **fields: Any) -> Entity:  # noqa: A002 (the names of the model)
    """An entity whose id is made of its type and its name; aliases may be plain strings.

    >>> entity("Osa", "9K33", type="product").id
    'product:osa'
    """
    made = f"{type}:{'-'.join(name.lower().split())}"
    return Entity(id or made, name, type, tuple(_aliases(aliases)), **fields)


def mention(text: str, **fields: Any) -> Mention:
    """A mention; a place that is not given is the start of a document."""
    return Mention(text, **fields)


def _aliases(aliases: Iterable[str | Alias]) -> Iterable[Alias]:
    return (Alias(alias) if isinstance(alias, str) else alias for alias in aliases)
