"""Names that go on in small letters, as Slavic languages write those of institutions and places.

    Верховный суд, Evropske unije           an adjective with a capital, and the noun that it belongs to
    Партии регионов, Министерство обороны   a noun that governs a genitive
    Агенция по лекарствата                  the same over a preposition
    Министерство обороны Польши             the place or body at the end
    obwodzie kurskim                        a region, in Polish without any capital

Word endings tell where such a name ends; they are ambiguous, so a verb that looks like a genitive may be taken in.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from resolver.mentions.reading import Reading, Token, covers
from resolver.mentions.vocabulary import (
    SLAVIC,
    governing_kind,
    has_stem,
    is_name_of_place,
    rows,
    slavic_head,
    traits,
)

_LONGEST_BEFORE_HEAD = 3  # lower-case words behind the capitalised adjective of a name, with their noun
_LONGEST_TAIL = 7  # words behind a noun with a capital
_LONGEST_LOWER_TAIL = 2  # words behind one in small letters
# Endings of genitives, and of the past tenses and infinitives that share some of them.
_GENITIVE = {
    "ru": re.compile(r"(?:[аяыи]|[оеё]в|ей|ий|[оеи]?го|[оеы]й|[ыи]х)\Z"),
    "uk": re.compile(r"(?:[аяиіїую]|[іїє]в|ей|ого|ої|ньої|[иі]х|[^\W\d_]ь)\Z"),
    "be": re.compile(r"(?:[аяыіуў]|аў|яў|ага|яга|[ыі]х|ай|яй)\Z"),
    "pl": re.compile(r"(?:[ayiu]|ów|ych|ich|i?ego|i?ej)\Z"),
    "cs": re.compile(r"(?:[ueyiaíůé]|ého|ího|[ýí]ch|[sc]tví)\Z"),
    "sl": re.compile(r"(?:[aei]|[oe]v|[ie]h|ega|ij|[^\W\d_]ev)\Z"),
    "sr": re.compile(r"(?:[aeiаеи]|og|eg|oga|ih|ог|ег|ога|их)\Z"),
}
_VERB = {
    "ru": re.compile(r"(?:[аеиуыяо]л[аи]|л[аи]сь|[тл]ся|[аеиуыя]ть)\Z"),
    "uk": re.compile(r"(?:[аеиіуїяо]л[аи]|л[аи]ся|[ьв]ся|[аи]ти)\Z"),
    "be": re.compile(r"(?:[аеіуыяо]л[аі]|л[аі]ся)\Z"),
    "pl": re.compile(r"(?:ł[ayio]?|l[i])\Z"),
    "cs": re.compile(r"(?:[aeiuyáí]l[aiyo]?|uje|ují)\Z"),
    "sl": re.compile(r"(?:l[aieo]?|uje|[aei]jo)\Z"),
    "sr": re.compile(r"(?:[aeiu]l[aieo]|uje|[aei]ju|[аеиу]л[аиео]|ује)\Z"),
}
_LONGEST_BEFORE_UNIT = 4  # adjectives between its number and its noun
_ORDINAL = re.compile(r"\d{1,4}-[^\W\d_]{1,3}\Z")
_REGION = re.compile(r"[^\W\d_]{2,}(?:[sc]|dz)ki(?:m|ego|emu)?")  # the adjective of a region: kurski
_SEPARATE = re.compile(r"ок?рем(?:а|у|ої|ій|ою|ий|ого|ому|им)\Z")  # окрема, "separate", in any case
_ACRONYM = re.compile(r" \([A-ZА-ЯЁЄІЇҐ]{2,8}[),]")  # of the name before it


class Phrase(NamedTuple):
    """Where a name ends that goes on in small letters, and its kind; `closed` by a capital or by its acronym."""

    end: int
    kind: str | None
    closed: bool


def phrase_from(reading: Reading, piece: list[Token]) -> Phrase | None:
    """The rest of a name whose last capitalised words these are; None if it goes on in no way that is known.

    >>> text = "Бывший член Партии регионов не был в Польше."
    >>> phrase = phrase_from(reading := Reading(text, ()), [reading.tokens[2]])
    >>> text[reading.words[2].start : phrase.end], phrase.kind
    ('Партии регионов', 'organization')
    """
    last = piece[-1]
    if reading.lang not in SLAVIC or len(piece) > 1 or last.joiner:
        return None
    kind = governing_kind(last.text)
    phrase = _phrase(reading, last, last.at, kind) if kind else None
    if phrase is None and last.traits.adjective and not is_name_of_place(last.text):
        head = _head_behind(reading, last)
        phrase = _phrase(reading, last, head, slavic_head(reading.surfaces[head])) if head else None
    return phrase


def _phrase(reading: Reading, first: Token, head: int, kind: str | None) -> Phrase | None:
    at, closed = _tail(reading, head)
    closed = closed or bool(_ACRONYM.match(reading.text, reading.words[at].end))
    if head > first.at and not closed:
        at = head
    end = reading.words[at].end
    if at == first.at or covers(reading.barred, first.end, end):
        return None
    return Phrase(end, kind, closed)


def units(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """The start, end and kind of military units that begin with a number, in Slavic texts, which write them small.

    >>> reading = Reading("На заході стоїть 72-га окрема механізована бригада, яка не має назви.", ())
    >>> [reading.text[start:end] for start, end, _ in units(reading)]
    ['72-га окрема механізована бригада']
    """
    numbers = {surface for surface in reading.counts if surface[0].isdecimal() and _ORDINAL.match(surface)}
    if reading.lang not in SLAVIC or not numbers:
        return
    for at, word in enumerate(reading.words):
        noun = _unit_noun(reading, at) if word.text in numbers else None
        if noun and not covers(reading.barred, word.start, reading.words[noun].end):
            yield word.start, reading.words[_tail(reading, noun)[0]].end, "organization"


def regions(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """The start, end and kind of regions in Polish, which writes them small: a noun and the adjective behind it.

    >>> reading = Reading("Walki trwają w obwodzie kurskim, a w obwodzie zamkniętym nie.", (), lang="pl")
    >>> [reading.text[start:end] for start, end, _ in regions(reading)]
    ['obwodzie kurskim']
    """
    if reading.lang != "pl":
        return
    for at, (word, adjective) in enumerate(pairwise(reading.words)):
        if not (_REGION.fullmatch(adjective.text) and reading.is_spaced(at) and has_stem(word.text, "region.stem")):
            continue
        if not covers(reading.barred, word.start, adjective.end):
            yield word.start, adjective.end, "location"


def _unit_noun(reading: Reading, ordinal: int) -> int | None:
    """The index of the noun of a unit, behind its number and adjectives."""
    for at in range(ordinal + 1, ordinal + 2 + _LONGEST_BEFORE_UNIT):
        if not reading.is_spaced(at - 1):
            return None
        if has_stem(reading.surfaces[at], "unit.stem"):
            return at
        if not (traits(reading.surfaces[at], reading.lang).adjective or _SEPARATE.search(reading.surfaces[at])):
            return None
    return None


def _head_behind(reading: Reading, adjective: Token) -> int | None:
    """The index of the lower-case noun that an adjective with a capital belongs to."""
    for at in range(adjective.at + 1, adjective.at + 1 + _LONGEST_BEFORE_HEAD):
        if not reading.is_spaced(at - 1) or not reading.surfaces[at].islower():
            return None
        known = traits(reading.surfaces[at], reading.lang)
        if not known.function and slavic_head(reading.surfaces[at]):
            return at
        if known.function or not known.adjective or _is_verb(reading.surfaces[at], reading.lang):
            return None
    return None


def _tail(reading: Reading, head: int) -> tuple[int, bool]:
    """The index of the last word of a name behind its noun, and whether that word has a capital."""
    last = at = head
    governed = False  # a preposition stands before: any case may follow
    lower = reading.surfaces[head].islower()
    longest = _LONGEST_LOWER_TAIL if lower else _LONGEST_TAIL
    while at - head <= longest and (reading.is_spaced(at) or _is_listed(reading, at, head)):
        at += 1
        surface = reading.surfaces[at]
        if not surface.islower():
            goes_on = last > head or governed or (lower and reading.lang != "bg")
            closing = _closing(reading, at) if goes_on else None
            return (closing, True) if closing else (last, False)
        if surface in rows()["phrase.and"] and last == at - 1 > head:
            continue
        if not lower and surface in rows().get(f"phrase.over.{reading.lang}", ()) and last == at - 1:
            governed = True
            continue
        known = traits(surface, reading.lang)
        if known.function or not (governed or _is_genitive(surface, reading.lang)):
            break
        if not known.adjective or _is_genitive(surface, reading.lang):
            last = at
        governed = governed and known.adjective
    return last, False


def _is_listed(reading: Reading, at: int, head: int) -> bool:
    """Whether a comma stands behind a genitive of a list that "and" ends: экономики, торговли и промышленности."""
    if at == head or at + 2 >= len(reading.words) or reading.gap(at) != ", ":
        return False
    return _is_genitive(reading.surfaces[at + 1], reading.lang) and reading.surfaces[at + 2] in rows()["phrase.and"]


def _is_genitive(word: str, lang: str | None) -> bool:
    if lang not in _GENITIVE:
        return False
    return word in rows()["phrase.genitive"] or bool(_GENITIVE[lang].search(word) and not _is_verb(word, lang))


def _is_verb(word: str, lang: str | None) -> bool:
    return word in rows()["phrase.verb"] or bool(lang in _VERB and _VERB[lang].search(word))


def _closing(reading: Reading, at: int) -> int | None:
    """The index of the last word of the place or body that ends the name: обороны Польши, práv Evropské unie."""
    token = reading.tokens.get(at)
    if token is None:
        return None
    if is_name_of_place(token.text) or token.traits.capitals:
        return at
    headed = token.traits.adjective and reading.is_spaced(at) and slavic_head(reading.surfaces[at + 1])
    return at + 1 if headed else None
