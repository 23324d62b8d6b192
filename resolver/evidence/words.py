"""Comparisons of the words of two names, whatever they are names of."""

from rapidfuzz import fuzz

from resolver.evidence.alignment import Comparison, describe
from resolver.evidence.finding import Finding
from resolver.forms import Token

_LOOSE = frozenset({"typo", "ending", "derived", "sound", "heard", "truncated", "nickname", "feminine"})
_SHORT = 4  # letters of a name of one word in which another ending or letter often makes another name: Rus, Ruše
WRITTEN_THE_SAME = "written the same"


def words_in_common(pair: Comparison) -> Finding | None:
    """How much of both names agrees, weighted by how rare the words are."""
    if not pair.pairs:
        return None
    mass = other_mass = rarest = 0.0
    total, other_total = pair.rest_bits, pair.alias_rest_bits
    for found in pair.pairs:
        total += found.bits
        other_total += found.alias_bits
        mass += found.bits * found.similarity
        other_mass += found.alias_bits * found.similarity
        rarest = max(rarest, found.bits * found.similarity)
    mine, other = mass / (total or 1.0), other_mass / (other_total or 1.0)
    values = {
        "covered": mine,
        "alias_covered": other,
        "both_covered": mine * other,
        "mass": min(mass, 24.0) / 12.0,
        "rarest": rarest / 12.0,
    }
    return Finding("agree", values, lambda: "; ".join(describe(found) for found in pair.pairs))


def spelling(pair: Comparison) -> Finding | None:
    """How the words that agree are written: letter by letter, in another script or case, or with a typo."""
    if not pair.pairs:
        return None
    total = sum([found.bits for found in pair.pairs]) or 1.0
    shares: dict[str, float] = {}
    edits = 0.0
    for found in pair.pairs:
        how = found.how
        shares[how] = shares.get(how, 0.0) + found.bits / total
        edits += 1 - found.similarity if how == "typo" else 0.0
    values = {f"share_{how}": share for how, share in shares.items() if how not in ("same", "romanised")}
    values["ratio"] = _ratio(pair.form.written, pair.entry.form.written)
    if edits:
        values["edits"] = edits
    whole = not pair.rest and not pair.alias_rest
    if pair.form.folded == pair.entry.form.folded or (whole and shares.keys() == {"same"}):
        values["identical"] = 1.0
        return Finding("agree", values, WRITTEN_THE_SAME)
    if pair.is_lone and len(pair.entry.form.key) <= _SHORT:
        values["short"] = 1.0
    if whole and shares.keys() <= {"same", "romanised", "joined"}:
        values["same_letters"] = 1.0
        return Finding("agree", values, "the same but for word order, spaces or romanisation")
    return Finding("agree", values, lambda: ", ".join(f"{how} {share:.0%}" for how, share in sorted(shares.items())))


def _ratio(mine: str, other: str) -> float:
    """How alike two names are as strings, in the order in which they are more so: many put the surname first."""
    return max(fuzz.ratio(mine, other), fuzz.token_sort_ratio(mine, other)) / 100


def words_missing(pair: Comparison) -> Finding | None:
    """Words that only one of the names has."""
    if not pair.rest and not pair.alias_rest:
        return None
    mine, other = pair.rest_bits / 12.0, pair.alias_rest_bits / 12.0
    values = {"rest": mine, "alias_rest": other, "rest_both": min(mine, other)}
    if pair.rest and pair.alias_rest:
        values["both"] = 1.0
    if pair.alias_rest and pair.is_lone:
        values["lone_person" if pair.is_person else "lone_word"] = 1.0
    if pair.rest and len(pair.entry.form.tokens) == 1:
        values["lone_alias_person" if pair.is_person else "lone_alias"] = 1.0
    for kind, count, alias_count in zip(("generic", "named"), _kinds(pair.rest), _kinds(pair.alias_rest), strict=True):
        if count:
            values[kind] = count
        if alias_count:
            values[f"alias_{kind}"] = alias_count
        if count and alias_count:
            values[f"other_{kind}"] = 1.0
    return Finding("absent", values, lambda: _missing(pair))


def _kinds(tokens: tuple[Token, ...]) -> tuple[float, float]:
    """How many of the words are generic, three at most, and how many may tell one thing from another, two at most."""
    generic = distinctive = 0.0
    for token in tokens:
        if token.index_key[0] == "=":
            generic += 1.0
        elif token.is_distinctive:
            distinctive += 1.0
    return min(3.0, generic), min(2.0, distinctive)


def _missing(pair: Comparison) -> str:
    sides = (("mention", pair.rest), ("registry", pair.alias_rest))
    return "; ".join(f"only the {side} has {', '.join(t.text for t in tokens)}" for side, tokens in sides if tokens)


def loose_word(pair: Comparison) -> Finding | None:
    """A single word that is no form of the alias, but misspelt or a part of it: it takes a higher score to link."""
    if not pair.is_lone or not pair.pairs:
        return None
    if not pair.alias_rest and pair.pairs[0].how not in _LOOSE:
        return None
    length = len(pair.form.key)
    value = "part" if pair.alias_rest else "short" if length < 8 else "middle" if length < 13 else "long"
    return Finding("absent", {value: 1.0}, f"{pair.form.text} alone is no form of {pair.entry.form.text}")


def generic(pair: Comparison) -> Finding | None:
    """Only generic words agree: plant, research, given names."""
    if not pair.pairs or (not pair.rest and not pair.alias_rest):
        return None
    for found in pair.pairs:
        for token in found.mention:
            if token.index_key[0] not in "=#":
                return None
    return Finding("absent", {"only": 1.0}, "only generic words agree")
