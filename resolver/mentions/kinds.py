"""The kind of a name that is found by its shape: person, organization, location, product, event, or None."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from resolver.language.romanization import fold, romanize
from resolver.mentions.reading import Offsets, Reading, Token
from resolver.mentions.runs import JOINERS
from resolver.mentions.vocabulary import is_certain_surname, is_latin, is_name_of_place, kind_beside, plain, rows


@dataclass(frozen=True, slots=True)
class Span:
    """A proper name in a text: `text[start:end]`, with a guess of its kind where something tells it.

    kind     "person", "organization", "location", "product", "event" or None
    proper   those of its words whose capital nothing but a name explains: not the first ones of "Dear Mr Ivanov"
    """

    start: int
    end: int
    text: str
    kind: str | None = None
    proper: tuple[Offsets, ...] = ()


def kind_of_piece(reading: Reading, piece: list[Token], titled: bool) -> str | None:
    """The kind of a name: by a head noun, a legal form, the shape of a person's name, a known place, a noun beside it.

    `titled`: an office stands before it.
    """
    core = next((at for at, token in enumerate(piece) if token.text in JOINERS), len(piece))
    known = [token.traits for token in piece[:core]]  # "Hero" of Hero of Ukraine
    first, last = piece[0], piece[-1]
    heads = [token.head for token in known if token.head]
    if heads:
        return known[-1].head or heads[0]
    if _has_legal_form(piece):
        return "organization"
    if _is_person(reading, piece, titled):
        return "person"
    for kind in ("organization", "event"):
        if len(piece) > 1 and plain(last.text) in rows()[f"head.last.{kind}"]:
            return kind
    if plain(first.text) in rows()["head.location.before"] and len(piece) > 1:
        return "location"
    if any(token.designation for token in known):
        return "product"
    if any(token.place for token in known) or (len(piece) == 1 and is_name_of_place(first.text)):
        return "location"
    beside = _kind_beside(reading, first.at - 1, last.at)
    return beside or ("person" if titled and not last.traits.capitals else None)  # the president of the USA


def _has_legal_form(piece: list[Token]) -> bool:
    """Whether a legal form stands before or behind: ОАО, Ltd, AG, S.A."""
    first, last = plain(piece[0].text), plain(piece[-1].text)
    dotted = ".".join(plain(token.text) for token in piece[-2:])
    capitals = piece[-1].traits.capitals and last in rows()["legal.after.capitals"]
    return first in rows()["legal"] or (len(piece) > 1 and (capitals or bool({last, dotted} & rows()["legal.after"])))


def _is_person(reading: Reading, piece: list[Token], titled: bool) -> bool:
    first, last = piece[0], piece[-1]
    if len(piece) < 2:
        return is_certain_surname(last.text)
    initials = len(first.text) == 1 and reading.words[first.at].dot and len(last.text) > 1
    surnamed = len(piece) == 2 and is_certain_surname(last.text) and not (first.traits.capitals or first.traits.place)
    return first.traits.given or initials or surnamed or (titled and len(piece) < 4)


def _kind_beside(reading: Reading, before: int, last: int) -> str | None:
    """The kind that a noun beside the name tells: behind it in English, before it in Slavic languages."""
    if reading.lang in {"en", None}:
        return kind_beside(reading.surfaces[last + 1]) if reading.is_spaced(last) else None
    if not reading.is_spaced(before):
        return None
    noun = reading.surfaces[before]  # of the same script, if it has a capital: not "Times" before a Russian name
    beside = noun.islower() or is_latin(noun) == is_latin(reading.surfaces[before + 1])
    return kind_beside(plain(noun)) if beside else None


def with_surnames(spans: Sequence[Span]) -> list[Span]:
    """The spans, where a bare surname of somebody who is named in full is a person too, in any case form."""
    full = {_surname_key(span) for span in spans if span.kind == "person" and " " in span.text}
    return [replace(span, kind="person") if span.kind is None and _is_form(span, full) else span for span in spans]


def _surname_key(span: Span) -> str:
    return fold(romanize(plain(span.text.split()[-1])) or "")


def _is_form(span: Span, surnames: Set[str]) -> bool:
    """Whether a name of one word is one of the surnames or a case form of one: Lema of Lem."""
    if not surnames or " " in span.text:
        return False
    key = _surname_key(span)
    return key in surnames or any(key[: -cut or None] in surnames for cut in _CASE_ENDINGS if len(key) - cut > 2)


_CASE_ENDINGS = (1, 2)  # letters that a case adds to a surname that ends in a consonant
