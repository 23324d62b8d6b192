"""What one registry says of its entities that another does not: what comes in are two, what goes out are words."""

from collections.abc import Iterator, Sequence

from resolver.model import Entity
from resolver.registry.registry import Registry

# Fields of an entity that decide what resolves to it; the others are for people.
_OTHERS = ("cues", "never")
_SHOWN = 5  # aliases of a change that are listed


def entity_differences(old: Registry, new: Registry) -> dict[str, tuple[str, ...]]:
    """Entity id -> what is different about it, in words. Only what decides what resolves to it counts.

    >>> from resolver.model import Alias
    >>> before = Registry.from_entities([Entity("product:osa", "Osa", "product", (Alias("9K33"),))])
    >>> after = Registry.from_entities([Entity("product:osa", "Osa", "product", (Alias("Оса"),))])
    >>> entity_differences(before, after)
    {'product:osa': ('alias «Оса» added', 'alias «9K33» removed')}
    """
    known = {entity.id: entity for entity in old}
    now = {entity.id: entity for entity in new}
    found: dict[str, tuple[str, ...]] = {}
    for entity_id in sorted(known.keys() | now.keys()):
        before, after = known.get(entity_id), now.get(entity_id)
        if before is None or after is None:
            found[entity_id] = ("entity removed" if after is None else "entity added",)
        elif differences := tuple(_differences(before, after)):
            found[entity_id] = differences
    return found


def _differences(old: Entity, new: Entity) -> Iterator[str]:
    before = {alias.text: alias for alias in old.aliases}
    after = {alias.text: alias for alias in new.aliases}
    for name in ("name", "type"):
        if getattr(old, name) != getattr(new, name):
            yield f"{name} {getattr(old, name)!r} → {getattr(new, name)!r}"
    yield from _listed([text for text in after if text not in before], "added")
    yield from _listed([text for text in before if text not in after], "removed")
    yield from _listed([text for text in before if before[text] != after.get(text, before[text])], "changed")
    yield from (f"{name} changed" for name in _OTHERS if getattr(old, name) != getattr(new, name))


def _listed(texts: Sequence[str], what: str) -> Iterator[str]:
    if texts:
        more = f" and {len(texts) - _SHOWN:,} more" if len(texts) > _SHOWN else ""
        named = ", ".join(f"«{text}»" for text in texts[:_SHOWN])
        yield f"alias{'es' if len(texts) > 1 else ''} {named}{more} {what}"
