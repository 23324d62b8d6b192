"""Running text -> spans of proper names that are found by their shape alone, without any registry.

1. The text is cut into words; regions without names and spans that are `taken` are barred (`segments`, `reading`).
2. Names that signs set apart are taken whole: ОАО «Купол», «Астра», trud.bg (`quoted`).
3. Runs of capitalised words are collected (`runs`).
4. A run is cut at offices, between a country or acronym and the person behind it, and trimmed: "US President Donald
   Trump" -> "US", "Donald Trump".
5. In Slavic languages, a name may go on in small letters: "Министерство обороны Польши" (`phrases`).
6. What is left is a name if it says more than common words do; at the start of a sentence, where every word has a
   capital, it needs evidence from elsewhere in the text or from its own form. German writes all nouns with capitals:
   there, a word that is in the table of frequent words, or made of two such, is no name.
7. In headings, where English capitals are a matter of style, only names of the body and clear forms (NATO, F-16, Iran)
   count; so in those in capitals of any language.
8. A head noun, a legal form, a given name, a place or a noun beside it tells the kind of a name (`kinds`).

Known limits: scripts without capitals; lower-case names ("brexit"); German names that are common words (Bauer, Deutsche
Bahn) and rare German nouns; French names behind a capital article (L'Ukraine); an adjective or a rare noun
at the start of a sentence ("Katolička Asia Bibi") stays with the name behind it; a short text in Serbian or Belarusian
may be read as in a neighbouring language.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from resolver.mentions.kinds import Span, kind_of_piece, with_surnames
from resolver.mentions.phrases import Phrase, phrase_from, regions, units
from resolver.mentions.quoted import SITE_ENDING, numbered_names, quoted_names, sites
from resolver.mentions.reading import Offsets, Reading, Token, covers, stem
from resolver.mentions.runs import is_linked, runs
from resolver.mentions.segments import masked
from resolver.mentions.vocabulary import (
    CYRILLIC,
    SLAVIC,
    Traits,
    governing_kind,
    is_adjective_of_place,
    is_frequent,
    is_german_word,
    is_latin,
    is_name_of_place,
    plain,
    rows,
    traits,
)


def unknown_names(text: str, *, taken: Sequence[Offsets] = ()) -> list[Span]:
    """The proper names outside the `taken` spans, in text order and apart from each other.

    >>> [span.text for span in unknown_names("Yesterday US President Joe Biden flew to Warsaw.")]
    ['US', 'Joe Biden', 'Warsaw']
    >>> [(span.text, span.kind) for span in unknown_names("Представители ОАО «Купол» молчат.")]
    [('ОАО «Купол»', 'organization')]
    """
    return names_by_shape(Reading(text, [*masked(text), *taken]))


def names_by_shape(reading: Reading) -> list[Span]:
    """The proper names in what a reading does not bar, in text order and apart; afterwards it bars quoted names too."""
    small = (*units(reading), *regions(reading))
    marked = sorted([*quoted_names(reading), *numbered_names(reading), *sites(reading), *small])
    quoted = [Span(start, end, reading.text[start:end], kind) for start, end, kind in marked]
    reading.bar([(span.start, span.end) for span in quoted])
    body = list(_body_names(reading))
    titled = list(_heading_names(reading, [*body, *quoted]))
    found = [part for span in (*body, *titled) for part in _apart(reading, span)]
    spans = with_surnames(sorted([*quoted, *found], key=_start))
    return [replace(span, proper=tuple(reading.proper_words(span.start, span.end))) for span in spans]


def _body_names(reading: Reading) -> Iterator[Span]:
    """The names outside headings; one that goes on over lower-case words may take in the beginning of the next run."""
    end = 0
    for run in runs(reading):
        for span in _names(reading, [token for token in run if token.start >= end]):
            yield span
            end = span.end


def _start(span: Span) -> int:
    return span.start


def _apart(reading: Reading, span: Span) -> Iterator[Span]:
    """Two names that a hyphen joins are two, "Israel-Iran"; a double name is one, "Bielsko-Biała"."""
    pieces = span.text.split("-")
    alone = len(pieces) == 2 and all(
        piece[:1].isupper() and piece.isalpha() and (plain(piece) in rows()["place"] or reading.counts[piece])
        for piece in pieces
    )
    if not alone:
        yield span
        return
    start = span.start
    for piece in pieces:
        kind = "location" if plain(piece) in rows()["place"] else span.kind
        yield Span(start, start + len(piece), piece, kind)
        start += len(piece) + 1


# --- from a run to the names in it


def _names(reading: Reading, run: list[Token]) -> Iterator[Span]:
    for piece, titled in _pieces(reading, run):
        kept = _trimmed(reading, piece)
        phrase = phrase_from(reading, kept) if kept else None
        if kept and (_is_name(reading, kept) or (phrase and _is_name_with(reading, kept, phrase))):
            yield _span(reading, kept, titled, phrase)


def _pieces(reading: Reading, run: list[Token]) -> Iterator[tuple[list[Token], bool]]:
    """The run cut at offices and function words; with each piece, whether an office stands before it."""
    piece: list[Token] = []
    titled = False
    for at, token in enumerate(run):
        if _is_office(run, at):
            yield _without_office_words(piece), titled
            piece, titled = [], True
        elif _cuts(reading, token):
            yield piece, titled
            piece, titled = [], False
        elif piece and _begins_person(reading, run, at):
            yield piece, titled
            piece, titled = [token], False
        elif piece and _follows_name(reading, run, at):
            yield piece, titled
            piece, titled = [] if is_frequent(plain(token.text), reading.lang) else [token], False
        else:
            piece.append(token)
    yield piece, titled


def _is_office(run: list[Token], at: int) -> bool:
    token = run[at]
    if not token.traits.title or token.joiner:
        return False
    if at and run[at - 1].traits.given and not run[at - 1].traits.title:
        return False  # Stephen King
    following = run[at + 1].traits if at + 1 < len(run) else None
    if token.traits.leading and at and following is None:
        return False  # Burger King
    return following is None or not (following.head or (following.institution and not following.title))


def _cuts(reading: Reading, token: Token) -> bool:
    """Whether a capitalised function word parts two names; an initial ("A.") and a mid-sentence "The" do not."""
    if token.joiner or not token.traits.function or reading.words[token.at].dot:
        return False
    if reading.lang != "en" and not token.initial and token.traits.given:
        return False
    return token.initial or token.text != "The"


def _begins_person(reading: Reading, run: list[Token], at: int) -> bool:
    """Whether a given name begins a new name: Slavic texts put the country of an office right before its holder."""
    token, before = run[at], run[at - 1]
    if reading.lang in {"en", None} or before.joiner or token.joiner or reading.words[before.at].dot:
        return False
    placed = is_name_of_place(before.text)
    if before.traits.given and not placed:
        return False
    named = at + 1 < len(run) and not run[at + 1].traits.generic
    if token.traits.given:
        return named and not (before.initial and _may_begin_name(reading, before))
    if token.traits.generic or token.traits.capitals or token.traits.place:
        return False
    if before.traits.capitals and token.traits.surname and token.text[1:].islower():
        return True  # МИД РФ Лавров
    owned = placed or governing_kind(before.text) is not None  # премьер Норвегии Йенс Столтенберг
    proper = named and not (is_name_of_place(token.text) or token.traits.adjective or run[-1].traits.adjective)
    return owned and len(run) == at + 2 and proper


def _may_begin_name(reading: Reading, first: Token) -> bool:
    """Whether the first word of a sentence may be part of the name behind it, and is no noun such as "Publicista"."""
    return not first.traits.capitals and (first.traits.surname or stem(first.text) in reading.seen)


def _follows_name(reading: Reading, run: list[Token], at: int) -> bool:
    """Whether a name ends before a word: a label stands behind the initials of "Иванов И. И. Телефон"."""
    if reading.lang in {"en", None} or at < 3 or len(run[at].text) < 2 or run[0].traits.given:
        return False
    initials = all(len(run[i].text) == 1 and reading.words[run[i].at].dot for i in (at - 1, at - 2))
    return initials and len(run[at - 3].text) > 1


def _without_office_words(piece: list[Token]) -> list[Token]:
    """The piece without the end that belongs to the office behind it: "Defence" of "Ukrainian Defence Minister"."""
    kept = list(piece)
    while kept and (kept[-1].traits.institution or kept[-1].traits.demonym or kept[-1].joiner):
        kept.pop()
    return kept


def _trimmed(reading: Reading, piece: list[Token]) -> list[Token]:
    kept = list(piece)
    while len(kept) > 1 and (
        kept[-1].joiner or kept[-1].traits.demonym or kept[-1].text == "The" or _is_owned(reading, kept)
    ):
        kept.pop()
    while kept and (kept[0].joiner or _is_dropped(reading, kept)):
        kept.pop(0)
    return kept


def _is_owned(reading: Reading, piece: list[Token]) -> bool:
    """Whether a German noun stands behind the genitive of somebody's name: Viktor Orbáns Regierung."""
    if reading.lang != "de" or not (piece[0].traits.given or stem(piece[-2].text) in reading.seen):
        return False
    return piece[-2].text.endswith("s") and not piece[-2].traits.given and _is_german_noun(reading, piece[-1])


def _is_dropped(reading: Reading, piece: list[Token]) -> bool:
    """Whether the first word of a piece is no part of the name behind it."""
    first, rest = piece[0], piece[1:]
    known = first.traits
    if not rest or reading.words[first.at].dot:
        return False
    if known.demonym and not known.institution:
        return not any(token.traits.head or token.traits.institution for token in rest)
    if known.date or known.unnamed:
        return not (known.given and reading.lang != "en")  # Jan Neruda
    if reading.lang != "en" and _ends_in_office(reading, first):
        return True
    if first.initial and known.given and is_frequent(plain(first.text), reading.lang) and rest[0].traits.given:
        return stem(first.text) not in reading.seen  # Toda Jean-Luc Godard
    if not first.initial or known.given or known.place or known.capitals or known.designation:
        return False
    if (
        known.institution
        or known.head
        or (len(rest) == 1 and rest[0].traits.given and plain(first.text) in rows()["kin"])
    ):
        return False
    if reading.lang != "en" and rest[0].traits.capitals and stem(first.text) not in reading.seen:
        return True  # Televizija CNN
    if reading.lang != "en" and not known.adjective and is_frequent(plain(first.text), reading.lang):
        return stem(first.text) not in reading.seen  # Piloti Ryanairu
    return known.common or known.formation or reading.is_plain_word(first.text)


def _ends_in_office(reading: Reading, token: Token) -> bool:
    """Whether a compound is an office by its last part: Заместник-председателят."""
    parts = reading.words[token.at].parts
    return bool(parts) and parts[-1].text.islower() and traits(parts[-1].text, reading.lang).title


def _is_name_with(reading: Reading, piece: list[Token], phrase: Phrase) -> bool:
    """Whether the words behind a piece make it a name: with a capital at the end, or where it has its own for them."""
    first = piece[0]
    if not first.initial:
        return True
    if first.traits.adjective and (is_adjective_of_place(first.text, reading.lang) or not phrase.closed):
        return False
    return phrase.closed or stem(first.text) in reading.seen


def _is_name(reading: Reading, piece: list[Token]) -> bool:
    if reading.lang == "de" and all(_is_german_noun(reading, token) or token.joiner for token in piece):
        return False
    if len(piece) == 1:
        return _is_single_name(reading, piece[0])
    if all(token.traits.generic or token.joiner for token in piece):
        return _is_generic_name(reading, piece)
    return any(len(token.text) > 1 for token in piece) or _is_dotted_acronym(reading, piece)


def _is_german_noun(reading: Reading, token: Token) -> bool:
    """Whether a German capital is that of a common noun: Garten, Stromversorgung, not Heinrich nor Moskau."""
    known = token.traits
    article = reading.is_spaced(token.at - 1) and plain(reading.surfaces[token.at - 1]) in rows()["article.de"]
    return known.generic or not (
        ((known.given or plain(token.text) in reading.surnames) and not article)
        or known.capitals
        or known.designation
        or is_name_of_place(token.text)
        or not is_german_word(token.text)
    )


def _is_generic_name(reading: Reading, piece: list[Token]) -> bool:
    """Whether common words make a name: "Supreme Court", "Black Sea", not "Prime Minister"."""
    if reading.lang not in {"en", None} and piece[0].initial:
        return stem(piece[0].text) in reading.seen
    shaped = any(token.traits.head or token.traits.institution for token in piece)
    return shaped and not (piece[0].initial and piece[0].traits.title)


def _is_dotted_acronym(reading: Reading, piece: list[Token]) -> bool:
    """Whether single letters are an acronym, "U.S.", and not the initials of somebody, "A. B."."""
    return all(reading.words[token.at].dot for token in piece) and all(
        reading.text[token.start - 1] == "." for token in piece[1:]
    )


def _is_single_name(reading: Reading, token: Token) -> bool:
    known = token.traits
    if known.place:
        return True
    if len(token.text) < 2 or known.generic or known.roman:
        return False
    if known.designation or known.capitals:
        return True
    if reading.is_plain_word(token.text):
        return False
    return not token.initial or _has_evidence(reading, token)


def _has_evidence(reading: Reading, token: Token) -> bool:
    """Whether a word at the start of a sentence is a name for more than its capital."""
    known = token.traits
    lower = plain(token.text)
    frequent = is_frequent(lower, reading.lang) or (reading.lang == "en" and _is_frequent_plural(lower))
    if stem(token.text) in reading.seen and not known.adjective and not (frequent and reading.counts[lower]):
        return True
    if frequent:
        return False
    if _is_form_of_seen(reading, lower):
        return True
    if reading.text[token.end : token.end + 1] == ":":
        return False  # a label: "Source: ..."
    if reading.lang in CYRILLIC and is_latin(token.text) and len(token.text) > 2:
        return True
    return known.given or known.surname or (reading.lang == "en" and not known.formation)


def _is_form_of_seen(reading: Reading, lower: str) -> bool:
    """Whether a word is a name that the text holds elsewhere, with a case ending: Сечину of Сечин, Tuskowi of Tusk.

    Or a surname with that of an adjective: Сирського of Сирський.
    """
    if reading.lang not in SLAVIC:
        return False
    adjective = _ADJECTIVAL.fullmatch(lower)
    if adjective and any(surname.startswith(adjective[1]) for surname in reading.surnames):
        return True
    return any(lower[:-cut] in reading.names for cut in range(1, min(_LONGEST_ENDING, len(lower) - _SHORTEST_NAME) + 1))


_LONGEST_ENDING, _SHORTEST_NAME = 3, 4  # letters
_ADJECTIVAL = re.compile(r"([^\W\d_]{2,}(?:[сц]ь?к|[sc]k))[^\W\d_]{1,4}")  # stem and ending


def _is_frequent_plural(lower: str) -> bool:
    """Whether an English word is the plural of a frequent one; short ones are surnames as well: Woods."""
    return len(lower) > _LONGEST_SURNAME and lower.endswith("s") and is_frequent(lower[:-1], "en")


_LONGEST_SURNAME = 6  # letters of English surnames that are plurals


# --- boundaries and kinds

_LEGAL_FORMS = "|".join(map(re.escape, sorted(rows()["legal.after"], reverse=True)))
_LEGAL_AFTER = re.compile(rf",?[ ](?:{_LEGAL_FORMS})\b\.?")
_SITE = re.compile(rf"{SITE_ENDING}\b")  # Novinky.cz


def _span(reading: Reading, piece: list[Token], titled: bool, phrase: Phrase | None = None) -> Span:
    start, end, last = _start_with_number(reading, piece), piece[-1].end, piece[-1]
    kind = kind_of_piece(reading, piece, titled)
    behind = _LEGAL_AFTER.match(reading.text, end)
    if behind:
        end, kind = behind.end(), "organization"
    elif phrase:
        end, kind = phrase.end, phrase.kind
    elif site := _SITE.match(reading.text, end):
        end = site.end()
    elif len(piece) > 1 and _keeps_period(reading, last):
        end += 1
    if covers(reading.barred, start, end):
        end = last.end
    return Span(start, end, reading.text[start:end], kind)


_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th)\Z")


def _start_with_number(reading: Reading, piece: list[Token]) -> int:
    """Where a name begins, with the number of a military unit: 93rd Mechanized Brigade."""
    before = piece[0].at - 1
    if (
        plain(piece[-1].text) in rows()["unit"]
        and reading.is_spaced(before)
        and _ORDINAL.match(reading.surfaces[before])
    ):
        return reading.words[before].start
    return piece[0].start


def _keeps_period(reading: Reading, last: Token) -> bool:
    """Whether the period behind a name belongs to it: U.S., Ivanov A. A., Acme Ltd."""
    return reading.words[last.at].dot and (len(last.text) == 1 or plain(last.text) in rows()["legal.after"])


# --- headings

_LONGEST_KNOWN = 5  # words of a name that is looked up in headings
_PHRASES: dict[tuple[str, ...], str] = {
    tuple(name.split()): kind
    for row, kind in (("place", "location"), ("body", "organization"))
    for name in sorted(rows()[row])
}
_FIRST_WORDS = frozenset(first for first, *_ in _PHRASES)
_Known = dict[tuple[str, ...], str | None]


def _heading_names(reading: Reading, body: Sequence[Span]) -> Iterator[Span]:
    """The names in headings: those of the body, known places, acronyms, designations, people behind an office."""
    known = _names_and_surnames(body) if reading.headings else {}
    first_words = _FIRST_WORDS.union(key[0] for key in known)
    for heading in reading.headings:
        styled = reading.text[slice(*heading)].isupper()
        if not styled and reading.lang not in {"en", None}:
            continue
        done = -1
        for index in reading.words_of(heading):
            token = reading.tokens.get(index)
            if token is None or index <= done:
                continue
            piece = _known_name(reading, token, known, first_words) or _clear_name(reading, token, styled=styled)
            if piece:
                key = tuple(plain(part.text) for part in piece)
                span = _span(reading, piece, titled=_stands_behind_office(reading, token))
                yield replace(span, kind=known.get(key) or _PHRASES.get(key) or span.kind)
                done = piece[-1].at


def _names_and_surnames(spans: Sequence[Span]) -> _Known:
    surnames: _Known = {
        (plain(span.text.split()[-1]),): "person" for span in spans if span.kind == "person" and " " in span.text
    }
    return surnames | {tuple(plain(span.text).split()): span.kind for span in spans}


def _known_name(reading: Reading, token: Token, known: _Known, first_words: frozenset[str]) -> list[Token]:
    """The words from `token` on that are a name of the body or a known place; the longest such."""
    piece = [token]
    if plain(token.text) not in first_words:
        return []
    while len(piece) < _LONGEST_KNOWN and piece[-1].at + 1 < len(reading.words):
        following = _any_token(reading, piece[-1].at + 1)
        if following is None or not is_linked(reading, piece[-1].at):
            break
        piece.append(following)
    for width in range(len(piece), 0, -1):
        key = tuple(plain(part.text) for part in piece[:width])
        if key in known or key in _PHRASES:
            behind = piece[width : width + 1]
            is_named_after = bool(behind) and behind[0].traits.head == "location"  # Sumy Region
            return piece[: width + is_named_after]
    return []


def _any_token(reading: Reading, index: int) -> Token | None:
    """The token of a word, also of a lower-case one, as a joiner; None if it is barred."""
    token = reading.tokens.get(index)
    if token or not reading.surfaces[index].islower():
        return token
    word, surface = reading.words[index], reading.surfaces[index]
    if covers(reading.barred, word.start, word.end):
        return None
    return Token(word.start, word.end, surface, index, traits(surface, reading.lang), joiner=True)


def _clear_name(reading: Reading, token: Token, *, styled: bool) -> list[Token]:
    """A name whose form is clear even where every word has a capital; `styled`: where every letter is one."""
    known = token.traits
    following = reading.tokens.get(token.at + 1)
    if following and is_linked(reading, token.at):
        saint = plain(token.text) in rows()["head.location.before"]
        lettered = _is_dotted_acronym(reading, [token, following])
        if reading.words[token.at].dot and (saint or lettered):
            return [token, following]
        if known.given and _is_proper(following.traits):
            return [token, following]
    acronym = known.capitals and not (styled or known.unnamed or known.roman)
    places = all(plain(piece) in rows()["place"] for piece in token.text.split("-"))
    holder = _stands_behind_office(reading, token) and _is_proper(known)
    return [token] if acronym or known.designation or places or holder else []


def _is_proper(known: Traits) -> bool:
    return not (known.generic or known.formation)


def _stands_behind_office(reading: Reading, token: Token) -> bool:
    before = token.at - 1
    if not reading.is_spaced(before) or not reading.surfaces[before][0].isupper():
        return False
    return traits(reading.surfaces[before], reading.lang).title
