"""A queue for the tests of the review page: four names beside the tiny registry."""

from pathlib import Path

from resolver.review import Item, Queue, Snippet, Suggestion, save_queue

HOSTILE = '<script>alert("1")</script>\u202e&<b>'  # a name that a page must not obey


def item(key: str, *variants: tuple[str, int], status: str = "unresolved", candidates: tuple[str, ...] = ()) -> Item:
    """An item of the queue, with a place in a text and a candidate for each id."""
    name = variants[0][0]
    count = sum(number for _, number in variants)
    snippets = (Snippet("a.txt", 4, 4 + len(name), f"Yesterday «{name}» was in the news."),)
    suggested = tuple(Suggestion(entity_id, 0.5 - place / 10, "near") for place, entity_id in enumerate(candidates))
    return Item(key, name, "person", status, "no name is near", count, 1, variants, snippets, suggested)


def four_names() -> Queue:
    """Two candidates for the first, spellings to take out of the second, something hostile for the last."""
    return Queue(
        (
            item("osa-1", ("OSA", 9), ("Оса", 2), status="ambiguous", candidates=("product:osa", "organization:kupol")),
            item("syrskyi-2", ("Oleksandr Syrskyi", 5), ("Сирський", 2), ("Syrsky", 1)),
            item("lenin-street-3", ("Lenin Street", 3)),
            item("hostile-4", (HOSTILE, 1)),
        )
    )


def saved(path: Path) -> Path:
    """The path, with the four names in it."""
    save_queue(four_names(), path)
    return path
