"""Pairs the words of two names without regard to order, and says how each pair agrees.

1. `compare_words` asks, from sure to weak: equal after folding, a case form, the same patronymic, another form of the
   given name, a typo, a shortened word, the same sound. What language knowledge says are different names is no pair.
2. `align` takes the best pair first, each word once, and then joins words that one side writes apart.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from resolver.evidence.asides import classes, designations, without_repeated, without_titles
from resolver.evidence.joining import written_together
from resolver.evidence.whole import is_one_exonym, is_one_in_all
from resolver.forms import SurfaceForm, Token
from resolver.index import AliasEntry, Query, allowed_edits
from resolver.language import names
from resolver.language.abjads import ABJADS, is_spelt_as
from resolver.language.compounds import is_same_compound, names_in
from resolver.language.inflection import WITHOUT_CASES, Inflection, adjective_bases, is_case_form, is_spelt_so, relate
from resolver.language.orthographies import shared_reading, sound_of
from resolver.language.phonetics import is_heard_as, sound_keys, without_ending
from resolver.language.pinyin import pinyin_keys, pinyin_of
from resolver.language.places import is_place, place_relation
from resolver.language.romanization import CYRILLIC_LANGUAGES, VOWELS, guess_language
from resolver.memory import FEW, MANY
from resolver.model import Mention
from resolver.traits import joint

# How alike two words are, by how they agree, in the order of measured precision: in labelled Slavic news a form of one
# paradigm is right in 96 % of cases from five letters on, another ending in 70 %, one edit in eight letters in 80 %.
SIMILARITY = {
    "same": 1.0,
    "romanised": 0.98,
    "translated": 0.97,
    "inflected": 0.96,
    "patronymic": 0.95,
    "given": 0.93,
    "exonym": 0.95,
    "known": 0.95,
    "joined": 0.95,
    "derived": 0.9,
    "respelt": 0.94,
    "heard": 0.8,
    "spelt": 0.9,
    "demonym": 0.85,
    "ending": 0.9,
    "feminine": 0.9,
    "adjective": 0.9,
    "nickname": 0.85,
    "truncated": 0.6,
    "sound": 0.6,
    "initial": 0.6,
}
_WITH_CASES = frozenset({"Latn", "Cyrl"})  # scripts of the languages whose case endings are known
_SURE = frozenset({"same", "romanised", "translated", "inflected", "exonym", "joined"})  # no table knows better
_CASES = frozenset({"inflected", "ending", "feminine", "derived"})  # how words agree by their case endings
_SOFTENING = re.compile("i(?=e)")  # Polish writes Piotr's Petrov as Pietrow: the i only softens the consonant
_MINIMUM = 0.55  # pairs less alike than this are no pair
_BY_FOLD = frozenset({"same", "romanised", "inflected"})
_HISSES = frozenset({"3s", "7z", "4c", "37"})  # ш and с, ж and з, ч and ц, ш and ж, as `sound_of` has them
_BY_LETTERS = frozenset({"typo", "truncated", "sound", "ending", "feminine"})  # where other languages may say more
# How words may agree of which one is written without vowels: endings and typos would need them.
_BEYOND_LETTERS = frozenset({"same", "romanised", "translated", "given", "nickname", "exonym"})
_TYPO = 0.95  # similarity of a word to itself if none of its letters differed
AS_WRITTEN = frozenset({"same", "romanised"})  # how words agree whose letters are the same, in one script or two
_MIN_SOFTENED = 5  # letters of a word in which a softening i may be left out
_MIN_SOUND = 6  # letters of words that may agree by their sound
_ALIKE_ANYWAY = 0.7  # how alike in letters, if only one of them begins with a vowel
_MIN_TRUNCATED = 4  # letters of a shortened word


class TokenPair(NamedTuple):
    """Tokens of the mention and of the alias that agree, how, how much (0..1), their rarity in bits, the language.

    This and `Comparison` are plain tuples, as thousands are made a second.
    """

    mention: tuple[Token, ...]
    alias: tuple[Token, ...]
    how: str
    similarity: float
    bits: float
    alias_bits: float
    lang: str | None = None


class Comparison(NamedTuple):
    """A mention beside an alias, aligned: what every comparison function looks at.

    rest and alias_rest are the tokens without a partner, rest_bits and alias_rest_bits their rarity together; ways are
    how the pairs agree; traits is what at least one of the names shows; alike is how many names of the entity are like
    the mention; elsewhere are those of `rest` that another name of the entity has.
    """

    mention: Mention
    form: SurfaceForm
    entry: AliasEntry
    pairs: tuple[TokenPair, ...]
    rest: tuple[Token, ...]
    alias_rest: tuple[Token, ...]
    rest_bits: float
    alias_rest_bits: float
    ways: frozenset[str]
    traits: frozenset[str]
    alike: int = 0
    elsewhere: tuple[Token, ...] = ()
    elsewhere_bits: float = 0.0

    @property
    def is_lone(self) -> bool:
        """Whether one word of the mention counts: titles beside a person do not."""
        if len(self.pairs) + len(self.rest) != 1:
            return False
        return not self.pairs or len(self.pairs[0].mention) == 1

    @property
    def is_classed(self) -> bool:
        """Whether the mention says of what class a product is, and its name does not."""
        counted = sum([len(found.mention) for found in self.pairs]) + len(self.rest)
        return self.entry.entity.type == "product" and bool(self.pairs) and counted < len(self.form.tokens)

    @property
    def is_person(self) -> bool:
        """Whether the candidate is a person."""
        return self.entry.entity.type == "person"


def compare_words(left: Token, right: Token, lang: str | None = None) -> tuple[str, float] | None:
    """How two words agree and how much (0..1), or None if they do not. In English there are no Slavic cases.

    >>> from resolver.forms import analyse
    >>> word = lambda text: analyse(text).tokens[0]
    >>> compare_words(word("Бречаловым"), word("Brechalov"))
    ('inflected', 0.96)
    >>> compare_words(word("Andriy"), word("Андрей")), compare_words(word("A1"), word("A2"))
    (('given', 0.93), None)
    """
    if left.text == right.text or left.text.casefold() == right.text.casefold():
        return "same", SIMILARITY["same"]
    if left.script == "Cyrl" and lang not in CYRILLIC_LANGUAGES:
        lang = _guess_language(left.text)
    elif left.script not in _WITH_CASES or lang in WITHOUT_CASES:
        lang = "en"
    mine = (left.index_key, left.latin, left.key, left.initial)
    found = _compare_words(
        *mine, right.index_key, right.latin, right.key, right.initial, lang if lang in ("en", "uk") else None
    )
    if found and found[0] in _CASES and left.script not in _WITH_CASES:
        found = None
    how = _as_it_is_written(found[0], left, right, lang) if found else None
    if how:
        return how, SIMILARITY[how]
    if found and found[0] in _BY_FOLD and left.script == right.script:
        found = _as_written_in(left.script, left.latin, right.latin, found)
    if (left.script in ABJADS) != (right.script in ABJADS):
        return _across_abjads(left, right, found)
    if found is None or found[0] in _BY_LETTERS:
        respelt = _respelling(left, right)
        if respelt:
            return max(found or (respelt, 0.0), (respelt, SIMILARITY[respelt]), key=lambda way: way[1])
    return found


@lru_cache(maxsize=FEW)
def _as_it_is_written(how: str, left: Token, right: Token, lang: str | None) -> str | None:
    """How two words agree if they are looked at as they are written; None if that is as their keys do.

    Two words of one meaning may be two cases of one word, no acronym for one of them; and a case form, such as Varšavy,
    that of the name of the place in another language.
    """
    if how == "translated":
        alike = left.script == right.script and left.text[:2].casefold() == right.text[:2].casefold()
        return "inflected" if alike and is_case_form(left.key, right.key) else None
    if how != "inflected" or left.script != "Latn" or place_relation(left.key, right.key) != "exonym":
        return None
    other = right.latin if right.script == "Latn" else None
    return None if is_spelt_so(left.text, left.latin, left.key, other, right.key, lang) else "exonym"


_guess_language = lru_cache(maxsize=FEW)(guess_language)  # a word of the mention meets those of many aliases


@lru_cache(maxsize=FEW)
def _as_written_in(script: str | None, left: str, right: str, found: tuple[str, float]) -> tuple[str, float] | None:
    """How two romanised words of one fold agree that their script may tell apart: Марш is not Марс, 章伟 not 张伟."""
    if script != "Cyrl":
        return ("sound", SIMILARITY["sound"]) if script == "Hani" else found
    mine, other = sound_of(left), sound_of(right)
    first = next((pair for pair in zip(mine, other, strict=False) if pair[0] != pair[1]), ("", ""))
    return _look_alike(mine, mine, other, other) if "".join(sorted(first)) in _HISSES else found


def _respelling(left: Token, right: Token) -> str | None:
    """How two words are one name in two languages, one of them of Latin script. A marked letter is no English one."""
    kinds = {left.index_key[0], right.index_key[0]}
    if "Latn" not in (left.script, right.script) or "#" in kinds or kinds == {"="}:
        return None
    if (left.given and right.given) or place_relation(left.key, right.key) is not None:
        return None  # Niger is not Nigeria, and Eric not Erika
    forms = (left.latin, *without_ending(left.latin, left.script))
    if any(shared_reading(left.text, form, right.text, right.latin) for form in forms):
        return "respelt"
    latin, cyrillic = (left, right) if left.script == "Latn" else (right, left)
    if cyrillic.script == "Latn" or not latin.text.isascii():
        return None
    readings = pinyin_of(cyrillic.text) if cyrillic.script == "Cyrl" else ()  # of most words none, which is soon known
    if latin.text.lower() in readings:
        return "romanised"
    if readings and not set(pinyin_keys(latin.text, "Latn")).isdisjoint(pinyin_keys(cyrillic.text, "Cyrl")):
        return "heard"
    return "heard" if is_heard_as(left.latin, left.script, right.latin, right.script) else None


def _across_abjads(left: Token, right: Token, found: tuple[str, float] | None) -> tuple[str, float] | None:
    """How two words agree of which one is in Arabic or Hebrew letters; `found` is what their keys say.

    The other may spell it with vowels, but not if both are given names and the table does not say that they are one.
    """
    is_given = found is not None and found[0] == "given"
    are_two = bool(left.given and right.given) and not is_given
    is_word = left.index_key[0] not in "#=" and right.index_key[0] not in "#="
    if is_word and not are_two and is_spelt_as(left.latin, left.script, right.latin, right.script):
        return "spelt", SIMILARITY["given" if is_given else "spelt"]
    return found if found and found[0] in _BEYOND_LETTERS else None


@lru_cache(maxsize=MANY)
def _compare_words(
    left_index: str, left: str, left_key: str, left_initial: bool,
    right_index: str, right: str, right_key: str, right_initial: bool, lang: str | None,
) -> tuple[str, float] | None:  # fmt: skip
    if left_index == right_index:
        how = "same" if left == right else "translated" if left_index[0] == "=" else "romanised"
        return how, SIMILARITY[how]
    kinds = {left_index[0], right_index[0]}
    if "#" in kinds:
        return None
    if left_key == right_key:
        return ("same" if left == right else "romanised"), SIMILARITY["same" if left == right else "romanised"]
    if left_initial or right_initial:
        same = left[0] == right[0] or left_key[0] == right_key[0]
        return ("initial", SIMILARITY["initial"]) if same else None
    known = _known_relation(left_key, right_key, lang)
    if known in (None, "ending"):
        known = _softened_relation(left_key, right_key, lang) or known
    if known:
        return known, SIMILARITY[known]
    if known == "" or kinds == {"="}:
        return None
    found = _look_alike(left, left_key, right, right_key)
    return found if "=" not in kinds or (found and found[0] == "typo") else None


def _known_relation(left: str, right: str, lang: str | None) -> str | None:
    """How language knowledge relates two keys; None if it is silent, "" if it says that they are different names."""
    mine, other = names.given_names(left), names.given_names(right)
    shared = [(a, b) for a in mine for b in other if a.group == b.group and (a.gender == b.gender or a.diminutive)]
    if any(not a.diminutive and not b.diminutive for a, b in shared):
        return "given"
    relation = case_form(left, right, lang)
    if relation and relation.exact and not relation.base and relation.case.startswith("feminine"):
        return "feminine"
    place = place_relation(left, right)
    if place == "exonym" and left != right and is_place(left) and is_place(right):
        return place  # Varšava is no genitive of Warsaw
    if relation and relation.exact and relation.base and place != "":
        return "derived" if relation.case.startswith("derived") else "inflected"
    if place is not None:
        return place  # also "": Niger is a place of its own, and no case form of Nigeria
    if shared:
        return "nickname"
    father, other_father = names.patronymic(left), names.patronymic(right)
    if father and father == other_father:
        return "patronymic"
    if (mine and (other or other_father)) or (father and other):
        return ""  # also Vladimirovich and Vladimir, who is the father
    return _relation_of_given(left, right) or ("ending" if relation else None)


def _relation_of_given(left: str, right: str) -> str | None:
    """How two keys are one given name, or two short forms of one, in a case form: Миколою, Nikolai; Джейком, Jake."""
    if not (names.given_names(left) or names.given_names(right)):
        return None
    mine, other = names.given_forms(left), names.given_forms(right)
    pairs = [(a, b) for a in mine for b in other if a.group == b.group and a.gender == b.gender]
    if any(not a.diminutive for a, _ in pairs):
        return "given"
    return "nickname" if any(b.diminutive for _, b in pairs) else None


def case_form(left: str, right: str, lang: str | None) -> Inflection | None:
    """How two keys are forms of one word: in the language of the mention first, then in any but for English."""
    if left[0] != right[0]:
        return None  # no ending changes the first letter
    own = relate(left, right, lang) if lang else None
    if lang == "en" or (own and own.exact and own.base):
        return own
    return (own if lang == "uk" else None) or relate(left, right) or own


def without_softening(key: str) -> str:
    """The key as if no i stood only to soften a consonant."""
    return _SOFTENING.sub("", key)


def _softened_relation(left: str, right: str, lang: str | None) -> str | None:
    """The relation of two keys without the i that only softens a consonant before e."""
    if left[0] != right[0] or ("ie" not in left and "ie" not in right):
        return None
    mine, other = without_softening(left), without_softening(right)
    if (mine, other) == (left, right) or min(len(mine), len(other)) < _MIN_SOFTENED:
        return None
    return "romanised" if mine == other else _known_relation(mine, other, lang)


def _look_alike(left: str, left_key: str, right: str, right_key: str) -> tuple[str, float] | None:
    """Typos, shortened words and words of one sound."""
    shorter, longer = sorted((left_key, right_key), key=len)
    if shorter.endswith("a") and longer == shorter + "n":
        return None  # Russia, Russian
    if is_same_compound(left_key, right_key):
        return "respelt", SIMILARITY["respelt"]
    edits = allowed_edits(len(shorter))
    distance = OSA.distance(left_key, right_key, score_cutoff=edits) if edits else edits + 1
    if distance <= edits:
        return "typo", _TYPO * (1 - distance / len(shorter))
    if shorter in adjective_bases(longer):
        return "adjective", SIMILARITY["adjective"]
    if len(shorter) >= _MIN_TRUNCATED and longer.startswith(shorter):
        return None if _is_of_two_names(longer, shorter) else ("truncated", SIMILARITY["truncated"])
    if len(shorter) < _MIN_SOUND or set(sound_keys(left)).isdisjoint(sound_keys(right)):
        return None
    one_begins_with_vowel = (left_key[0] in VOWELS) != (right_key[0] in VOWELS)  # no sound key has the first vowel
    if one_begins_with_vowel and OSA.normalized_similarity(left_key, right_key) < _ALIKE_ANYWAY:
        return None  # Nozhkin, Anashkin
    return "sound", SIMILARITY["sound"]


def _is_of_two_names(word: str, first: str) -> bool:
    """Whether a word is a given name and another behind it: Mohammadreza is not Mohammad, nor Saifuddin Saif."""
    if any(part.name == first for part in names_in(word)):
        return True
    rest = word.removeprefix(first)
    return len(rest) >= _MIN_TRUNCATED - 1 and bool(names.given_names(first)) and bool(names.given_names(rest))


def align(mention: Mention, query: Query, entry: AliasEntry, alike: int = 0) -> Comparison:
    """The mention's tokens paired with the alias's, order-free: the best pair first, each token used once."""
    form, weights, _, mine, words_of = query
    alias, others, lang, traits = entry.form, entry.weights, mention.lang, joint(mine, entry.traits)
    left, right = form.tokens, alias.tokens
    if form.folded != alias.folded and is_one_in_all(form, entry, traits):
        return _as_one("joined", mention, query, entry, alike)
    free, alias_free = set(range(len(left))), set(range(len(right)))
    may_join = "compound" in traits or len(left) != len(right)
    pairs = _joined_pairs(form, free, weights, entry, alias_free) if may_join else []
    for negative, _, i, j, how in sorted(_options(query, right, free, alias_free, traits, lang)):
        if how == "initial" and not _stands_for(entry, form, left[i], right[j]):
            continue
        if i in free and j in alias_free:
            free.remove(i)
            alias_free.remove(j)
            pairs.append(TokenPair((left[i],), (right[j],), how, -negative, weights[i], others[j], lang))
    if len(free) == len(alias_free) == 1 and pairs:
        (i,), (j,) = free, alias_free
        if {pair.how for pair in pairs} <= AS_WRITTEN and _is_slip_of_pen(left[i], right[j]):
            free, alias_free = set(), set()
            similarity = _TYPO * (1 - 1 / max(len(left[i].text), len(right[j].text)))
            pairs.append(TokenPair((left[i],), (right[j],), "typo", similarity, weights[i], others[j], lang))
    is_sure = not (free or alias_free) and {pair.how for pair in pairs} <= _SURE
    if "exonym" in traits and not is_sure and is_one_exonym(form, entry):
        return _as_one("known", mention, query, entry, alike)
    if free or alias_free:
        free, alias_free = _without_asides(form, free, entry, alias_free, traits, agree=bool(pairs))
    rest, alias_rest = sorted(free) if free else (), sorted(alias_free) if alias_free else ()
    known = words_of(entry.entity.id) if pairs and rest and entry.entity.aliases else ()
    elsewhere = [i for i in rest if left[i].index_key in known]
    return Comparison(
        mention,
        form,
        entry,
        tuple(pairs),
        tuple([left[i] for i in rest]) if rest else (),
        tuple([right[j] for j in alias_rest]) if alias_rest else (),
        sum([weights[i] for i in rest]),
        sum([others[j] for j in alias_rest]),
        frozenset([pair.how for pair in pairs]),
        traits,
        alike,
        tuple([left[i] for i in elsewhere]),
        sum([weights[i] for i in elsewhere]),
    )


def _without_asides(
    form: SurfaceForm, free: set[int], entry: AliasEntry, alias_free: set[int], traits: frozenset[str], *, agree: bool
) -> tuple[set[int], set[int]]:
    """The words without a partner that count, if others `agree`: those beside a name that `asides` knows do not."""
    alias, kind = entry.form, entry.entity.type
    if kind == "person":  # nothing is repeated: Hussein Ali Hussein is the grandson of one
        return without_titles(form, free, traits), without_titles(alias, alias_free, traits)
    if agree and "generic" in traits and kind == "product" and not classes(alias.tokens, alias_free):
        free = free - classes(form.tokens, free)
    if agree and "number" in traits and kind == "product" and not alias_free:
        free = free - designations(form, free, alias)
    if agree and (free or alias_free):
        return without_repeated(form, free), without_repeated(alias, alias_free)
    return free, alias_free


def _as_one(how: str, mention: Mention, query: Query, entry: AliasEntry, alike: int) -> Comparison:
    """A mention and an alias that agree as a whole."""
    form, weights = query.form, query.weights
    pair = TokenPair(form.tokens, entry.form.tokens, how, SIMILARITY[how], sum(weights), entry.mass, mention.lang)
    traits = joint(query.traits, entry.traits)
    return Comparison(mention, form, entry, (pair,), (), (), 0.0, 0.0, frozenset({how}), traits, alike)


def _stands_for(entry: AliasEntry, form: SurfaceForm, word: Token, other: Token) -> bool:
    """Whether an initial may stand for a word.

    If either is of somebody an organisation is named after, both must be of one person: Salyut is no forename, so the S
    of the A.S. Yakovlev Design Bureau does not stand for it. People are spelt in many ways, Q. for Kasem; but in the
    name of a thing an initial is a letter, and Q-Park no Kelvingrove Park.
    """
    if word in form.honoured or other in entry.form.honoured:
        both = ((word, form), (other, entry.form))
        return all(token.initial or token.given or token in near.honoured for token, near in both)
    return entry.entity.type == "person" or word.latin[0] == other.latin[0]


def _is_slip_of_pen(left: Token, right: Token) -> bool:
    """Whether one letter as written tells two words apart which their fold, or how short they are, tells further apart.

    That counts only where all other words of the names agree: Georgy Lvv is Georgy Lvov, but Lvv alone is nobody.
    """
    if left.number or right.number or left.initial or right.initial:
        return False
    if left.text.isupper() or right.text.isupper():
        return False  # NPP is not LPP, and of names in capitals nobody knows which are acronyms
    if _known_relation(left.key, right.key, None) == "":
        return False  # other names, as Maria and Mario are
    return min(len(left.text), len(right.text)) > 1 and differ_by_a_letter(left, right)


def differ_by_a_letter(left: Token, right: Token) -> bool:
    """Whether two words of one script are the same as written but for a letter, or for two that changed places."""
    if left.script != right.script:
        return False
    return OSA.distance(left.text.casefold(), right.text.casefold(), score_cutoff=1) <= 1


def _options(
    query: Query,
    right: tuple[Token, ...],
    free: set[int],
    alias_free: set[int],
    traits: frozenset[str],
    lang: str | None,
) -> list[tuple[float, int, int, int, str]]:
    """All pairs of free words that agree: (minus similarity, distance of their places, place, place, how)."""
    left, near = query.form.tokens, query.near
    has_initials, has_patronymics = "initial" in traits, "patronymic" in traits
    options = []
    for i in free:
        word, known = left[i], near[i]
        first = word.key[0]
        unvowelled = word.script in ABJADS
        for j in alias_free:
            other = right[j]
            key = other.key
            if (
                key[0] == first  # shortened words, initials, and whatever else the index does not find
                or key in known
                or other.index_key in known
                or unvowelled != (other.script in ABJADS)
                or (has_initials and (word.initial or other.initial))
                or (has_patronymics and word.patronymic and other.patronymic)
            ):
                found = compare_words(word, other, lang)
                if found and found[1] >= _MINIMUM:
                    options.append((-found[1], abs(i - j), i, j, found[0]))
    return options


def _joined_pairs(
    form: SurfaceForm, free: set[int], weights: tuple[float, ...], entry: AliasEntry, alias_free: set[int]
) -> list[TokenPair]:
    """The pairs of words of which one name writes apart what the other writes together; they are free no more."""
    pairs = []
    for mine, others in written_together(form, entry.form):
        if free.issuperset(mine) and alias_free.issuperset(others):
            free.difference_update(mine)
            alias_free.difference_update(others)
            words = form.tokens[mine[0] : mine[-1] + 1], entry.form.tokens[others[0] : others[-1] + 1]
            bits = sum([weights[i] for i in mine]), sum([entry.weights[j] for j in others])
            pairs.append(TokenPair(*words, "joined", SIMILARITY["joined"], *bits))
    return pairs
