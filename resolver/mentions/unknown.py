"""Running text -> spans of proper names that are found by their shape alone, without any registry.

1. The text is cut into words; regions without names and spans that are `taken` are barred (`segments`, `reading`).
2. Names in quotes are taken whole: ОАО «Купол», «Астра».
3. Runs of capitalised words are collected (`runs`).
4. A run is cut at offices and ranks and trimmed: "US President Donald Trump" -> "US", "Donald Trump".
5. What is left is a name if it says more than common words do; at the start of a sentence, where every word has a
   capital, it needs evidence from elsewhere in the text or from its own form.
6. In headings, where capitals are a matter of style, only names of the body and clear forms (NATO, F-16, Iran) count.

Known limits: German, which writes all nouns with capitals, and scripts without capitals; lower-case names ("brexit"); a
foreign adjective or noun at the start of a sentence ("Katolička Asia Bibi") stays with the name behind it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from resolver.mentions.reading import Offsets, Reading, Token, covers, stem
from resolver.mentions.runs import JOINERS, is_linked, runs
from resolver.mentions.segments import masked
from resolver.mentions.vocabulary import Traits, is_frequent, kind_beside, plain, rows, slavic_head, traits


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


def unknown_names(
    text: str,
    *,
    taken: Sequence[Offsets] = (),
    known_lower: Callable[[str], bool] | None = None,
) -> list[Span]:
    """The proper names outside the `taken` spans, in text order and apart from each other.

    `known_lower` says of a word in lower case whether the caller knows it as a common word, from a corpus for example.

    >>> [span.text for span in unknown_names("Yesterday US President Joe Biden flew to Warsaw.")]
    ['US', 'Joe Biden', 'Warsaw']
    >>> [(span.text, span.kind) for span in unknown_names("Представители ОАО «Купол» молчат.")]
    [('ОАО «Купол»', 'organization')]
    """
    return names_by_shape(Reading(text, [*masked(text), *taken], known_lower))


def names_by_shape(reading: Reading) -> list[Span]:
    """The proper names in what a reading does not bar, in text order and apart; afterwards it bars quoted names too."""
    quoted = list(_quoted_names(reading))
    reading.bar([(span.start, span.end) for span in quoted])
    body = [span for run in runs(reading) for span in _names(reading, run)]
    titled = list(_heading_names(reading, [*body, *quoted]))
    found = [part for span in (*body, *titled) for part in _apart(reading, span)]
    spans = _with_surnames(sorted([*quoted, *found], key=_start))
    return [replace(span, proper=tuple(reading.proper_words(span.start, span.end))) for span in spans]


def _start(span: Span) -> int:
    return span.start


def _with_surnames(spans: Sequence[Span]) -> list[Span]:
    """The spans, where a bare surname of somebody who is named in full is a person too."""
    full = {plain(span.text.split()[-1]) for span in spans if span.kind == "person" and " " in span.text}
    return [replace(span, kind="person") if span.kind is None and plain(span.text) in full else span for span in spans]


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


# --- names in quotes

_QUOTED = re.compile(r"[«„“\"](?=[^\W_])([^«»„“”\"\n]{2,60})[»“”\"]")
_SENTENCE_SIGNS = re.compile(r"[,:;?!…]|\.\s")
_LONGEST_QUOTED = 5  # words


def _quoted_names(reading: Reading) -> Iterator[Span]:
    """Names in quotes: behind a legal form in any language, else in those that quote the names of firms and papers."""
    for match in _QUOTED.finditer(reading.text):
        before = reading.word_before(match.start())
        legal = before >= 0 and _is_legal_form(reading, before, match.start())
        if not legal and (reading.lang in {"en", None} or not _may_be_title(reading, match.group(1))):
            continue
        start = reading.words[before].start if legal else match.start(1)
        end = match.end() if legal else match.end(1)
        if covers(reading.barred, start, end) or (not legal and covers(reading.headings, start, end)):
            continue
        kind = "organization" if legal else kind_beside(plain(reading.surfaces[before])) if before >= 0 else None
        yield Span(start, end, reading.text[start:end], kind)


def _is_legal_form(reading: Reading, index: int, quote: int) -> bool:
    surface = reading.surfaces[index]
    return quote - reading.words[index].end == 1 and surface.isupper() and plain(surface) in rows()["legal"]


def _may_be_title(reading: Reading, inside: str) -> bool:
    found = inside.split()
    if not inside[0].isupper() or len(found) > _LONGEST_QUOTED or _SENTENCE_SIGNS.search(inside):
        return False
    first = traits(found[0], reading.lang)
    return inside[-1].isalnum() and not first.function and not (len(found) == 1 and first.generic)


# --- from a run to the names in it


def _names(reading: Reading, run: list[Token]) -> Iterator[Span]:
    for piece, titled in _pieces(reading, run):
        kept = _trimmed(reading, piece)
        if kept and _is_name(reading, kept):
            yield _span(reading, kept, titled)


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
    return token.initial or token.text != "The"


def _begins_person(reading: Reading, run: list[Token], at: int) -> bool:
    """Whether a given name begins a new name: Slavic texts put the country of an office right before its holder."""
    token, before = run[at], run[at - 1]
    if reading.lang in {"en", None} or not token.traits.given or before.traits.given or before.joiner:
        return False
    named = at + 1 < len(run) and not run[at + 1].traits.generic
    return named and not reading.words[before.at].dot and not (before.initial and not before.traits.capitals)


def _without_office_words(piece: list[Token]) -> list[Token]:
    """The piece without the end that belongs to the office behind it: "Defence" of "Ukrainian Defence Minister"."""
    kept = list(piece)
    while kept and (kept[-1].traits.institution or kept[-1].traits.demonym or kept[-1].joiner):
        kept.pop()
    return kept


def _trimmed(reading: Reading, piece: list[Token]) -> list[Token]:
    kept = list(piece)
    while len(kept) > 1 and (kept[-1].joiner or kept[-1].traits.demonym or kept[-1].text == "The"):
        kept.pop()
    while kept and (kept[0].joiner or _is_dropped(reading, kept)):
        kept.pop(0)
    return kept


def _is_dropped(reading: Reading, piece: list[Token]) -> bool:
    """Whether the first word of a piece is no part of the name behind it."""
    first, rest = piece[0], piece[1:]
    known = first.traits
    if not rest or reading.words[first.at].dot:
        return False
    if known.demonym and not known.institution:
        return not any(token.traits.head or token.traits.institution for token in rest)
    if known.date or known.unnamed:
        return True
    if not first.initial or known.given or known.place or known.capitals or known.designation:
        return False
    if known.institution or known.head:
        return False
    if reading.lang != "en" and rest[0].traits.capitals and stem(first.text) not in reading.seen:
        return True  # Televizija CNN
    if reading.lang != "en" and not known.adjective and is_frequent(plain(first.text), reading.lang):
        return stem(first.text) not in reading.seen  # Piloti Ryanairu
    return known.common or known.formation or reading.is_plain_word(first.text)


def _is_name(reading: Reading, piece: list[Token]) -> bool:
    if len(piece) == 1:
        return _is_single_name(reading, piece[0])
    if all(token.traits.generic or token.joiner for token in piece):
        return _is_generic_name(reading, piece)
    return any(len(token.text) > 1 for token in piece) or _is_dotted_acronym(reading, piece)


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
    if stem(token.text) in reading.seen and not known.adjective:
        return True
    if is_frequent(plain(token.text), reading.lang):
        return False
    if reading.text[token.end : token.end + 1] == ":":
        return False  # a label: "Source: ..."
    return known.given or known.surname or (reading.lang == "en" and not known.formation)


# --- boundaries and kinds

_LEGAL_FORMS = "|".join(map(re.escape, sorted(rows()["legal.after"], reverse=True)))
_LEGAL_AFTER = re.compile(rf",?[ ](?:{_LEGAL_FORMS})\b\.?")
_SITE = re.compile(r"\.(?:com|org|net|info|ru|ua|by|pl|cz|sk|si|bg|de|uk|eu|tv|io|me)\b")  # Novinky.cz
_LONGEST_PHRASE = 3  # lower-case words behind the capitalised adjective of a Slavic name


def _span(reading: Reading, piece: list[Token], titled: bool) -> Span:
    start, end, last = piece[0].start, piece[-1].end, piece[-1]
    kind = _kind(reading, piece, titled)
    behind = _LEGAL_AFTER.match(reading.text, end)
    phrase = _slavic_phrase(reading, last) if len(piece) == 1 else None
    if behind:
        end, kind = behind.end(), "organization"
    elif phrase:
        end, kind = phrase
    elif site := _SITE.match(reading.text, end):
        end = site.end()
    elif len(piece) > 1 and _keeps_period(reading, last):
        end += 1
    if covers(reading.barred, start, end):
        end = last.end
    return Span(start, end, reading.text[start:end], kind)


def _keeps_period(reading: Reading, last: Token) -> bool:
    """Whether the period behind a name belongs to it: U.S., Ivanov A. A., Acme Ltd."""
    return reading.words[last.at].dot and (len(last.text) == 1 or plain(last.text) in rows()["legal.after"])


def _slavic_phrase(reading: Reading, adjective: Token) -> tuple[int, str] | None:
    """The end and kind of a name that goes on in lower case: Верховный суд, Evropske unije; None if it does not."""
    if adjective.initial or not adjective.traits.adjective:
        return None
    for at in range(adjective.at + 1, adjective.at + 1 + _LONGEST_PHRASE):
        if not reading.is_spaced(at - 1) or not reading.surfaces[at].islower():
            return None
        kind = slavic_head(reading.surfaces[at])
        if kind:
            return reading.words[at].end, kind
        if not traits(reading.surfaces[at], reading.lang).adjective:
            return None
    return None


def _kind(reading: Reading, piece: list[Token], titled: bool) -> str | None:
    core = next((at for at, token in enumerate(piece) if token.text in JOINERS), len(piece))
    known = [token.traits for token in piece[:core]]  # "Hero" of Hero of Ukraine
    first, last = piece[0], piece[-1]
    heads = [token.head for token in known if token.head]
    if heads:
        return known[-1].head or heads[0]
    if _is_person(reading, piece, titled):
        return "person"
    if plain(first.text) in rows()["legal"] or plain(last.text) in rows()["legal.after"]:
        return "organization"
    if plain(first.text) in rows()["head.location.before"] and len(piece) > 1:
        return "location"
    if any(token.designation for token in known):
        return "product"
    if any(token.place for token in known):
        return "location"
    beside = _kind_beside(reading, first.at - 1, last.at)
    return beside or ("person" if titled else None)


def _is_person(reading: Reading, piece: list[Token], titled: bool) -> bool:
    if len(piece) < 2:
        return False
    first, last = piece[0], piece[-1]
    initials = len(first.text) == 1 and reading.words[first.at].dot and len(last.text) > 1
    return first.traits.given or initials or (titled and len(piece) < 4)


def _kind_beside(reading: Reading, before: int, last: int) -> str | None:
    """The kind that a noun beside the name tells: behind it in English, before it in Slavic languages."""
    if reading.lang in {"en", None}:
        return kind_beside(reading.surfaces[last + 1]) if reading.is_spaced(last) else None
    return kind_beside(plain(reading.surfaces[before])) if reading.is_spaced(before) else None


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
