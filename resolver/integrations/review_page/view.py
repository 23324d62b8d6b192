"""Items as the page shows them: short rows for the list of all, everything about one, and the search.

A row is a list in the order of `COLUMNS`, as ten thousand of them go out at once.
"""

from collections.abc import Iterable
from typing import Any

from resolver.review import Item, as_record

COLUMNS = ("key", "name", "type", "status", "count", "documents", "decision", "target", "settled", "note")


def row_of(item: Item) -> list[Any]:
    """An item of the list. `target` is what the decision speaks of, `settled` the mentions that it settles.

    >>> row_of(Item("osa-1", "Osa", "product", "unresolved", "", 3, 1, (("Osa", 3),)))
    ['osa-1', 'Osa', 'product', 'unresolved', 3, 1, None, '', 0, False]
    """
    judgement = item.judgement
    target = judgement.name or ", ".join(judgement.entities)
    has_note = judgement.note is not None
    return [
        item.key, item.name, item.type, item.status, item.count, item.documents,
        judgement.decision, target, _settled(item), has_note,
    ]  # fmt: skip


def details_of(item: Item) -> dict[str, Any]:
    """Everything about an item; the spellings and the excepted ones as lists, in their order."""
    record = as_record(item)
    return record | {"variants": [list(variant) for variant in item.variants], "except": list(item.judgement.except_)}


class Search:
    """Finds items by words in their names, spellings, places, candidates, notes and keys.

    The text of an item is put together when it is first searched and kept until the item is another one.
    """

    def __init__(self) -> None:
        self._texts: dict[str, tuple[Item, str]] = {}

    def positions(self, items: Iterable[Item], words: str) -> list[int]:
        """The positions of the items that hold every word, whatever its case."""
        wanted = words.casefold().split()
        return [number for number, item in enumerate(items) if all(word in self._text(item) for word in wanted)]

    def _text(self, item: Item) -> str:
        known = self._texts.get(item.key)
        if known is None or known[0] is not item:
            known = self._texts[item.key] = item, _searched(item)
        return known[1]


def _settled(item: Item) -> int:
    if item.judgement.decision in (None, "unsure"):
        return 0
    return item.count - sum(count for text, count in item.variants if text in item.judgement.except_)


def _searched(item: Item) -> str:
    """All that is searched, a line each; the «marks» around the name are not of the text."""
    texts = [item.key, item.name, item.judgement.name or "", item.judgement.note or "", *item.judgement.entities]
    texts += (text for text, _ in item.variants)
    texts += (part for snippet in item.snippets for part in (snippet.document, snippet.text))
    texts += (candidate.id for candidate in item.candidates)
    return "\n".join(texts).replace("«", "").replace("»", "").casefold()
