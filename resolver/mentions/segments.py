"""Running text cut into words, sentences and headings, and the regions of it that hold no names.

1. `words` finds the words: letters and digits with what may stand inside a word (marks, hyphens, apostrophes).
2. `sentences` cuts at line ends and after final marks, except after abbreviations and initials.
3. `headings` finds lines whose capitals are a matter of style, so that they are no evidence of a name.
4. `masked` finds what is no running text: addresses, handles, mark-up, code, JSON, dates and times.

All offsets are code points of the text as it came in, so `text[start:end]` is always what is meant. Every function
takes time linear in the text: no pattern starts over inside what it has read.
Known limits: a sentence that ends in an abbreviation runs on into the next one; scripts that write no spaces come as
long words; hard-wrapped lines are cut like paragraphs.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate, repeat
from typing import NamedTuple

from resolver.forms import MARKS
from resolver.language.tables import values_of
from resolver.mentions.code import code

# Soft hyphen, zero-width space, joiners and byte-order mark: people do not see them, so they split no word.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LETTERS = rf"[^\W_]++(?:[{MARKS}{_INVISIBLE}]++[^\W_]*+)*+"
_HYPHENS = "-\u2010\u2011"
_APOSTROPHES = "'\u2019"
_POSSESSIVE = rf"[{_APOSTROPHES}][sS](?![^\W_])"
_WORD = re.compile(
    rf"({_LETTERS}(?:[{_HYPHENS}]{_LETTERS}|(?!{_POSSESSIVE})[{_APOSTROPHES}]{_LETTERS})*+)((?:{_POSSESSIVE})?+)"
)
_HYPHEN = re.compile(rf"[{_HYPHENS}]")
# Characters of a word. The longest place name has 85 letters, compounds of German some 80; what is longer is a key, a
# picture or a text without spaces. To look at such as a word would take the square of its length, and memory for ever.
LONGEST_WORD = 120


_table = partial(values_of, name="segments", package="resolver.mentions")
_ABBREVIATIONS = _table("abbreviation")


class Word(NamedTuple):
    """A word of running text. A plain tuple, as they are made by the hundred thousand.

    start, end   code-point offsets; an English possessive 's lies outside
    text         as written
    parts        the pieces between hyphens, as words; none if it holds no hyphen
    dot          a period follows that belongs to the word: an initial or a known abbreviation
    """

    start: int
    end: int
    text: str
    parts: tuple["Word", ...] = ()
    dot: bool = False


_new_word = partial(tuple.__new__, Word)  # a third of the time of Word(...)


def words(text: str) -> list[Word]:
    """The words of a text, in order, without those that are too long to be any.

    >>> text = "Brechalov's visit to м. Київ: Tor-M2E, A. Ivanov"
    >>> [word.text for word in words(text)]
    ['Brechalov', 'visit', 'to', 'м', 'Київ', 'Tor-M2E', 'A', 'Ivanov']
    >>> [part.text for part in words(text)[5].parts], words(text)[6].dot
    (['Tor', 'M2E'], True)
    """
    cut = _WORD.split(text)  # gap, word, possessive, gap, word, ..., gap
    offsets = list(accumulate(map(len, cut)))
    starts, ends, surfaces, gaps = offsets[:-1:3], offsets[1::3], cut[1::3], cut[3::3]
    found = list(map(_new_word, zip(starts, ends, surfaces, repeat(()), repeat(False), strict=False)))
    for i, surface in enumerate(surfaces):
        if not surface.isalnum():
            found[i] = _marked_word(text, found[i])
    for i, gap in enumerate(gaps):
        if gap[:1] == "." and ends[i] == found[i].end and not cut[3 * i + 2] and _is_abbreviation(surfaces[i]):
            found[i] = found[i]._replace(dot=True)
    if len(max(surfaces, key=len, default="")) > LONGEST_WORD:
        found = [word for word in found if len(word.text) <= LONGEST_WORD]
    return found


_ELIDED = re.compile(r"(?:[ldsnjcmt]|qu)['\u2019](?=[^\W\d_])")


def _follows_name(text: str, start: int) -> bool:
    """Whether a word with a capital stands right before."""
    before = text[max(0, start - LONGEST_WORD) : start]
    return before.endswith(" ") and before.rpartition(" ")[0].rpartition(" ")[2][:1].isupper()


def _marked_word(text: str, word: Word) -> Word:
    """A word that holds more than letters and digits: without the invisible signs at its end, cut at its hyphens.

    A French article or preposition in front is no part of it: l'Ukraine. But it is in a name: Jeanne d'Arc.
    """
    end = word.start + len(word.text.rstrip(_INVISIBLE))
    first = word.start
    elided = _ELIDED.match(text, first, end)
    if elided and text[elided.end()].isupper() and not (text[first] == "d" and _follows_name(text, first)):
        first = elided.end()
    cuts = [match.start() for match in _HYPHEN.finditer(text, first, end)]
    spans = zip([first, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True) if cuts else ()
    return Word(first, end, text[first:end], tuple(Word(start, stop, text[start:stop]) for start, stop in spans))


def _is_abbreviation(word: str) -> bool:
    return (len(word) == 1 and word.isalpha()) or word.lower() in _ABBREVIATIONS


_STOP = re.compile(r"([.!?\u2026]++)[\"'\u201c\u201d\u2019\u00bb)\]]*+|[\n\r\u2028\u2029]++")
_LAST_WORD = re.compile(r"[^\W_]{1,8}\Z")
_NOT_OPENING = frozenset(",;:.!?)]}\u00bb\u2026%&/")


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences, in order, without white space at their ends; every other sign lies in one of them.

    >>> text = "Gen. A. Ivanov left. He flew to St. Petersburg (U.S. media say)!\\nWho knows"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Gen. A. Ivanov left.', 'He flew to St. Petersburg (U.S. media say)!', 'Who knows']
    """
    spans = []
    start = 0
    for match in _STOP.finditer(text):
        if match.group(1) is None or _ends_sentence(text, match):
            spans.append(_trimmed(text, start, match.end()))
            start = match.end()
    spans.append(_trimmed(text, start, len(text)))
    return [span for span in spans if span[0] < span[1]]


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    if not text[stop.end() : stop.end() + 1].isspace():
        return False
    after = text[stop.end() + 1 : stop.end() + 3].lstrip()[:1]
    if after.islower() or after in _NOT_OPENING:
        return False
    if stop.group(1) != ".":
        return True
    before = _LAST_WORD.search(text, max(0, stop.start() - 8), stop.start())
    return before is None or not _is_abbreviation(before.group())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    segment = text[start:end]
    return start + len(segment) - len(segment.lstrip()), end - len(segment) + len(segment.rstrip())


_LINE = re.compile(r"[^\n\r\u2028\u2029]++")
_BYLINES = _table("byline")
_LOWER_ALLOWED = 3  # "of", "the", "and": words up to this length stay in lower case in a Title-Case Heading
_SHORTEST_CAPITALS = 4  # a line with fewer letters may be an acronym: "NATO"
_LONGEST_HEADING = 24  # words
_LONGEST_LINE = 300  # signs
_COMMAS = 2  # a line with more is a list of names
_CAPITALISED = 0.8  # share of the longer words; headlines leave "with", "from", "into" in lower case


def headings(text: str) -> list[tuple[int, int]]:
    """The spans of the lines in Title Case or in capitals: there, a capital letter is no evidence of a name."""
    return [match.span() for match in _LINE.finditer(text) if is_heading(match.group())]


def is_heading(line: str) -> bool:
    """Whether the capitals of a line are a matter of style: Title Case with four words or more, or ALL CAPS.

    A line that ends like a sentence, a byline and a line of two or three words ("Yuri Zoria") are none.

    >>> is_heading("Broader Implications for the Conflict"), is_heading("MORE ON THEME")
    (True, True)
    >>> is_heading("By Anya Petrova"), is_heading("Ukraine conducts a strike on an arms hub in Udmurtia")
    (False, False)
    """
    bare = line.strip(" \t*#_=~>|")
    letters = [word for word, _ in _WORD.findall(bare) if word[0].isalpha()] if len(bare) < _LONGEST_LINE else []
    if not letters or len(letters) > _LONGEST_HEADING:
        return False
    if bare.isupper():
        return len(letters) > 1 and sum(map(len, letters)) > _SHORTEST_CAPITALS
    if (
        bare.endswith((".", ",", ";", ":"))
        or letters[0].lower() in _BYLINES
        or bare.count(",") > _COMMAS
        or ";" in bare
    ):
        return False
    longer = [word for word in letters if len(word) > _LOWER_ALLOWED or not word[0].islower()]
    capitals = sum(word[0].isupper() for word in longer)
    return len(letters) > _LOWER_ALLOWED and len(longer) > 1 and capitals >= _CAPITALISED * len(longer)


_HEADLINE = re.compile(r"\s*+((?:[^\n]{1,300}+\n){1,3}?)[ \t\r]*+\n")


def headline_end(text: str) -> int:
    """Where a headline in small letters ends: the first lines, up to three, without a capital; 0 if there is none.

    >>> headline_end("zelensky and putin on ukraine\\n\\nBoth spoke."), headline_end("Both spoke.\\n\\nBoth left.")
    (30, 0)
    """
    lines = _HEADLINE.match(text)
    return lines.end(1) if lines and lines[1].islower() else 0


def masked(text: str) -> list[tuple[int, int]]:
    """The regions that hold no names to report, in order and apart: addresses, mark-up, code, dates.

    >>> text = "Seen on 1 July 2025, https://example.org/Kupol @kupol"
    >>> [text[start:end] for start, end in masked(text)]
    ['1 July 2025', 'https://example.org/Kupol', '@kupol']
    """
    found = [*_addresses(text), *_markup(text), *code(text), *_json_regions(text), *_dates(text)]
    found.extend(match.span() for match in _BOILERPLATE.finditer(text))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def outside(spans: Iterable[tuple[int, int]], masks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that no mask touches. Both are in order and apart.

    >>> outside([(0, 4), (6, 9), (20, 22)], [(8, 12)])
    [(0, 4), (20, 22)]
    """
    left = iter(masks)
    mask = next(left, None)
    free = []
    for start, end in spans:
        while mask and mask[1] <= start:
            mask = next(left, None)
        if not mask or mask[0] >= end:
            free.append((start, end))
    return free


_URL = re.compile(r"(?:[Hh]ttps?://|[Ww]ww\.)[^\s<>\"\u00ab\u00bb\u201d]++")
_EMAIL_OR_HANDLE = re.compile(r"(?<![\w.+-])[\w.+-]*+@[\w.-]++")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*+>")
_CHARACTER_REFERENCE = re.compile(r"&#?\w{1,10};")
_CAPITALS = (str.capitalize, str.title, str.upper)
_PLACEHOLDER = re.compile(r"(?<!\w)[A-Z0-9]++(?:_[A-Z0-9]++)++(?!\w)")  # [CANONICAL_URL]
_FENCE = re.compile(r"(?:```|~~~|[\u201c\u201d\"]`)[A-Za-z]*+")
_BOILERPLATE = re.compile(
    "|".join(re.escape(style(phrase)) for phrase in sorted(_table("boilerplate")) for style in _CAPITALS)
)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    if "ttp" in text or "ww." in text:
        for match in _URL.finditer(text):
            yield match.start(), match.start() + len(match.group().rstrip(".,;:!?)'\u2019"))
    if "@" in text:
        for match in _EMAIL_OR_HANDLE.finditer(text):
            yield match.start(), match.start() + len(match.group().rstrip("."))


def _markup(text: str) -> Iterator[tuple[int, int]]:
    for sign, pattern in (
        ("<", _TAG),
        ("&", _CHARACTER_REFERENCE),
        ("`", _FENCE),
        ("~~~", _FENCE),
        ("_", _PLACEHOLDER),
    ):
        if sign in text:
            yield from (match.span() for match in pattern.finditer(text))


_JSON_START = re.compile(r"\{\s*+\"[^\"\n]{0,80}+\"\s*+:")
_JSON_LINE = re.compile(r"[ \t]*+(?:[\"{}\[\],]|-?\d|true\b|false\b|null\b|[\n\r])")
_JSON_KEY_LINE = re.compile(r"^[ \t]*+\"[@\w:-]{1,60}+\"[ \t]*+:[ \t]*+[\"{\[\dtfn].*+$", re.MULTILINE)
_JSON_TOKEN = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"?+|[{}]")


def _json_regions(text: str) -> Iterator[tuple[int, int]]:
    if '"' not in text:
        return
    yield from (match.span() for match in _JSON_KEY_LINE.finditer(text))
    block_end = 0
    match = _JSON_START.search(text)
    while match:
        if match.start() >= block_end:
            block_end = _json_block_end(text, match.end())
        end = _closing_brace(text, match.start(), block_end)
        yield match.start(), end
        match = _JSON_START.search(text, end)


def _json_block_end(text: str, position: int) -> int:
    """The end of the lines from `position` on that look like JSON: an object that is cut off ends there."""
    while (line_end := text.find("\n", position)) >= 0:
        position = line_end + 1
        if not _JSON_LINE.match(text, position):
            return line_end
    return len(text)


def _closing_brace(text: str, start: int, end: int) -> int:
    depth = 0
    for token in _JSON_TOKEN.finditer(text, start, end):
        depth += {"{": 1, "}": -1}.get(token.group(), 0)
        if not depth:
            return token.end()
    return end


_MINUTES = r":\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?"
_CLOCK = rf"\d{{1,2}}{_MINUTES}"
_ZONE = r"(?:Z\b|[ ]?(?:GMT|UTC)(?:[+-]\d{1,4})?|[ ]?[+-]\d{2}:?\d{2}\b)?(?:[ ]\([A-Z][\w ]{1,40}Time\))?"
# The first digit stands before the look-behind, so that a search leaps from digit to digit.
_NUMERIC_DATE = re.compile(
    rf"\d(?<![\w./:-]\d)(?:(?:\d{{3}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d?[-/.]\d{{1,2}}[-/.]\d{{4}})(?![\w/-])"
    rf"(?:[ ,]{{1,2}}{_CLOCK}{_ZONE})?|\d{{3}}-\d\d-\d\dT{_CLOCK}{_ZONE}|\d?{_MINUTES}{_ZONE}(?![\w:]))"
)
_MONTHS = _table("month")
_WEEKDAYS = "|".join(sorted(_table("weekday"), key=len, reverse=True))
_MONTH = re.compile(rf"\b(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b")
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_BEFORE_MONTH = re.compile(rf"(?:\b(?:{_WEEKDAYS})\b,?[ ])?\b{_DAY}(?:[ -](?:of )?)\Z")
_WEEKDAY_BEFORE = re.compile(rf"\b(?:{_WEEKDAYS})\b,?[ ]\Z")
_AFTER_MONTH = re.compile(rf"\.?[ -](?:{_DAY}\b(?:,?[ ]\d{{4}}\b)?|\d{{4}}\b)(?:,?[ ]{_CLOCK}{_ZONE})?")


def _dates(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _NUMERIC_DATE.finditer(text))
    for month in _MONTH.finditer(text):
        window = max(0, month.start() - 20)
        before = _BEFORE_MONTH.search(text, window, month.start())
        before = before or _WEEKDAY_BEFORE.search(text, window, month.start())
        after = _AFTER_MONTH.match(text, month.end())
        if before or after:  # without a number, "May" and "April" may be people
            yield before.start() if before else month.start(), after.end() if after else month.end()
