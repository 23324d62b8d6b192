"""A surface form analysed once, to be compared many times. Registry and query go through the same `analyse`.

What comes in is a name as written; what goes out is a `SurfaceForm`:

1. Words are found in the original string, so that every token keeps its offsets; zero-width signs, soft hyphens and
   stress marks inside a word do not split it, a possessive 's is no part of it, hyphens and dots separate.
2. Each word is cleaned (NFKC, look-alike letters of another script), romanised and folded to its `key`.
3. Legal forms and particles are set apart: they say little about who is meant. If nothing else is left, they are the
   name after all. Titles stay, marked: beside a person they say nothing, but President of Russia is not Russia.
4. Generic words become concepts, whatever their language: завод, zavod and plant are all `=plant`. Abbreviations that
   stand for such words are spelt out: НИИ is scientific, research, institute.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from resolver.language import names
from resolver.language.designators import designator
from resolver.language.names import GivenName
from resolver.language.romanization import fold, repair_homoglyphs, romanize, script_of

_IGNORABLE = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"[^\W_]+(?:[{_IGNORABLE}'’ʼ`´]+[^\W_]+)*[{_IGNORABLE}]*")
_LONE_LETTER_AND_NUMBER = re.compile(r"(?<![^\W_])([^\W\d_])[-‐‑–]?(?=\d)")
_STRIPPED = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x300, 0x301])
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`´"))
_VOWEL = re.compile("[aeiou]")
_POSSESSIVE = re.compile(r"['’ʼ`´][sS]$")
MAX_TOKENS = 24  # longer names are cut: the cost of one comparison stays bounded
MAX_LENGTH = 400  # characters of a name that are read at all; the longest real legal names stay below 300


class Token(NamedTuple):
    """One word of a name. A plain tuple, as they are made by the hundred thousand.

    text       as written, cleaned; start, end: its offsets in the original string
    latin      romanised, lower case; key: folded, what two romanisations of one word share
    index_key  `key`, or "=concept" for a generic word, or "#number" for a designation
    number     the normalised designation if the word holds one: "a1", "9k33", "155"
    initial    a single letter that stands for a name
    title      an office, rank or form of address
    """

    text: str
    start: int
    end: int
    latin: str
    key: str
    index_key: str
    script: str | None
    number: str | None
    initial: bool
    title: bool
    given: tuple[GivenName, ...]
    patronymic: str | None


@dataclass(frozen=True, slots=True)
class SurfaceForm:
    """A name, analysed: `tokens` identify it; legal forms and particles are set apart.

    folded   casefolded words joined by a space: equal means "the same but for case and punctuation"
    key      the keys of the tokens joined by a space
    acronym  the letters of a one-word name in capitals, folded one by one, else None
    """

    text: str
    lang: str | None
    tokens: tuple[Token, ...]
    legal: frozenset[str]
    folded: str
    key: str
    acronym: str | None

    @property
    def numbers(self) -> frozenset[str]:
        """The designations in the name."""
        return frozenset(token.number for token in self.tokens if token.number)


def clean(word: str) -> str:
    """The word without invisible signs and stress marks, in one script and in NFKC.

    >>> clean("Бре́чалов"), clean("Ｋｕｐｏｌ"), clean("Ку\u00adпол")
    ('Бречалов', 'Kupol', 'Купол')
    """
    if word.isascii():
        return word
    if word.isalnum() and unicodedata.is_normalized("NFKC", word):  # nothing to strip
        return repair_homoglyphs(word)
    return repair_homoglyphs(unicodedata.normalize("NFKC", word.translate(_STRIPPED)).translate(_STRIPPED))


@lru_cache(maxsize=32768)
def analyse(text: str, lang: str | None = None) -> SurfaceForm | None:
    """The analysed name, or None if it holds no letter or digit.

    >>> form = analyse("ООО «Гарпія-А1»", "uk")
    >>> [(token.text, token.key, token.index_key) for token in form.tokens], sorted(form.legal)
    ([('Гарпія', 'harpia', 'harpia'), ('А1', 'a1', '#a1')], ['llc'])
    >>> analyse("«—»") is None
    True
    """
    words = _words(text[:MAX_LENGTH])
    if not words:
        return None
    cleaned = [clean(word) for word, _, _ in words]
    legal = names.legal_forms(cleaned)
    in_legal = {i for form in legal for i in range(form.start, form.end)}
    parsed = [[_moved(token, start, end) for token in read_word(word, lang)] for word, start, end in words]
    core = [token for i, tokens in enumerate(parsed) if i not in in_legal for token in tokens]
    tokens = _identifying(core) or tuple(core) or tuple(token for group in parsed for token in group)
    tokens = _join_concepts(tokens)[:MAX_TOKENS]
    if not tokens:
        return None
    acronym = _acronym_of([word for i, word in enumerate(cleaned) if i not in in_legal], lang)
    if len(tokens) == 1:
        tokens = (as_name(tokens[0], acronym),)
    return SurfaceForm(
        text=text,
        lang=lang,
        tokens=tokens,
        legal=frozenset(form.form for form in legal),
        folded=" ".join(word.casefold() for word in cleaned),
        key=" ".join(token.key for token in tokens),
        acronym=acronym,
    )


def acronym_letter(letter: str, lang: str | None = None) -> str:
    """The folded first letter of a letter's romanisation: Ш and S are one sign in an acronym.

    >>> acronym_letter("Ш"), acronym_letter("И"), acronym_letter("G")
    ('s', 'i', 'h')
    """
    latin = romanize(letter, lang)
    return fold(latin)[0] if latin else ""


@lru_cache(maxsize=65536)
def read_word(word: str, lang: str | None = None) -> tuple[Token, ...]:
    """The tokens of one word of running text, as they would stand in a name, with offsets in the word.

    Usually one; several for an abbreviation of generic words; none if nothing can be romanised.
    """
    text = clean(word)
    spelt_out = names.expansion(text)
    if spelt_out:
        return tuple(_concept_token(concept, text, 0, len(word)) for concept in spelt_out)
    token = _token(text, len(word), lang)
    return (token,) if token else ()


def as_name(token: Token, acronym: str | None = None) -> Token:
    """The token as a whole name: a lone word is a name, not a generic word, and an acronym keeps each letter.

    >>> token = read_word("Ministry")[0]
    >>> token.index_key, as_name(token).index_key
    ('=ministry', 'ministri')
    """
    acronym = acronym if acronym and (len(acronym) <= 3 or not _VOWEL.search(acronym)) else None
    if token.number or (token.index_key == token.key and not acronym):
        return token
    key = acronym or fold(romanize(token.text.translate(_APOSTROPHES)) or token.latin)
    return token._replace(latin=acronym or token.latin, key=key, index_key=key)


def _words(text: str) -> list[tuple[str, int, int]]:
    """The words with their offsets; initials that spell an acronym (U.S.) are one word."""
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    found = [(_POSSESSIVE.sub("", word), start, end) for word, start, end in found]
    if len(found) > 1 and all(len(word) == 1 and word.isalpha() for word, _, _ in found):
        return [("".join(word for word, _, _ in found), found[0][1], found[-1][2])]
    return _glue_lone_letters(text, found)


def _glue_lone_letters(text: str, found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """F-16 is one designation: a lone letter goes to the number behind its hyphen."""
    words: list[tuple[str, int, int]] = []
    for word, start, end in found:
        if words and word[0].isdigit() and len(words[-1][0]) == 1 and words[-1][0].isalpha():
            letter, begin, stop = words[-1]
            if text[stop:start] in ("-", "‐", "‑", "–"):
                words[-1] = (letter + word, begin, end)
                continue
        words.append((word, start, end))
    return words


def _moved(token: Token, start: int, end: int) -> Token:
    return Token(token.text, start, end, *token[3:])


def _token(text: str, end: int, lang: str | None) -> Token | None:
    latin = romanize(text.translate(_APOSTROPHES), lang)
    if latin is None:
        return None
    key = fold(latin)
    number = designator(text)
    concept = None if number else names.concept(key)
    index_key = f"#{number}" if number else f"={concept}" if concept else key
    script, given, title = script_of(text), names.given_names(key), names.is_title(key)
    initial = len(text) == 1 and number is None and script in ("Latn", "Cyrl")
    patronymic = None if concept else names.patronymic(key)
    return Token(text, 0, end, latin, key, index_key, script, number, initial, title, given, patronymic)


def _concept_token(concept: str, text: str, start: int, end: int) -> Token:
    return Token(text, start, end, concept, fold(concept), f"={concept}", "Latn", None, False, False, (), None)


def _identifying(tokens: list[Token]) -> tuple[Token, ...]:
    """The tokens without particles. With a capital, one letter is an initial, and Илья or Jet a name."""
    return tuple(token for token in tokens if not (names.is_particle(token.key) and _may_be_particle(token)))


def _may_be_particle(token: Token) -> bool:
    return token.text.islower() or (len(token.key) > 1 and token.script != "Cyrl" and token.latin == token.key)


def _join_concepts(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Two English words that are one Russian word become one concept: machine building."""
    phrases = names.concept_phrases()
    joined: list[Token] = []
    for token in tokens:
        pair = (joined[-1].key, token.key) if joined else ()
        if pair in phrases:
            first = joined.pop()
            joined.append(_concept_token(phrases[pair], f"{first.text} {token.text}", first.start, token.end))
        else:
            joined.append(token)
    return tuple(joined)


def _acronym_of(words: list[str], lang: str | None) -> str | None:
    """The letters of the only word, if it is in capitals: 2 to 10 of them."""
    if len(words) != 1 or not (words[0].isupper() and words[0].isalpha() and 2 <= len(words[0]) <= 10):
        return None
    return "".join(acronym_letter(letter, lang) for letter in words[0])
