"""Runs of capitalised words: a stretch of text that holds one name, or several with offices between them.

A run goes on over a space, the period of an initial, "&", particles ("von der"), over "of" and "for" behind a noun that
makes names, and over "and" between the words that institutions are named with; in texts of other languages, over these
words between any English ones. It ends where the script changes: "Apple Тим Кук" are two names.
"""

from bisect import bisect_left
from collections.abc import Iterator

from resolver.mentions.reading import SPACES, Reading, Token, covers
from resolver.mentions.vocabulary import is_latin, is_name_of_place, plain, rows, traits

_LINKS = SPACES | {" & ", "&"}
_AFTER_INITIAL = frozenset((".", ". ", ".\u00a0", ".\u202f"))
_LONGEST_LINK = 3  # words
_LONGEST_RUN = 16  # words; longer ones are lists without commas
JOINERS = frozenset(("of", "for"))
_FIRST_LINKS = JOINERS | {"and"} | rows()["particle"]


def runs(reading: Reading) -> Iterator[list[Token]]:
    """The runs of a text outside its headings, in order.

    >>> reading = Reading("He left the Bank of England, Ursula von der Leyen and A. Smith.", ())
    >>> [" ".join(token.text for token in run) for run in runs(reading)]
    ['He', 'Bank of England', 'Ursula von der Leyen', 'A Smith']
    """
    done = -1
    for index, token in reading.tokens.items():
        if index > done and not is_styled(reading, index):
            run = _run_from(reading, token)
            yield run
            done = run[-1].at


def is_styled(reading: Reading, index: int) -> bool:
    """Whether a word stands in a heading whose capitals say nothing: only English writes headings in Title Case."""
    if index not in reading.titled:
        return False
    if reading.lang in {"en", None}:
        return True
    heading = bisect_left(reading.headings, (reading.words[index].end,)) - 1
    return reading.text[slice(*reading.headings[heading])].isupper()


def is_linked(reading: Reading, index: int) -> bool:
    """Whether a word and the next one may belong to one name, going by what stands between them."""
    gap = reading.gap(index)
    return gap in _LINKS or (gap in _AFTER_INITIAL and reading.words[index].dot)


def _run_from(reading: Reading, token: Token) -> list[Token]:
    run = [token]
    while len(run) < _LONGEST_RUN and not run[-1].closed and run[-1].at + 1 < len(reading.words):
        index = run[-1].at + 1
        if not is_linked(reading, index - 1):
            break
        following = reading.tokens.get(index)
        if following is None:
            more = _joined(reading, run)
        elif is_styled(reading, index) or following.start != reading.words[index].start:
            more = []
        else:
            more = [following]
        if not more or _changes_script(run[-1], more[-1]):
            break
        run.extend(more)
    return [*run, *_legal_form(reading, run)] if run[-1].closed else run


def _legal_form(reading: Reading, run: list[Token]) -> list[Token]:
    """The legal form in capitals behind a name that ends in a number: Nord Stream 2 AG."""
    following = reading.tokens.get(run[-1].at + 1)
    if following is None or not reading.is_spaced(run[-1].at) or not following.traits.capitals:
        return []
    return [following] if plain(following.text) in rows()["legal.after.capitals"] else []


def _changes_script(before: Token, token: Token) -> bool:
    """Whether a name ends between two words in two scripts; signs and places go with both: Спутник V."""
    if len(before.text) < 2 or len(token.text) < 2 or is_latin(before.text) == is_latin(token.text):
        return False
    return is_latin(token.text) or not is_name_of_place(token.text)  # SAP България


def _joined(reading: Reading, run: list[Token]) -> list[Token]:
    """The lower-case words, and the capitalised one behind them, over which a run goes on; [] if it ends."""
    link: list[Token] = []
    index = run[-1].at + 1
    if reading.surfaces[index] not in _FIRST_LINKS:
        return _number(reading, run)
    while len(link) < _LONGEST_LINK and index < len(reading.words) and reading.gap(index - 1) in SPACES:
        token = reading.tokens.get(index)
        if token:
            free = not covers(reading.barred, run[-1].end, token.start)
            return [*link, token] if free and _may_join(reading, run, link, token) else []
        surface = reading.surfaces[index]
        if not surface.islower():
            break
        word = reading.words[index]
        link.append(Token(word.start, word.end, surface, index, traits(surface, reading.lang), joiner=True))
        index += 1
    return []


def _may_join(reading: Reading, run: list[Token], link: list[Token], token: Token) -> bool:
    lowered = [plain(part.text) for part in link]
    if all(word in rows()["particle"] for word in lowered):
        if reading.lang == "de" and not run[-1].traits.given:
            return False  # an article or preposition: Angaben der Nato
        return not run[-1].traits.generic and not token.traits.generic
    if reading.lang != "en":
        return _is_english_link(run, lowered, token)
    last = run[-1].traits
    if lowered[0] in JOINERS and lowered[1:] in ([], ["the"]):
        if last.institution and lowered[0] == "of" and any(part.joiner and part.text == "of" for part in run):
            return True  # Ministry of Health of Wales
        return last.governs and (not last.title or last.head is not None)
    # "National Security and Defense Council", but not "Sea and Azov Sea" nor "Russia and Ukraine"
    return lowered == ["and"] and last.institution and token.traits.institution


def _is_english_link(run: list[Token], lowered: list[str], token: Token) -> bool:
    """Whether an English name goes on in a text of another language: Royal Bank of Scotland."""
    linked = lowered[0] in JOINERS and lowered[1:] in ([], ["the"])
    linked = linked or (lowered == ["and"] and any(part.text in JOINERS for part in run))
    return linked and is_latin(run[-1].text) and is_latin(token.text)


def _number(reading: Reading, run: list[Token]) -> list[Token]:
    """The number behind a name: a digit behind several words, "Nord Stream 2", else what the text repeats there."""
    index = run[-1].at + 1
    surface = reading.surfaces[index]
    if not surface.isdecimal() or len(surface) > 2 or _is_generic(reading, run[-1]):
        return []
    word = reading.words[index]
    if covers(reading.barred, word.start, word.end) or _is_row_of_numbers(reading, index):
        return []
    foreign = run[-1].traits.head is not None and reading.lang != "en"
    sure = (len(run) > 1 or foreign) and len(surface) == 1 and not run[0].traits.given and not run[-1].traits.place
    if not sure and reading.numbered[f"{reading.surfaces[index - 1]} {surface}"] < 2:
        return []
    return [Token(word.start, word.end, surface, index, traits(surface, reading.lang), closed=True)]


def _is_generic(reading: Reading, token: Token) -> bool:
    """Whether no number makes a name of a word; an English noun in another language is a name: "Channel 24"."""
    return token.traits.generic and (reading.lang == "en" or token.initial or token.traits.head is None)


def _is_row_of_numbers(reading: Reading, index: int) -> bool:
    """Whether another number follows, as in a table."""
    return reading.is_spaced(index) and reading.surfaces[index + 1].isdecimal()
