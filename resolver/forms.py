"""A surface form analysed once, to be compared many times. Registry and query go through the same `analyse`.

What comes in is a name as written; what goes out is a `SurfaceForm`:

1. Words are found in the original string, so that every token keeps its offsets; zero-width signs, soft hyphens and
   stress marks inside a word do not split it, a possessive 's is no part of it, hyphens and dots separate. What a
   reader does not see, such as &nbsp; and the hyphen of a divided word, is undone (`resolver.language.legible`).
2. Each word is cleaned (NFKC, look-alike letters of another script), romanised and folded to its `key`.
3. Legal forms and particles are set apart: they say little about who is meant. If nothing else is left, they are the
   name after all. Titles stay, marked: beside a person they say nothing, but President of Russia is not Russia.
4. Generic words become concepts, whatever their language: завод, zavod and plant are all `=plant`. Abbreviations that
   stand for such words are spelt out: НИИ is scientific, research, institute.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from resolver.language import names, organizations
from resolver.language.characters import unify_characters
from resolver.language.designators import designator, is_ordinal, ordinal
from resolver.language.legible import Legible, legible
from resolver.language.names import GivenName
from resolver.language.places import citation_key
from resolver.language.romanization import fold, join_keys, repair_homoglyphs, romanize, script_of
from resolver.language.unspaced import has_unspaced, split_unspaced
from resolver.memory import FEW, MANY

# Combining marks of Latin, Cyrillic, Hebrew, Arabic, the Indic scripts and Thai: `\w` leaves them out.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
_IGNORABLE = f"{MARKS}\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"[^\W_]+(?:[{_IGNORABLE}'’ʼ`´]+[^\W_]+)*[{_IGNORABLE}]*")
_HYPHENS = frozenset("-‐‑–")
_DESIGNATION = re.compile(r"[^\W\d_]{1,2} \d{2,4}")
_VOWEL_SIGNS = (
    *range(0x5B0, 0x5BE),
    0x5BF,
    0x5C1,
    0x5C2,
    *range(0x64B, 0x653),
    0x670,
)  # Hebrew, Arabic: seldom written
_STRIPPED = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x300, 0x301, *_VOWEL_SIGNS])
_APOSTROPHE_SIGNS = frozenset("'’ʼ`´")
_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHE_SIGNS))
_VOWEL = re.compile("[aeiou]")
_POSSESSIVE = re.compile(r"['’ʼ`´][sS]$")
_PLURAL = re.compile(r"(?:(?<=\d)|(?<=\d[A-Z]))s\b")  # two F-16s, Tor-M2Es, MiG-29s; but 1990s and iPhone 5s
_NAMED_AFTER = re.compile(
    r"\bnamed (?:after|for)\b|\bімені\b|\b[Ии]м(?:ени\b|\.|\b(?= [А-Я]))|\bim(?:eni\b|\.|\b(?= [A-Z]))", re.I
)
_NAMED_AFTER_WORDS = frozenset({"named", "імені", "имени", "им", "imeni", "im"})  # folded: most names have none
_SYLLABLES = re.compile("[^aeiou]{0,2}(?:(?:[aeou]|i(?!i)){1,2}[^aeiou]{1,2})+[aeiou]?")
_PRONOUNCED = 6  # letters from which a word in capitals that can be pronounced is a name, not an acronym: NOVELCO
_NAMED_IN_SHORT = ("им", "Им", "ім", "im")  # short for named after
_BRANCH = re.compile(r"\b(?:branch|филиал|філія|filial|filii?a|ФЛ|FL)\b", re.IGNORECASE)
_BRANCH_WORDS = frozenset({"branch", "филиал", "філія", "filial", "filia", "filiia", "фл", "fl"})  # folded
_QUOTED = re.compile(r"\s*[,«„“\"‘']")
_SYLLABLE = re.compile("[^aeiouy]{0,3}[aeiouy]{1,3}[^aeiouy]{0,3}")
_ARTICLE = re.compile("[ae](?:[ltdrszn]|[sdt]h)")  # of Arabic, its l spoken as the letter behind it
_MAX_SYLLABLES = 4  # words of a name of syllables
_ABOVE = frozenset({"=corporation", "=concern", "=holding"})  # the kinds of firms that stand above others
_BREAK = re.compile(r"\s[-–—]+\s|[–—,;]")
_NONE: frozenset[str] = frozenset()
MAX_TOKENS = 24  # longer names are cut: the cost of one comparison stays bounded
MAX_LENGTH = 400  # characters of a name that are read at all; the longest real legal names stay below 300


class Token(NamedTuple):
    """One word of a name. A plain tuple, as they are made by the hundred thousand.

    text       as written, cleaned; start, end: its offsets in the original string
    latin      romanised, as by `romanize`; key: folded, what two romanisations of one word share
    index_key  `key`, or "=concept" for a generic word, or "#number" for a designation
    number     the normalised designation if the word holds one: "a1", "9k33", "155"; "3" of an ordinal in words
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

    @property
    def is_distinctive(self) -> bool:
        """Whether the word may tell one thing from another: no generic word, number, title or initial."""
        return self.index_key[0] not in "=#" and not self.title and not self.initial


@dataclass(frozen=True, slots=True)
class SurfaceForm:
    """A name, analysed: `tokens` identify it; legal forms and particles are set apart.

    folded   casefolded words joined by a space: equal means "the same but for case and punctuation"
    key      the keys of the tokens joined by a space
    joined   the keys of all words in one, particles too: Al Jazeera, Aljazeera
    written  the same with generic words as concepts, so that a translation counts as the same word
    numbers  the designations in the name
    acronym  the letters of a one-word name in capitals, folded one by one, else None
    honoured tokens of people after whom an organisation is named: им. В.П. Чкалова, the V.V. Tikhomirov Institute
    parent   tokens of the firm above: Tactical Missile Corporation in front of JSC X, or Y behind X, Branch of Y
    """

    text: str
    lang: str | None
    tokens: tuple[Token, ...]
    legal: frozenset[str]
    folded: str
    key: str
    joined: str
    written: str
    numbers: frozenset[str]
    acronym: str | None
    honoured: tuple[Token, ...] = ()
    parent: tuple[Token, ...] = ()


def clean(word: str) -> str:
    """The word without invisible signs and stress marks, in one script, in NFKC and one form of Chinese characters.

    >>> clean("Бре́чалов"), clean("Ｋｕｐｏｌ"), clean("Ку\u00adпол")
    ('Бречалов', 'Kupol', 'Купол')
    """
    if word.isascii():
        return word
    if word.isalnum() and unicodedata.is_normalized("NFKC", word):  # nothing to strip
        return unify_characters(repair_homoglyphs(word))
    return unify_characters(
        repair_homoglyphs(unicodedata.normalize("NFKC", word.translate(_STRIPPED)).translate(_STRIPPED))
    )


def analyse(text: str, lang: str | None = None) -> SurfaceForm | None:
    """The analysed name, or None if it holds no letter or digit; of a long one, its first `MAX_LENGTH` characters.

    >>> form = analyse("ООО «Гарпія-А1»", "uk")
    >>> [(token.text, token.key, token.index_key) for token in form.tokens], sorted(form.legal)
    ([('Гарпія', 'harpia', 'harpia'), ('А1', 'a1', '#a1')], ['llc'])
    >>> analyse("«—»") is None
    True
    """
    return _analysed_as_shown(text[:MAX_LENGTH], lang)  # what is cut off is not remembered either


@lru_cache(maxsize=FEW)
def _analysed_as_shown(text: str, lang: str | None) -> SurfaceForm | None:
    shown = legible(text)
    if not shown.edits:
        return _analysed(text, lang)
    form = _analysed(shown.text, lang)
    return form and _at_home(form, text, shown)


def _analysed(text: str, lang: str | None) -> SurfaceForm | None:
    words = _words(text)
    if not words:
        return None
    cleaned = [clean(word) for word, _, _ in words]
    legal = organizations.legal_forms(cleaned)
    in_legal = {i for form in legal for i in range(form.start, form.end)}
    core = _tokens(words, lang, without=in_legal)
    tokens = _identifying(core, text) or tuple(core) or tuple(_tokens(words, lang))
    tokens = _join_concepts(tokens)[:MAX_TOKENS]
    if not tokens:
        return None
    acronym = None
    if len(words) - len(in_legal) == 1:
        acronym = _acronym_of(next(word for i, word in enumerate(cleaned) if i not in in_legal), lang)
    if len(tokens) == 1:
        tokens = (as_name(tokens[0], acronym),)
    folded = [word.casefold() for word in cleaned]
    return SurfaceForm(
        text=text,
        lang=lang,
        tokens=tokens,
        legal=frozenset([form.form for form in legal]) or _NONE,
        folded=" ".join(folded),
        key=" ".join([token.key for token in tokens]).lower(),
        joined=join_keys([token.key for token in core]),
        written=" ".join([token.index_key for token in tokens]),
        numbers=frozenset([token.number for token in tokens if token.number]) or _NONE,
        acronym=acronym,
        honoured=_honoured(text, tokens, marked=not _NAMED_AFTER_WORDS.isdisjoint(folded)),
        parent=_parent(
            text,
            tokens,
            [words[form.start][1] for form in legal],
            branch=None if _BRANCH_WORDS.isdisjoint(folded) else _BRANCH.search(text),
        ),
    )


def _at_home(form: SurfaceForm, text: str, shown: Legible) -> SurfaceForm:
    """The form of a legible text as that of the original one, with the offsets of the latter."""
    tokens, honoured, parent = (
        tuple(token._replace(start=start, end=end) for token in part for start, end in [shown.original(*token[1:3])])
        for part in (form.tokens, form.honoured, form.parent)
    )
    return replace(form, text=text, tokens=tokens, honoured=honoured, parent=parent)


def likeness(mine: str, other: str) -> float:
    """How alike two names are as strings, 0..1, in the order in which they are more so: many put the surname first."""
    ratio = fuzz.ratio(mine, other)
    if ratio == 100 or (" " not in mine and " " not in other):
        return ratio / 100
    return max(ratio, fuzz.token_sort_ratio(mine, other)) / 100


@lru_cache(maxsize=FEW)
def acronym_letter(letter: str, lang: str | None = None) -> str:
    """The folded first letter of a letter's romanisation: Ш and S are one sign in an acronym.

    >>> acronym_letter("Ш"), acronym_letter("И"), acronym_letter("G")
    ('s', 'i', 'h')
    """
    latin = romanize(letter, lang)
    return fold(latin)[0] if latin else ""


def read_word(word: str, lang: str | None = None) -> tuple[Token, ...]:
    """The tokens of one word of running text, as they would stand in a name, with offsets in the word.

    Usually one; several for an abbreviation of generic words; none if nothing can be romanised.
    """
    return _read(word, None if word.isascii() else lang)  # ASCII is Latin already, in any language


@lru_cache(maxsize=MANY)
def _read(word: str, lang: str | None) -> tuple[Token, ...]:
    text = clean(word)
    spelt_out = organizations.expansion(text)
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
    latin = romanize(token.text.translate(_APOSTROPHES)) or token.latin
    key = acronym or citation_key(latin) or fold(latin)
    return token._replace(latin=acronym or token.latin, key=key, index_key=key)


def _tokens(words: list[tuple[str, int, int]], lang: str | None, *, without: Collection[int] = ()) -> list[Token]:
    """The tokens of all words but some, with their offsets in the name."""
    tokens: list[Token] = []
    for i, (word, start, end) in enumerate(words):
        if i not in without:
            for token in read_word(word, lang):
                at_home = start == 0 and end == token.end
                tokens.append(token if at_home else Token._make((token.text, start, end, *token[3:])))
    return tokens


def _words(text: str) -> list[tuple[str, int, int]]:
    """The words with their offsets; initials that spell an acronym (U.S.) are one word."""
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    if not _APOSTROPHE_SIGNS.isdisjoint(text):
        found = [(_POSSESSIVE.sub("", word), start, end) for word, start, end in found]
    if len(found) > 1 and len(found[0][0]) == 1 and all(len(word) == 1 and _has_case(word) for word, _, _ in found):
        return [("".join(word for word, _, _ in found), found[0][1], found[-1][2])]
    if not text.isascii() and has_unspaced(text):
        found = [part for word in found for part in _parts_of(*word)]
    found = _glue_designations(text, found)
    return [_singular(text, *word) for word in found] if _PLURAL.search(text) else found


def _has_case(letter: str) -> bool:
    """Whether it is a letter of a script with capitals: in Chinese, a letter is a word."""
    return letter.lower() != letter.upper()


def _singular(text: str, word: str, start: int, end: int) -> tuple[str, int, int]:
    """The word without the plural of a designation, which has a capital or stands behind a hyphen."""
    marked = text[start - 1 : start] in _HYPHENS or any(map(str.isupper, word))
    return _PLURAL.sub("", word) if marked else word, start, end


def _parts_of(word: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The word, or what it is made of where no spaces are written."""
    parts = split_unspaced(word)
    return [(part, start + begin, start + stop) for part, begin, stop in parts] or [(word, start, end)]


def _glue_designations(text: str, found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """F-16, Су-34 and 58-ма are one word each, and so is S 300, if that is all of the name."""
    if len(found) == 2 and _DESIGNATION.fullmatch(text.strip()):
        return [("".join(word for word, _, _ in found), found[0][1], found[1][2])]
    if _HYPHENS.isdisjoint(text):
        return found
    words: list[tuple[str, int, int]] = []
    for word, start, end in found:
        if words and text[words[-1][2] : start] in _HYPHENS:
            known, begin, _ = words[-1]
            letters = (
                known.isalpha() and word[0].isdigit() and (len(known) == 1 or (len(known) == 2 and known[0].isupper()))
            )
            if letters or (known.isdigit() and is_ordinal(f"{known}-{word}")):
                words[-1] = (known + word if letters else f"{known}-{word}", begin, end)
                continue
        words.append((word, start, end))
    return words


def _token(text: str, end: int, lang: str | None) -> Token | None:
    latin = romanize(text.translate(_APOSTROPHES), lang)
    if latin is None:
        return None
    key = citation_key(latin) or fold(latin)
    number = designator(text) or ordinal(key)
    concept = None if number else organizations.concept(key)
    index_key = f"#{number}" if number else f"={concept}" if concept else key
    script, given, title = script_of(text), names.given_names(key), names.is_title(key, latin)
    initial = len(text) == 1 and number is None and script in ("Latn", "Cyrl")
    patronymic = None if concept else names.patronymic(key)
    return Token(text, 0, end, latin, key, index_key, script, number, initial, title, given, patronymic)


def _concept_token(concept: str, text: str, start: int, end: int) -> Token:
    return Token(text, start, end, concept, fold(concept), f"={concept}", "Latn", None, False, False, (), None)


def _identifying(tokens: list[Token], text: str) -> tuple[Token, ...]:
    """The tokens without particles. With a capital, one letter is an initial, Илья a name, and so is the last."""
    if not tokens:
        return ()
    syllables, last = are_syllables(tokens), tokens[-1]
    named = last if last.text[0].isupper() or syllables else None
    hyphened = () if syllables or _HYPHENS.isdisjoint(text) else pairwise(tokens)
    articles = {one.start for one, two in hyphened if _is_article(one, two, text)}
    return tuple(
        token
        for i, token in enumerate(tokens)
        if token is named
        or not (_is_particle(token, syllables, inner=i > 0) or token.text in _NAMED_IN_SHORT or token.start in articles)
    )


def _is_article(token: Token, following: Token, text: str) -> bool:
    """Whether a word is the Arabic article, as it is spoken before the next one: ash-Shabab, ан-Нусра, Эль-Кувейт."""
    if not _ARTICLE.fullmatch(token.latin) or text[token.end : following.start] not in _HYPHENS:
        return False
    return token.latin[1] in ("l", following.latin[0])


def are_syllables(tokens: Sequence[Token]) -> bool:
    """Whether a name is of a few syllables, as those of Korea, China and Burma are: Pak To Chun, Moon Jae-in.

    Not one with a given name of another country: John Paul Brown.
    """
    return 1 < len(tokens) <= _MAX_SYLLABLES and all(
        token.script == "Latn" and not token.given and _SYLLABLE.fullmatch(token.latin) for token in tokens
    )


def _is_particle(token: Token, syllables: bool, *, inner: bool) -> bool:
    latin = token.latin if token.script == "Latn" else None
    if token.text.islower():
        return names.is_particle(token.key, latin)
    plain = len(token.key) > 1 and token.script != "Cyrl" and token.latin == token.key
    return plain and names.is_particle(token.key, latin, capital=True, inner=inner, syllable=syllables)


def _honoured(text: str, tokens: tuple[Token, ...], *, marked: bool) -> tuple[Token, ...]:
    """The tokens of the people after whom an organisation is named: behind a phrase that says so, or with initials.

    `marked` is false where no word may begin such a phrase.
    """
    marker = _NAMED_AFTER.search(text) if marked else None
    if not marker and not any(token.index_key[0] == "=" for token in tokens):
        return ()
    stop = _BREAK.search(text, marker.end()) if marker else None
    start, end = (marker.start(), stop.start() if stop else len(text)) if marker else (0, 0)
    named = [token for token in tokens if start <= token.start < end]
    if not named and (tokens[0].initial or tokens[0].title) and tokens[0].index_key[0] != "=":
        first = next((i for i, token in enumerate(tokens) if not token.initial and not token.title), len(tokens) - 1)
        named = list(tokens[: first + 1]) if tokens[first].index_key[0] != "=" else []
    return tuple(named)


def _parent(
    text: str, tokens: tuple[Token, ...], legal: list[int], *, branch: re.Match[str] | None
) -> tuple[Token, ...]:
    """The tokens of the firm above, where the name shows one: X, Joint Stock Company Y; Y, Branch of X; X Concern “Y”.

    `legal` holds the offsets at which legal forms begin; `branch` is the word for a branch.
    """
    breaks = [match.start() for match in _BREAK.finditer(text)] if branch or legal else []
    if branch and branch.start() > 3:
        start, end = max((b for b in breaks if b <= branch.start()), default=branch.start()), len(text)
    elif branch and breaks and any(offset < breaks[-1] for offset in legal):
        start, end = 0, breaks[-1]
    else:
        comma = next((b for b in breaks if text[b] == "," and text[b + 1 :].lstrip()[:1] and b + 2 in legal), 0)
        start, end = 0, comma or _group_in_front(text, tokens)
    above = tuple([token for token in tokens if start <= token.start < end]) if end else ()
    return above if len(above) < len(tokens) else ()


def _group_in_front(text: str, tokens: tuple[Token, ...]) -> int:
    """The end of the corporation in front of a name in quotes, 0 if there is none: its trade must be named with it."""
    for i, token in enumerate(tokens[1:-1], 1):
        if token.index_key in _ABOVE and _QUOTED.match(text, token.end):
            named = any(t.is_distinctive or organizations.fields_of(t.index_key[1:]) for t in tokens[:i])
            return token.end if named else 0
    return 0


def _join_concepts(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Two words that are one word in Russian become one concept: machine building; scientific research."""
    if len(tokens) < 2:
        return tokens
    phrases = organizations.concept_phrases()
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else token
        phrase = joined and (phrases.get((last.key, token.key)) or phrases.get((last.index_key, token.index_key)))
        if phrase:
            text = last.text if last.start == token.start else f"{last.text} {token.text}"
            joined[-1] = _concept_token(phrase, text, last.start, token.end)
        else:
            joined.append(token)
    return tuple(joined)


def _acronym_of(word: str, lang: str | None) -> str | None:
    """The letters of a word in capitals: 2 to 10 of them, and the longer ones no plain word."""
    if not (word.isupper() and word.isalpha() and 2 <= len(word) <= 10):
        return None
    letters = "".join([acronym_letter(letter, lang) for letter in word])
    return None if len(letters) >= _PRONOUNCED and _SYLLABLES.fullmatch(letters) else letters
