"""Comparisons of the words of two names, whatever they are names of."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from resolver.evidence.alignment import AS_WRITTEN, Comparison, TokenPair
from resolver.evidence.describing import describe
from resolver.evidence.finding import Finding, as_initialled
from resolver.evidence.whole import KNOWN
from resolver.forms import Token, likeness
from resolver.language.characters import unify_characters
from resolver.language.inflection import is_spelt_so, relate
from resolver.language.places import place_names
from resolver.language.surnames import WITH_BARE_S
from resolver.memory import FEW

_LOOSE = frozenset(
    {"typo", "ending", "derived", "sound", "heard", "spelt", "truncated", "nickname", "feminine", "adjective"}
)
_SAME_LETTERS = AS_WRITTEN | {"joined"}
_THE_SAME = frozenset({"same"})
_IN_PLACES = frozenset({"person", "location"})  # a place in their names does not tell namesakes apart
_LONGEST_FAMILY = 5  # letters of a family name that stands in front: Jiang, Zhang
_SHORT = 4  # letters of a name of one word in which another ending or letter often makes another name: Rus, Ruše
_DOUBTS = {  # what is odd about a case form, in words: see `_doubt` and `_doubt_by_forenames`
    "forename": "a given name in front has no such form",
    "nominative": "the given name has no ending",
    "no_ending": "it is not written as a form",
    "plural": "it is a plural",
    "possessive": "it is a possessive",
    "foreign": "its language has no such ending",
}
WRITTEN_THE_SAME = "written the same"
_WITH_CLASS = "the same, beside a word for what it is"


def words_in_common(pair: Comparison) -> Finding | None:
    """How much of both names agrees, weighted by how rare the words are."""
    if not pair.pairs:
        return None
    mass = other_mass = rarest = 0.0
    total, other_total = pair.rest_bits, pair.alias_rest_bits
    for _, _, _, similarity, bits, alias_bits, _ in pair.pairs:
        shared = bits * similarity
        total += bits
        other_total += alias_bits
        mass += shared
        other_mass += alias_bits * similarity
        if shared > rarest:
            rarest = shared
    mine, other = mass / (total or 1.0), other_mass / (other_total or 1.0)
    values = {
        "covered": mine,
        "alias_covered": other,
        "both_covered": mine * other,
        "mass": (mass if mass < 24.0 else 24.0) / 12.0,
        "rarest": rarest / 12.0,
    }
    return Finding("agree", values, lambda: "; ".join(map(describe, pair.pairs)))


def spelling(pair: Comparison) -> Finding | None:
    """How the words that agree are written: letter by letter, in another script or case, or with a typo.

    "reworded" is by how much the names are less alike letter by letter than they are where a translation counts as
    the same word: of Ministerstwo Zdrowia and МОЗ, the first is meant by ministerstwem zdrowia.
    """
    if not pair.pairs:
        return None
    mine, other, ways = pair.form, pair.entry.form, pair.ways
    if ways == KNOWN:
        return Finding("agree", {"known": 1.0}, "two names of one place or body")
    ratio = likeness(mine.written.lower(), other.written.lower())
    reworded = ratio - fuzz.ratio(mine.key, other.key) / 100
    values = {"ratio": ratio, "as_written": _likeness_as_written(pair, ratio)}
    if reworded > 0:
        values["reworded"] = reworded
    if len(mine.tokens) == 1:
        values["one_word"] = 1.0
        if "adjective" in ways:
            values["lone_adjective"] = 1.0
    if not ways <= AS_WRITTEN:
        values |= _loose_shares(pair)
    whole = not pair.rest and not pair.alias_rest
    if mine.folded == other.folded or (whole and ways == _THE_SAME):
        values["identical"] = 1.0
        return Finding("agree", values, _WITH_CLASS if pair.is_classed else WRITTEN_THE_SAME)
    if pair.is_lone and len(other.key) <= _SHORT:
        values["short"] = 1.0
    if whole and ways <= _SAME_LETTERS:
        values["same_letters"] = 1.0
        return Finding("agree", values, "the same but for word order, spaces or romanisation")
    return Finding(
        "agree", values, lambda: _in_shares(pair, [text for doubt, text in _DOUBTS.items() if doubt in values])
    )


def _in_shares(pair: Comparison, doubts: Sequence[str]) -> str:
    """How the words agree, in shares, and what is odd about it."""
    shares = ", ".join(f"{how} {share:.0%}" for how, share in _shares(pair))
    return f"{shares}, but {' and '.join(doubts)}" if doubts else shares


def _likeness_as_written(pair: Comparison, ratio: float) -> float:
    """How alike the names are before anything is folded, 0..1; of two scripts, as they are after it."""
    if pair.form.tokens[0].script != pair.entry.form.tokens[0].script:
        return ratio
    return likeness(*(unify_characters(text.casefold()) for text in (pair.form.text, as_initialled(pair))))


def _shares(pair: Comparison) -> list[tuple[str, float]]:
    """The share of the bits in common that agree in each way, sorted by its name."""
    shared = dict.fromkeys(sorted(pair.ways), 0.0)
    total = 0.0
    for _, _, how, _, bits, _, _ in pair.pairs:
        shared[how] += bits
        total += bits
    return [(how, bits / (total or 1.0)) for how, bits in shared.items()]


def _loose_shares(pair: Comparison) -> dict[str, float]:
    """The shares of the ways that are not as written, as features, and how far typos go."""
    values = {f"share_{how}": share for how, share in _shares(pair) if how not in AS_WRITTEN}
    edits = sum([1 - found.similarity for found in pair.pairs if found.how == "typo"])
    if edits:
        values["edits"] = edits
    if "inflected" in pair.ways:
        values |= _doubted_shares(pair)
    return values


def _doubted_shares(pair: Comparison) -> dict[str, float]:
    """The shares of the bits in common that agree by a case ending which the word of the mention can hardly have."""
    shares: dict[str, float] = {}
    total = 0.0
    for found in pair.pairs:
        total += found.bits
        if found.how == "inflected":
            doubt = _doubt_by_forenames(pair, found) if pair.is_person else None
            doubt = doubt or _doubt(found.mention[0], found.alias[0], pair.mention.lang, pair.entry.entity.type)
            if doubt:
                shares[doubt] = shares.get(doubt, 0.0) + found.bits
    return {name: bits / (total or 1.0) for name, bits in shares.items()}


def _doubt_by_forenames(pair: Comparison, found: TokenPair) -> str | None:
    """What is odd about a word as a case form, seen beside the given names.

    forename    it is a given name itself, and stands in front: Barry Rawlings is not of the Barrs
    nominative  the given name has no ending, so that the surname has none either: Joseph Roach is no locative of Roy
    """
    word, tokens = found.mention[0], pair.form.tokens
    if word.given and not found.alias[0].given and word is not tokens[-1]:
        return "forename"
    given = [
        other for other in pair.pairs if other.mention[0] is not tokens[-1] and _is_forename(other.mention[0], tokens)
    ]
    if word is not tokens[-1] or not given or not all(other.how in AS_WRITTEN for other in given):
        return None
    last = max([other.mention[0] for other in given], key=_place)
    is_alone = _is_nominative(last) and not _may_be_nominative(word, found.alias[0], last, pair.mention.lang)
    return "nominative" if is_alone else None


def _is_forename(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a word is a given name or a patronymic, or stands where one does and is longer than a family of Asia."""
    return bool(token.given or token.patronymic) or (token is tokens[0] and len(token.latin) > _LONGEST_FAMILY)


def _place(token: Token) -> int:
    return token.start


def _is_nominative(given: Token) -> bool:
    """Whether a given name, as it is written, would have another ending in each other case: Joseph, Laura; not Joe."""
    if given.initial:
        return False
    if given.patronymic and not given.given:
        return given.latin[-1] in "hcč" or given.latin[-1] == "a"
    return given.latin[-1] == "a" or (given.latin[-1] not in "aeiouy" and _genders(given) in ({"m"}, set()))


def _may_be_nominative(surname: Token, base: Token, given: Token, lang: str | None) -> bool:
    """Whether a surname that is paired as a case form is as well another base form of the name.

    A woman's: Karen Bradleyová, Raisa Gorbacheva; or a man's: Yulia Navalny. Or with the silent e of French: Boris
    Eltsine. Nor has a given name an ending where surnames have but an s: Angela Merkels.
    """
    relation = relate(surname.key, base.key, lang)
    if relation is None or relation.case.startswith(("feminine", "nominative")) or lang in WITH_BARE_S:
        return True
    if relation.case.startswith("possessive"):
        return surname.latin[-1] == "a"  # a woman's name, too: Putinova
    if surname.latin[-1] == "e":
        return relation.stem == len(surname.key) - 1
    return surname.latin[-1] == "a" and relation.gender and "f" in _genders(given)


def _genders(given: Token) -> set[str]:
    return {name.gender for name in given.given}


@lru_cache(maxsize=FEW)
def _doubt(word: Token, base: Token, lang: str | None, kind: str) -> str | None:
    """What is odd about a word as a case form of another.

    no_ending   other letters in front of it as it is written, or no such ending in the spelling of its language: Haley
                is no case of Galija; and in a text of Cyrillic letters a Latin word has none of a single letter
    plural      there is but one of a person or a place; a people and the members of a party are many
    possessive  places have no possessives: Kerryjev is of John Kerry, not of the county
    foreign     an ending that its language does not have: in a Slovene text Morata is not the Bulgarian form of Mora
    """
    other = base.latin if base.script == "Latn" else None
    if word.script == "Latn" and not is_spelt_so(word.text, word.latin, word.key, other, base.key, lang):
        return "no_ending"
    relation = relate(word.key, base.key, lang)
    if relation and not any(name.is_people for name in place_names(base.key)):
        if relation.plural and kind != "organization":
            return "plural"
        if relation.case == "possessive" and kind == "location":
            return "possessive"
    return "foreign" if lang is not None and not (relation and relation.exact and relation.base) else None


def words_missing(pair: Comparison) -> Finding | None:
    """Words that only one of the names has."""
    rest, alias_rest = pair.rest, pair.alias_rest
    if not rest and not alias_rest:
        return None
    mine, other = pair.rest_bits / 12.0, pair.alias_rest_bits / 12.0
    values = {"rest": mine, "alias_rest": other, "rest_both": mine if mine < other else other}
    if rest and alias_rest:
        values["both"] = 1.0
    if pair.elsewhere:
        values["elsewhere"] = pair.elsewhere_bits / 12.0
    if alias_rest and pair.entry.entity.type not in _IN_PLACES and all(place_names(token.key) for token in alias_rest):
        values["alias_place"] = 1.0
    if alias_rest and pair.is_lone:
        values["lone_person" if pair.is_person else "lone_word"] = 1.0
    if rest and sum([not token.title for token in pair.entry.form.tokens]) == 1:
        values["lone_alias_person" if pair.is_person else "lone_alias"] = 1.0
    generic, named = _kinds(rest)
    alias_generic, alias_named = _kinds(alias_rest)
    values |= {"generic": generic, "alias_generic": alias_generic, "named": named, "alias_named": alias_named}
    initials = sum([token.initial for token in rest]) if pair.is_person else 0
    if initials:
        values["initial"] = float(initials)  # Igor I. Sechin is Igor Ivanovich before he is any other Igor
    if generic and alias_generic:
        values["other_generic"] = 1.0
    if named and alias_named:
        values["other_named"] = 1.0
    return Finding("absent", values, lambda: _missing(pair))


def _kinds(tokens: tuple[Token, ...]) -> tuple[float, float]:
    """How many of the words are generic, three at most, and how many may tell one thing from another, two at most."""
    generic = distinctive = 0
    for token in tokens:
        kind = token.index_key[0]
        if kind == "=":
            generic += 1
        elif kind != "#" and not token.title and not token.initial:
            distinctive += 1
    return float(min(3, generic)), float(min(2, distinctive))


def _missing(pair: Comparison) -> str:
    sides = (("only the mention has", pair.rest), ("only the registry has", pair.alias_rest))
    told = [f"{side} {', '.join(token.text for token in tokens)}" for side, tokens in sides if tokens]
    if pair.elsewhere:
        told.append(f"other names have {', '.join(token.text for token in pair.elsewhere)}")
    return "; ".join(told)


def loose_word(pair: Comparison) -> Finding | None:
    """A single word that is no form of the alias, but misspelt or a part of it: it takes a higher score to link."""
    if not pair.is_lone or not pair.pairs:
        return None
    if not pair.alias_rest and pair.pairs[0].how not in _LOOSE:
        return None
    length = len(pair.form.key)
    value = "part" if pair.alias_rest else "short" if length < 8 else "middle" if length < 13 else "long"
    values = {value: 1.0}
    word = pair.pairs[0].alias[-1]
    if pair.alias_rest and word != pair.entry.form.tokens[-1]:
        values["inner"] = 1.0  # not what is left of a name that is cut short: a surname, the last word of a firm
    if word.text[0].isupper() and pair.form.text.islower():
        values["lower"] = 1.0
    return Finding("absent", values, lambda: f"{pair.form.text} alone is no form of {pair.entry.form.text}")


def generic(pair: Comparison) -> Finding | None:
    """Only generic words agree: plant, research, given names."""
    if not pair.pairs or (not pair.rest and not pair.alias_rest):
        return None
    for found in pair.pairs:
        for token in found.mention:
            if token.index_key[0] != "=":
                return None
    return Finding("absent", {"only": 1.0}, "only generic words agree")
