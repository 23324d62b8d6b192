"""What a name shows at all, worked out once a name: a comparison that needs what neither of two names has is not made.

What comes in is a `SurfaceForm`; what goes out is a set of words:

    number, legal, acronym, generic, honoured, parent,
    title, initial                                                the name has one, or a word that is one
    upper, lower, mixed                                           how it is written; exactly one of them
    brief                                                         an acronym, or of few letters
    patronymic, generation, male, female                          what it says of a person
    korean, chinese, compound                                     three syllables of Korea; a word that may hold two
    demonym                                                       it is a people or an adjective of a place
    exonym                                                        it is the name of a place or body of the table
"""

from functools import lru_cache

from resolver.exonyms import known_as
from resolver.forms import SurfaceForm, Token
from resolver.initialisms import acronym_readings
from resolver.language import names, organizations
from resolver.language.chinese import chinese_keys
from resolver.language.compounds import without_articles
from resolver.language.korean import korean_keys
from resolver.memory import FEW

LETTER_CASES = frozenset({"upper", "lower", "mixed"})
BRIEF = 4  # letters up to which a name is matched in its case forms, but never with typos
# Alone they are read as initials, elsewhere than behind another's number.
_ROMAN_SIGNS = {"I": "1", "V": "5", "X": "10"}
_shared: dict[frozenset[str], frozenset[str]] = {}  # a few hundred sets serve all names


def traits_of(form: SurfaceForm) -> frozenset[str]:
    """The traits of a name.

    >>> from resolver.forms import analyse
    >>> sorted(traits_of(analyse("Vladimir Vladimirovich Putin")))
    ['male', 'mixed', 'patronymic']
    >>> sorted(traits_of(analyse("OSA")))
    ['acronym', 'brief', 'upper']
    """
    has = {letter_case(form), gender(form)}
    for token in form.tokens:
        if token.index_key[0] == "=":
            has.add("generic")
        if token.initial:
            has.add("initial")
        if token.patronymic:
            has.add("patronymic")
        if token.title or names.is_title(token.key, token.latin, leading=True):
            has.add("title")
        if acronym_readings(token.text):
            has.add("acronym")
    whole = {
        "number": form.numbers,
        "legal": form.legal,
        "honoured": form.honoured,
        "parent": form.parent,
        "brief": form.acronym or len(form.key) <= BRIEF,
        "generation": generation(form),
        "demonym": len(form.tokens) == 1 and organizations.is_demonym(form.folded),
        "korean": korean_keys(form.folded),
        "chinese": chinese_keys(form.text),
        "compound": without_articles(form.key),
        "exonym": known_as(form),
    }
    has.update(trait for trait, there in whole.items() if there)
    traits = frozenset(has - {""})
    return _shared.setdefault(traits, traits)


def letter_case(form: SurfaceForm) -> str:
    """How a name is written: "upper" in capitals throughout, "lower", or "mixed"."""
    if all(token.text.isupper() for token in form.tokens):
        return "upper"
    return "lower" if all(token.text.islower() for token in form.tokens) else "mixed"


def patronymics(form: SurfaceForm) -> list[Token]:
    """Tokens that are patronymics by shape and place: behind a first name, and with a surname beside them."""
    if len(form.tokens) < 3:
        return []
    return [token for token in form.tokens if token.patronymic and not token.given]


def gender(form: SurfaceForm) -> str:
    """Whose name it is by its given names and patronymics: "male", "female", or "" if they do not say."""
    genders = {name.gender for token in form.tokens for name in token.given if not name.diminutive}
    genders |= {names.patronymic_gender(token.key) for token in patronymics(form)}
    genders.discard("")
    return {"m": "male", "f": "female"}[genders.pop()] if len(genders) == 1 else ""


def generation(form: SurfaceForm) -> str:
    """What stands behind a name to tell its bearer from another: "junior", "senior", or a Roman number."""
    last = form.tokens[-1]
    if len(form.tokens) > 2 and names.generation(last.key):
        return names.generation(last.key)
    if last.text.isupper() and set(last.text) <= _ROMAN_SIGNS.keys():
        return last.number or _ROMAN_SIGNS.get(last.text, "")
    return ""


@lru_cache(maxsize=FEW)
def joint(traits: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """What at least one of two names shows. There are a few thousand such sets, and as many pairs a second."""
    return traits | others
