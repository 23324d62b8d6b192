"""Says in words how two words agree, for the curator."""

from rapidfuzz.distance import OSA

from resolver.evidence.alignment import TokenPair, case_form, without_softening
from resolver.forms import Token
from resolver.language.orthographies import shared_reading, sound_of
from resolver.language.romanization import name_difference


def describe(pair: TokenPair) -> str:
    """One aligned pair in words: "Бречаловым is the instrumental of Бречалов"."""
    mine, other = _words(pair.mention), _words(pair.alias)
    one, two = pair.mention[0], pair.alias[0]
    if pair.how == "same":
        return mine if mine == other else f"{mine} = {other}"
    if pair.how == "romanised" and pair.mention[0].number and mine.isalpha() != other.isalpha():
        return f"{mine} is {other}"  # an ordinal in words
    if pair.how == "romanised":
        habit = name_difference(pair.mention[0].latin, pair.alias[0].latin)
        return f"{mine} = {other} ({habit})" if habit else f"{mine} = {other} (romanisation)"
    if pair.how in ("inflected", "ending", "feminine", "derived"):
        relation = case_form(one.key, two.key, pair.lang)
        relation = relation or case_form(without_softening(one.key), without_softening(two.key), pair.lang)
        case = relation.case if relation else "a case form"
        return f"{mine} is the {case} of {other}" if relation and relation.base else f"{mine} is a form of {other}"
    if pair.how == "typo":
        edits = OSA.distance(one.key, two.key) or OSA.distance(sound_of(one.latin), sound_of(two.latin))
        return f"{mine} ~ {other} ({edits} letter{'s' if edits > 1 else ''} differ{'' if edits > 1 else 's'})"
    if pair.how == "respelt":
        return f"{mine} = {other} (as in {shared_reading(one.text, one.latin, two.text, two.latin)})"
    words = {
        "given": "is another form of",
        "nickname": "is a nickname of",
        "patronymic": "is the same patronymic as",
        "heard": "spells the sound of",
        "spelt": "has the consonants of",
        "exonym": "is another name of",
        "known": "is another name of",
        "adjective": "has the adjective" if len(mine) < len(other) else "is the adjective of",
        "demonym": "is of the same place as",
        "translated": "means",
        "initial": "may be the initial of" if pair.mention[0].initial else "may be meant by",
        "truncated": "is cut from" if len(mine) < len(other) else "is longer than",
        "sound": "sounds like",
        "joined": "joins to",
    }
    return f"{mine} {words[pair.how]} {other}"


def _words(tokens: tuple[Token, ...]) -> str:
    """The words as they stand in the name; an abbreviation that is spelt out in several tokens is one."""
    return " ".join(text for _, text in dict.fromkeys((token.start, token.text) for token in tokens))
