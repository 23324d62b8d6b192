"""What two aligned names say for and against each other: one small function a comparison, all in `COMPARISONS`.

Each returns named values, in a channel, with a detail for the curator. The weights (`resolver.decision.Policy`) turn
values into bits: the sum is the case for the candidate. A comparison that has nothing to say returns None: silence is
no evidence. The channel "contradict" is a veto: it sends the case to a curator however strong the rest is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from resolver.evidence.alignment import Comparison, compare_words, describe, is_slip, is_swap
from resolver.forms import SurfaceForm, Token, acronym_letter, analyse
from resolver.index import AliasEntry, initials
from resolver.language import names

CASE_LANGUAGES = frozenset({"ru", "uk", "be", "pl", "cs", "sk", "sl", "sr", "hr", "mk"})
_LOOSE = frozenset({"typo", "ending", "derived", "sound", "truncated", "nickname", "feminine"})
_NEVER_ONE = frozenset({"truncated", "sound", "derived", "ending"})  # between surnames
_SHORT_SURNAME = 6  # letters below which a surname carries no typo but a swap, and a given name
_SHORT_GIVEN = 5
WRITTEN_THE_SAME = "written the same"
SHORTEST_NAME = 3  # up to this many letters, a name is matched in its case only, and capitals make another: OSA, Osa
ACRONYM_LENGTH = 4  # up to this many letters, an acronym is matched in capitals only: NATO
MAX_INFLECTED = 4  # names of up to this many letters are matched in their case forms, but never with typos


@dataclass(frozen=True, slots=True)
class Finding:
    """What one comparison saw: values by feature name (the policy weighs them), the channel, and the detail."""

    channel: str
    values: Mapping[str, float]
    detail: str | Callable[[], str]

    @property
    def text(self) -> str:
        """The detail; the costly ones are written only for candidates that somebody will see."""
        return self.detail if isinstance(self.detail, str) else self.detail()


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
    total = sum(found.bits for found in pair.pairs) or 1.0
    shares: dict[str, float] = {}
    for found in pair.pairs:
        shares[found.how] = shares.get(found.how, 0.0) + found.bits / total
    values = {f"share_{how}": share for how, share in shares.items() if how not in ("same", "romanised")}
    values["ratio"] = fuzz.ratio(_written(pair.form), _written(pair.entry.form)) / 100
    values["edits"] = sum(1 - found.similarity for found in pair.pairs if found.how == "typo")
    whole = not pair.rest and not pair.alias_rest
    if pair.form.folded == pair.entry.form.folded or (whole and shares.keys() == {"same"}):
        values["identical"] = 1.0
        return Finding("agree", values, WRITTEN_THE_SAME)
    if whole and shares.keys() <= {"same", "romanised", "joined"}:
        values["same_letters"] = 1.0
        return Finding("agree", values, "the same but for word order, spaces or romanisation")
    return Finding("agree", values, lambda: ", ".join(f"{how} {share:.0%}" for how, share in sorted(shares.items())))


def words_missing(pair: Comparison) -> Finding | None:
    """Words that only one of the names has."""
    if not pair.rest and not pair.alias_rest:
        return None
    mine, other = pair.rest_bits / 12.0, pair.alias_rest_bits / 12.0
    values = {"rest": mine, "alias_rest": other, "rest_both": min(mine, other)}
    if pair.rest and pair.alias_rest:
        values["both"] = 1.0
    if pair.is_lone and pair.alias_rest:
        values["lone_person" if pair.is_person else "lone_word"] = 1.0
    if len(pair.entry.form.tokens) == 1 and pair.rest:
        values["lone_alias_person" if pair.is_person else "lone_alias"] = 1.0
    values["generic"] = min(3.0, sum(token.index_key[0] == "=" for token in pair.rest))
    values["alias_generic"] = min(3.0, sum(token.index_key[0] == "=" for token in pair.alias_rest))
    values["other_generic"] = min(values["generic"], values["alias_generic"], 1.0)
    return Finding("absent", values, lambda: _missing(pair))


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


def given_name(pair: Comparison) -> Finding | None:
    """Given names that cannot be one: Igor is not Aleksandr, A. is not V."""
    if not pair.is_person:
        return None
    mine = next((token for token in pair.rest if _is_given(token)), None) or _in_front(pair.form, pair.rest)
    forenames = pair.entry.forenames or pair.entry.form.tokens
    known = [token for token in forenames if token.given] or [token for token in forenames if token.initial]
    known = known or [token for token in [_in_front(pair.entry.form, pair.alias_rest)] if token]
    if mine is None or not pair.pairs or not known or any(compare_words(mine, other) for other in known):
        return None
    if mine.initial and _given_agrees(pair):
        return None  # the initial of a patronymic
    return Finding("contradict", {"differs": 1.0}, f"given names differ: {mine.text} / {known[0].text}")


def patronymic(pair: Comparison) -> Finding | None:
    """Patronymics: an omitted one is absent, another one contradicts."""
    if not pair.is_person:
        return None
    mine = _patronymics(pair.form)
    other = _patronymics(pair.entry.form) or [t for t in pair.entry.forenames if t.patronymic and not t.given]
    if not mine and not other:
        return None
    if not mine or not other:
        return Finding("absent", {"absent": 1.0}, f"no patronymic beside {(mine or other)[0].text}")
    if any(compare_words(token, known) for token in mine for known in other):
        return Finding("agree", {"agrees": 1.0}, f"{mine[0].text} and {other[0].text} agree")
    return Finding("contradict", {"differs": 1.0}, f"patronymics differ: {mine[0].text} / {other[0].text}")


def twin(pair: Comparison) -> Finding | None:
    """Names of persons that differ as two people's do: Budanov, Bulanov; Lavrov, Lavrovsky; Tara, Lara.

    A typo swaps letters, loses or adds one, or takes one that is near in sound; short words carry no more than a swap.
    In labelled news one letter off in a word below eight is another name in two cases of three.
    """
    if not pair.is_person:
        return None
    for found in pair.pairs:
        mine, other = found.mention[0], found.alias[0]
        if other.title:
            continue
        short = min(len(mine.key), len(other.key)) < (_SHORT_GIVEN if _is_given(other) else _SHORT_SURNAME)
        habit = mine.script != other.script and len(mine.key) == len(other.key)  # Trump and Трамп
        slip = is_swap(mine.key, other.key) or (is_slip(mine.key, other.key) and (habit or not short))
        if (found.how in _NEVER_ONE and not _is_given(other)) or (found.how == "typo" and not slip):
            return Finding("contradict", {"differs": 1.0}, f"{mine.text} may be another name than {other.text}")
    return None


def gender(pair: Comparison) -> Finding | None:
    """A man's name against a woman's, unless a case form explains it: Олександра is the genitive of Олександр."""
    if not pair.is_person:
        return None
    other_form = next((found for found in pair.pairs if found.how == "feminine"), None)
    if other_form and not any(found.how == "inflected" for found in pair.pairs):
        return Finding("contradict", {"differs": 1.0}, describe(other_form))
    if _has_cases(pair) and any(found.how in ("inflected", "ending", "feminine") for found in pair.pairs):
        return None
    mine, other = _gender(pair.form), _gender(pair.entry.form)
    if not mine or not other or mine == other:
        return None
    return Finding("contradict", {"differs": 1.0}, "one is a man's name, the other a woman's")


def surname(pair: Comparison) -> Finding | None:
    """Full names of persons that share only given names or patronymics."""
    if not pair.is_person or not pair.pairs or not pair.rest or not pair.alias_rest:
        return None
    if any(not _is_forename(token) for found in pair.pairs for token in found.mention):
        return None
    return Finding("contradict", {"differs": 1.0}, "only given names agree")


def number(pair: Comparison) -> Finding | None:
    """Numbers and designations: a different number is a different thing."""
    mine, other = pair.form.numbers, pair.entry.form.numbers
    if not mine and not other:
        return None
    if mine == other:
        return Finding("agree", {"agrees": 1.0}, f"number {', '.join(sorted(mine))} agrees")
    if mine and other and not (mine <= other or other <= mine):
        detail = f"numbers differ: {', '.join(sorted(mine))} / {', '.join(sorted(other))}"
        return Finding("contradict", {"differs": 1.0}, detail)
    if mine - other:
        detail = f"number {', '.join(sorted(mine - other))} only in the mention"
        return Finding("contradict", {"extra": 1.0}, detail)
    return Finding("absent", {"absent": 1.0}, f"number {', '.join(sorted(other - mine))} only in the registry")


def legal_form(pair: Comparison) -> Finding | None:
    """Legal forms: weak evidence, as one company has different ones in different languages."""
    mine, other = pair.form.legal, pair.entry.form.legal
    if not mine or not other:
        return None
    if mine & other:
        return Finding("agree", {"agrees": 1.0}, f"both are {', '.join(sorted(mine & other))}")
    return Finding("absent", {"differs": 1.0}, f"{', '.join(sorted(mine))} against {', '.join(sorted(other))}")


def acronym(pair: Comparison) -> Finding | None:
    """One name is made of the initials of the other."""
    form, other = pair.form, pair.entry.form
    short, long = (form, other) if form.acronym else (other, form)
    if not short.acronym or long.acronym or len(long.tokens) < 2 or short.acronym not in initials(long):
        return None
    own = "".join(acronym_letter(token.text[0]) for token in long.tokens) == short.acronym
    values = {"letters": min(len(short.acronym), 6) - 1.0, "own" if own else "translated": 1.0}
    return Finding("agree", values, f"{short.text} may be the initials of {long.text}")


def generic(pair: Comparison) -> Finding | None:
    """Only generic words agree: plant, research, given names."""
    if not pair.pairs or (not pair.rest and not pair.alias_rest):
        return None
    if any(token.index_key[0] not in "=#" for found in pair.pairs for token in found.mention):
        return None
    return Finding("absent", {"only": 1.0}, "only generic words agree")


def kind_word(pair: Comparison) -> Finding | None:
    """A generic word that only one name has and that makes it another thing: Bank of Russia, Saratov Oblast."""
    entity = pair.entry.entity
    for token in (*pair.rest, *pair.alias_rest):
        kind = names.kind_of(token.index_key[1:]) if token.index_key[0] == "=" else None
        if kind and (kind != entity.type if token in pair.rest else kind == entity.type == "location"):
            return Finding("contradict", {"differs": 1.0}, f"{token.text} makes another name of it")
    return None


def office(pair: Comparison) -> Finding | None:
    """An office or rank that only one name has, where it is no form of address: President of Russia is not Russia."""
    if pair.is_person or pair.entry.form.acronym or pair.form.acronym:
        return None
    front = pair.form.tokens[0], pair.entry.form.tokens[0]
    token = next((t for t in (*pair.rest, *pair.alias_rest) if names.is_title(t.key, leading=t in front)), None)
    return Finding("contradict", {"differs": 1.0}, f"{token.text} is an office") if token else None


def demonym(pair: Comparison) -> Finding | None:
    """A people or an adjective beside the place that it is made from: Israeli is not Israel."""
    if len(pair.form.tokens) > 1 or is_same_spelling(pair) or not names.is_demonym(pair.form.folded):
        return None
    return Finding("contradict", {"differs": 1.0}, f"{pair.form.text} is a people or an adjective")


def entity_type(pair: Comparison) -> Finding | None:
    """The type that the caller gave, against that of the entity: a soft signal."""
    if not pair.mention.type:
        return None
    if pair.mention.type == pair.entry.entity.type:
        return Finding("agree", {"agrees": 1.0}, f"both are of type {pair.mention.type}")
    return Finding("absent", {"differs": 1.0}, f"{pair.mention.type} against {pair.entry.entity.type}")


def letter_case(pair: Comparison) -> Finding | None:
    """Capitals that make another word: OSA the acronym, Osa the missile system, osa the wasp."""
    mine, other = pair.form, pair.entry.form
    if not is_same_spelling(pair) or _capitals(mine) == _capitals(other):
        return None
    case = pair.entry.alias.case or inferred_case(pair.entry)
    if pair.entry.alias.case == "fold":
        return None
    if case == "exact":
        return Finding("contradict", {"differs": 1.0}, f"{mine.text} is not written {other.text}")
    if mine.acronym and not other.acronym and len(mine.acronym) <= SHORTEST_NAME and len(mine.tokens) == 1:
        return Finding("contradict", {"acronym": 1.0}, f"{mine.text} in capitals may be an acronym, not {other.text}")
    if mine.text == mine.text.lower():
        return Finding("absent", {"lower": 1.0}, f"{mine.text} in lower case may be a word, not {other.text}")
    return None


def match_policy(pair: Comparison) -> Finding | None:
    """What the registry allows for this alias: exact, inflected or fuzzy matching."""
    match = pair.entry.alias.match or inferred_match(pair.entry)
    if match == "fuzzy" or pair.form.folded == pair.entry.form.folded:
        return None
    allowed = {"same", "romanised"} | ({"inflected"} if match == "inflected" else set())
    if not pair.rest and not pair.alias_rest and pair.pairs and all(found.how in allowed for found in pair.pairs):
        return None
    if acronym(pair):
        return None
    detail = f"the alias {pair.entry.form.text} is matched only {'letter by letter' if match == 'exact' else 'by form'}"
    return Finding("contradict", {"loose": 1.0}, detail)


def requirement(pair: Comparison) -> Finding | None:
    """What the registry demands beside this alias: a cue in the context, or a type that fits."""
    requires = pair.entry.alias.requires
    if requires == "type" and pair.mention.type != pair.entry.entity.type:
        return Finding(
            "contradict", {"type": 1.0}, f"the alias needs a mention known to be of {pair.entry.entity.type}"
        )
    if requires == "cue" and not cues_near(pair):
        return Finding("contradict", {"cue": 1.0}, "the alias needs a cue nearby, and none stands there")
    return None


def context(pair: Comparison) -> Finding | None:
    """Words in the context that the registry lists as cues of the entity."""
    found = cues_near(pair)
    return Finding("agree", {"cue": 1.0}, f"near {', '.join(found[:3])}") if found else None


def never(pair: Comparison) -> Finding | None:
    """A phrase that the registry lists as never meaning this entity."""
    if pair.form.folded in _folded_phrases(pair.entry.entity.never):
        return Finding("contradict", {"listed": 1.0}, f"the registry says that {pair.mention.text} is not this entity")
    return None


def names_held(pair: Comparison) -> Finding | None:
    """How many names the registry holds of the entity: a well-known one is more often meant."""
    held = len(pair.entry.entity.aliases) + 1
    return Finding("agree", {"names": min(held, 32).bit_length() - 1.0}, f"{held} names known") if held > 1 else None


COMPARISONS: tuple[Callable[[Comparison], Finding | None], ...] = (
    words_in_common,
    spelling,
    words_missing,
    loose_word,
    given_name,
    patronymic,
    surname,
    twin,
    gender,
    number,
    legal_form,
    acronym,
    generic,
    kind_word,
    office,
    demonym,
    entity_type,
    letter_case,
    match_policy,
    requirement,
    context,
    never,
    names_held,
)


def findings(pair: Comparison) -> list[tuple[str, Finding]]:
    """(comparison name, finding) of every comparison that has something to say, in the order of `COMPARISONS`."""
    found = ((compare.__name__, compare(pair)) for compare in COMPARISONS)
    return [(name, finding) for name, finding in found if finding is not None]


def inferred_case(entry: AliasEntry) -> str:
    """The case policy of an alias that states none: exact for three letters or fewer and for short acronyms."""
    letters = sum(len(token.text) for token in entry.form.tokens)
    if letters <= SHORTEST_NAME or (entry.form.acronym and len(entry.form.acronym) <= ACRONYM_LENGTH):
        return "exact"
    return "fold"


def inferred_match(entry: AliasEntry) -> str:
    """The match policy of an alias that states none: short words and acronyms are never matched with typos."""
    if entry.form.acronym:
        return "exact"
    return "inflected" if len(entry.form.key) <= MAX_INFLECTED else "fuzzy"


def cues_near(pair: Comparison) -> list[str]:
    """The cues of the entity that stand in the context of the mention, or in the part of it that is no name."""
    if not pair.entry.entity.cues:
        return []
    text = f"{pair.mention.context} {' '.join(token.text for token in pair.rest)}".casefold()
    return [cue for cue in pair.entry.entity.cues if cue.casefold() in text]


@lru_cache(maxsize=8192)
def _folded_phrases(phrases: tuple[str, ...]) -> frozenset[str]:
    forms = (analyse(phrase) for phrase in phrases)
    return frozenset(form.folded for form in forms if form)


@lru_cache(maxsize=65536)
def _written(form: SurfaceForm) -> str:
    """The name in one line, with generic words as concepts, so that a translation counts as the same word."""
    return " ".join(token.index_key for token in form.tokens)


def is_same_spelling(pair: Comparison) -> bool:
    """Whether mention and alias are the same but for case, punctuation, word order and romanisation."""
    return not pair.rest and not pair.alias_rest and all(found.how in ("same", "romanised") for found in pair.pairs)


def _capitals(form: SurfaceForm) -> tuple[bool, bool]:
    """How a name is written: in capitals throughout, in lower case throughout."""
    return all(token.text.isupper() for token in form.tokens), all(token.text.islower() for token in form.tokens)


def _is_given(token: Token) -> bool:
    return token.initial or bool(token.given)


def _in_front(form: SurfaceForm, rest: tuple[Token, ...]) -> Token | None:
    """The first word of a name, if it has no partner and is no title: there a given name stands, known or not."""
    first = form.tokens[0]
    plain = first.text[:1].isupper() and not first.title and not first.number and first.index_key[0] != "="
    return first if first in rest and plain and len(form.tokens) > 1 else None


def _is_forename(token: Token) -> bool:
    return _is_given(token) or bool(token.patronymic)


def _given_agrees(pair: Comparison) -> bool:
    return any(_is_given(token) for found in pair.pairs for token in found.alias)


def _has_cases(pair: Comparison) -> bool:
    """Whether the mention is in a language whose names have case forms."""
    return pair.mention.lang in CASE_LANGUAGES or any(token.script == "Cyrl" for token in pair.form.tokens)


def _patronymics(form: SurfaceForm) -> list[Token]:
    """Tokens that are patronymics by shape and place: behind a first name, and with a surname beside them."""
    if len(form.tokens) < 3:
        return []
    return [token for token in form.tokens if token.patronymic and not token.given]


def _gender(form: SurfaceForm) -> str:
    genders = {name.gender for token in form.tokens for name in token.given if not name.diminutive}
    genders |= {names.patronymic_gender(token.key) for token in _patronymics(form)}
    genders.discard("")
    return genders.pop() if len(genders) == 1 else ""
