"""Ids and names that are not what they seem: what comes in is a registry, what goes out are findings R025, R033, R034.

1. Two ids that look the same and are not (`seen`): who reads a diff takes the one for the other.
2. An id that holds what nobody who types it would write: look-alike letters, characters that are not seen, or letters
   and accents apart (Unicode's NFD).
3. A name that holds characters which are not seen. Matching passes over them, but people search and compare by them.

A registry that comes from somebody else may hold any of them on purpose. See Unicode Technical Standard 39.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from resolver.checks.findings import Finding, finding
from resolver.checks.reading import Places
from resolver.language.romanization import LOOK_ALIKES
from resolver.registry import Registry

# Greek letters that look Latin, by the confusables of Unicode; the Cyrillic ones are those of the matcher.
_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορ", "ABEZHIKMNOPTYXaivop")
_TO_LATIN = LOOK_ALIKES | _GREEK
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile("[A-Za-z]")
# Joiners and marks of direction that Persian, Arabic, Hebrew and Indic names need; the soft hyphen of printed texts.
_NEEDED_IN_NAMES = frozenset("\u00ad\u061c\u200c\u200d\u200e\u200f")
_SHOWN = 3  # characters that a message names


def character_findings(registry: Registry, places: Places) -> Iterator[Finding]:
    """What is odd about the characters of ids and names, in the order of the registry."""
    yield from _confusable_ids(registry, places)
    for entity in registry:
        if not entity.id.isascii():
            yield from _odd_id(entity.id, places)
        for alias in entity.names:
            hidden = [char for char in _hidden(alias.text) if char not in _NEEDED_IN_NAMES]
            if hidden:
                message = f"«{alias.text}» holds what is not seen: {_named(hidden)}"
                place = places.name(entity.id, alias.text)
                yield finding("R034", place, message, entity_id=entity.id, text=alias.text)


def seen(text: str) -> str:
    """What an eye makes of a text: equal for texts that cannot be told apart.

    >>> seen("person:ivanov") == seen("person:iv\u0430n\u200bov"), seen("product:t-72") == seen("product:t-72b")
    (True, False)
    """
    if text.isascii():
        return text.lower()
    shown = "".join(char for char in unicodedata.normalize("NFKC", text) if not _is_hidden(char))
    return shown.translate(_TO_LATIN).casefold()


def _confusable_ids(registry: Registry, places: Places) -> Iterator[Finding]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entity in registry:
        for written in (entity.id, *entity.redirects):
            groups[seen(written)].append((written, entity.id))
    for first, *others in groups.values():
        for written, entity_id in others:
            if entity_id != first[1]:
                differing = _named([char for char in written if char not in first[0]]) or "capitals, or their order"
                message = f"the id {written} looks like {first[0]}, and is another one: {differing}"
                yield finding(
                    "R025",
                    places.entity(entity_id),
                    message,
                    entity_id=entity_id,
                    text=written,
                    related=[places.entity(first[1])],
                )


def _odd_id(entity_id: str, places: Places) -> Iterator[Finding]:
    mixed = [
        char for word in _WORD.findall(entity_id) if _LATIN.search(word) for char in word if ord(char) in _TO_LATIN
    ]
    decomposed = [char for char in entity_id if unicodedata.combining(char)]
    is_composed = unicodedata.is_normalized("NFC", entity_id)
    odd = [*_hidden(entity_id), *mixed, *(() if is_composed else decomposed)]
    if odd or not is_composed:
        message = f"the id {entity_id} is not what it seems: {_named(odd) or 'it is not in NFC'}"
        yield finding("R033", places.entity(entity_id), message, entity_id=entity_id)


def _hidden(text: str) -> list[str]:
    return [] if text.isprintable() else [char for char in text if _is_hidden(char)]


def _is_hidden(char: str) -> bool:
    """Whether nothing is seen of a character, or nobody knows what: format, private use, and what is no character."""
    category = unicodedata.category(char)
    return category in ("Cf", "Co", "Cs") or (category == "Cn" and _is_no_character(ord(char)))


def _is_no_character(code: int) -> bool:
    """One of the 66 code points that are promised never to be a character."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _named(chars: list[str]) -> str:
    """The characters by number and name, the first few of them."""
    distinct = list(dict.fromkeys(chars))
    shown = [f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip() for char in distinct[:_SHOWN]]
    more = [f"{len(distinct) - _SHOWN} more"] if len(distinct) > _SHOWN else []
    return ", ".join([*shown, *more])
