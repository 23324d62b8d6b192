"""Comparisons with what the curator, the caller and the registry as a whole say: type, policy of an alias, cues."""

from functools import lru_cache

from resolver.evidence.alignment import Comparison, TokenPair
from resolver.evidence.finding import Finding, is_same_spelling
from resolver.forms import SurfaceForm, analyse, likeness
from resolver.index import AliasEntry
from resolver.language.places import place_names
from resolver.memory import FEW
from resolver.model import Entity
from resolver.traits import LETTER_CASES

SHORTEST_NAME = 3  # up to this many letters, a name is matched in its case only, and capitals make another: OSA, Osa
ACRONYM_LENGTH = 4  # up to this many letters, an acronym is matched in capitals only: NATO


def entity_type(pair: Comparison) -> Finding | None:
    """The type that the caller gave, against that of the entity: a soft signal."""
    mine, other = pair.mention.type, pair.entry.entity.type
    if not mine:
        return None
    if mine == other:
        return Finding("agree", {"agrees": 1.0}, f"both are of type {mine}")
    if mine == "person" and other == "location" and _is_people(pair.form):
        return Finding("absent", {"people": 1.0}, f"{pair.form.text} are the people of a place")
    if mine == "person" and other == "organization" and _has_members(pair.entry.entity):
        return Finding("absent", {"members": 1.0}, f"{pair.form.text} may be members of an organization")
    return Finding("absent", {"differs": 1.0}, f"{mine} against {other}")


def letter_case(pair: Comparison) -> Finding | None:
    """Capitals that make another word: OSA the acronym, Osa the missile system, osa the wasp."""
    mine, other = pair.form, pair.entry.form
    declined = next((found for found in pair.pairs if _is_declined_acronym(found)), None)
    if declined:
        word, acronym = declined.mention[0].text, declined.alias[0].text
        return Finding("contradict", {"acronym": 1.0}, f"{word} is no form of {acronym}, which is an acronym")
    if len(pair.traits & LETTER_CASES) == 1 or (mine.folded != other.folded and not is_same_spelling(pair)):
        return None
    if pair.is_classed:
        return None  # beside tank and frigate nothing but a name stands
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


def _is_declined_acronym(pair: TokenPair) -> bool:
    """Whether a word passed for a case form of an acronym, whose capitals stay in all of them: Basij is not BAS."""
    word, acronym = pair.mention[0].text, pair.alias[0].text
    return pair.how == "inflected" and len(acronym) <= SHORTEST_NAME and acronym.isupper() and word[1:].islower()


def match_policy(pair: Comparison) -> Finding | None:
    """What the registry allows for this alias: exact, inflected or fuzzy matching."""
    match = pair.entry.alias.match or inferred_match(pair.entry)
    if match == "fuzzy" or pair.form.folded == pair.entry.form.folded:
        return None
    allowed = {"same", "romanised", "exonym", "known"} | ({"inflected"} if match == "inflected" else set())
    if not pair.rest and not pair.alias_rest and pair.pairs and pair.ways <= allowed:
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
    """How many names the registry holds of the entity, and how many of them are like this one.

    A well-known entity is more often meant, and so is one with several names like this one. Where the registry holds
    a single name, it says less about what else the entity is called.
    """
    held = len(pair.entry.entity.aliases) + 1
    if held == 1:
        values = {"single": 1.0, "single_rest": min(24.0, pair.rest_bits + pair.alias_rest_bits) / 12.0}
        return Finding("absent", values, "the only name known")
    alike = pair.alike
    values = {"names": min(held, 32).bit_length() - 1.0, "alike": float(min(alike, 32).bit_length())}
    return Finding("agree", values, lambda: f"{alike} of {held} names are alike" if alike else f"{held} names known")


def odd_name(pair: Comparison) -> Finding | None:
    """How unlike the name is to the main one: so it is more often that of somebody else, and kept here by mistake."""
    entity, alias, own = pair.entry.entity, pair.entry.alias, pair.entry.form.written
    if alias.text == entity.name:
        return None
    main = pair.entry.main
    words, others = set(own.split(" ")), set(main.split(" "))
    if words <= others or words >= others:  # a part of it, or more than it
        return None
    return Finding("absent", {"unlike": 1 - likeness(main, own)}, lambda: f"{alias.text} is unlike {entity.name}")


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
    return "inflected" if "brief" in entry.traits else "fuzzy"


def cues_near(pair: Comparison) -> list[str]:
    """The cues of the entity that stand in the context of the mention, or in the part of it that is no name."""
    if not pair.entry.entity.cues:
        return []
    named = {token for found in pair.pairs for token in found.mention}
    rest = " ".join(token.text for token in pair.form.tokens if token not in named)
    text = f"{pair.mention.context} {rest}".casefold()
    return [cue for cue in pair.entry.entity.cues if cue.casefold() in text]


@lru_cache(maxsize=FEW)
def _folded_phrases(phrases: tuple[str, ...]) -> frozenset[str]:
    forms = (analyse(phrase) for phrase in phrases)
    return frozenset(form.folded for form in forms if form)


def _has_members(entity: Entity) -> bool:
    """Whether a name of an organization is one word in lower case, as its members are called: лейбористы, torysi."""
    return any(name.islower() and name.isalpha() for name in (entity.name, *[alias.text for alias in entity.aliases]))


def _is_people(form: SurfaceForm) -> bool:
    return len(form.tokens) == 1 and any(name.is_people for name in place_names(form.tokens[0].key))
