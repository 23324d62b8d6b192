"""Makes the values of the model for tests, with as few words as the test needs."""

from collections.abc import Iterable
from typing import Any

from resolver.model import Alias, Entity, Mention
from resolver.review import Item, Judgement, Snippet


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


def item(*texts: str, key: str = "name-1", **judgement: Any) -> Item:
    """An item of a queue with these spellings, each seen once in a document of its own, and with this judgement."""
    snippets = tuple(Snippet(f"{number}.txt", 0, len(text), f"«{text}» said") for number, text in enumerate(texts))
    variants = tuple((text, 1) for text in texts)
    decided = Judgement(line=7, **judgement)
    return Item(key, texts[0], None, "unresolved", "", len(texts), 1, variants, snippets, judgement=decided)
