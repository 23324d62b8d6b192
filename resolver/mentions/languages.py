"""The language of a text. Its words go in, the code of the language comes out.

1. A text of some length uses function words enough: the language that has most of them.
2. A headline or a single sentence may have none, or only such as several languages have. There each word speaks for the
   languages among whose frequent words it is, the less the more there are, and against those that lack its letters.
   Words with a capital may be names, whose letters are those of any language.

Known limit: a language that is none of `LANGUAGES` is taken for the nearest in a short text, and is None in a long one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from resolver.language.romanization import guess_language, repair_homoglyphs
from resolver.mentions.vocabulary import CYRILLIC, LANGUAGES, is_frequent, plain, rows

_FUNCTION_SHARE = 12  # in running text of these languages, one word of three to six is in the tables
_SHORT_TEXT = 60  # words; in labelled news, function words alone go wrong in one text of 400 from here on
_FEWEST = 2  # function words of German and French, which names in other languages hold: La Vanguardia
_LATIN = tuple(lang for lang in LANGUAGES if lang == "sr" or lang not in CYRILLIC)
_CYRILLIC = tuple(lang for lang in LANGUAGES if lang in CYRILLIC)
# For how many words that are no other language's it counts that a text is of this language, if nothing else does.
_EXPECTED = {"en": 0.5, "ru": 0.5}
_CAPITAL = 0.5  # for how many words one counts that has a capital, and may be in a name
_MISSING_LETTER = 1.0  # for how many words it counts against a language that a word has a letter which it has not
_BULGARIAN = re.compile("ъ(?![еёюя])")  # elsewhere a sign that parts a consonant from such a vowel
_PLAIN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def language_of(counts: Counter[str]) -> str | None:
    """The language of a text, or None if none of the known ones fits; `counts` are those of its words as written.

    >>> [language_of(Counter(text.split())) for text in ("Суд не знает , что было", "Prezident přijal Tuska", "Kupol")]
    ['ru', 'cs', 'en']
    """
    if counts.total() < _SHORT_TEXT:
        return _of_short(counts)
    shares = Counter({lang: sum(counts[word] for word in words) for lang, words in _function_words().items()})
    best = max(LANGUAGES, key=lambda lang: shares[lang])
    if list(shares.values()).count(shares[best]) > 1 and best in CYRILLIC:
        guessed = guess_language(" ".join(counts))  # letters tell what the shared words leave open
        best = guessed if guessed and shares.get(guessed) == shares[best] else best
    least = _FEWEST if best in {"de", "fr"} else 1
    return best if shares[best] * _FUNCTION_SHARE >= counts.total() and shares[best] >= least else None


def _of_short(counts: Counter[str]) -> str:
    words = {repair_homoglyphs(word): count for word, count in counts.items() if word[0].isalpha()}
    cyrillic = sum(count for word, count in words.items() if word[0] >= "Ѐ")
    among = _CYRILLIC if 2 * cyrillic > sum(words.values()) else _LATIN
    scores = {lang: _EXPECTED.get(lang, 0.0) for lang in among}
    for word, count in words.items():
        for lang, score in _spoken_for(word, among):
            scores[lang] += score * count
    return max(among, key=lambda lang: scores[lang])


def _spoken_for(word: str, among: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """What a word says for each of the languages that have it, and against those that have not its letters."""
    lower = plain(word)
    function = [lang for lang in among if word in _function_words()[lang]]
    frequent = [lang for lang in among if is_frequent(lower, lang)]
    worth = 1.0 if word == lower else _CAPITAL
    for known in (function, frequent):
        for lang in known:
            yield lang, worth / len(known)
    if word[0].islower() or among is _CYRILLIC:
        letters = frozenset(filter(str.isalpha, lower)) - _PLAIN_LETTERS
        for lang in among:
            if not letters <= _letters()[lang]:
                yield lang, -_MISSING_LETTER
    if among is _CYRILLIC and _BULGARIAN.search(lower):
        yield "bg", 1.0


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    """The function words of each language, small and with a capital, but for those that others use as much."""
    found: dict[str, set[str]] = defaultdict(set)
    for lang in LANGUAGES:
        for word in rows()[f"function.{lang}"] - rows().get(f"undecided.{lang}", frozenset()):
            found[lang] |= {word, word.capitalize()}
    return {lang: frozenset(words) for lang, words in found.items()}


@cache
def _letters() -> Mapping[str, frozenset[str]]:
    """The letters of each language; of Latin ones, those with marks."""
    return {lang: frozenset("".join(rows()[f"letters.{lang}"])) for lang in LANGUAGES}
