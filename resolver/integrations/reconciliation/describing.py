"""Entities and types in the few words that a list has room for, in a language that the reader prefers."""

from collections.abc import Iterable, Sequence

from resolver import Entity

_OTHERS = 3  # other names of an entity in its description
_MOST_RANGES = 20  # languages that a browser prefers; nobody reads more


def type_record(kind: str) -> dict[str, str]:
    """A type as both versions write it.

    >>> type_record("person")
    {'id': 'person', 'name': 'Person'}
    """
    return {"id": kind, "name": kind.capitalize()}


def description_of(entity: Entity, preferred: Sequence[str] = ()) -> str:
    """What tells an entity from its namesakes: its note, or else other names, those in a preferred language first.

    >>> from resolver import Alias
    >>> osa = Entity("product:osa", "Osa", "product", (Alias("9K33"), Alias("Оса", lang="uk")))
    >>> description_of(osa), description_of(osa, ["uk"])
    ('also 9K33, Оса', 'also Оса, 9K33')
    """
    if entity.note:
        return entity.note
    ranked = sorted(entity.aliases, key=lambda alias: _rank(alias.lang, preferred))
    others = list(dict.fromkeys(alias.text for alias in ranked if alias.text != entity.name))[:_OTHERS]
    return f"also {', '.join(others)}" if others else ""


def preferred_languages(header: str) -> list[str]:
    """The languages of an Accept-Language header, the most wanted first, without their regions.

    >>> preferred_languages("en;q=0.5, uk-UA, ru;q=0.9, *;q=0.1, x;q=nonsense")
    ['uk', 'ru', 'en']
    """
    ranges: list[tuple[float, str]] = []
    for part in header.split(",")[:_MOST_RANGES]:
        tag, _, quality = part.partition(";")
        language = tag.strip().partition("-")[0].lower()
        wanted = _quality(quality.strip().removeprefix("q="))
        if language.isascii() and language.isalpha() and wanted > 0:
            ranges.append((-wanted, language))
    return list(dict.fromkeys(language for _, language in sorted(ranges, key=lambda each: each[0])))


def _quality(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0


def _rank(lang: str | None, preferred: Iterable[str]) -> int:
    languages = list(preferred)
    return languages.index(lang) if lang in languages else len(languages)
