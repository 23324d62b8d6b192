"""Comparisons of the names of persons: two people may share a surname, a given name, or all but a letter."""

import re

from rapidfuzz.distance import OSA, Levenshtein

from resolver.evidence.alignment import AS_WRITTEN, Comparison, TokenPair, compare_words
from resolver.evidence.describing import describe
from resolver.evidence.finding import Finding
from resolver.forms import SurfaceForm, Token, are_syllables
from resolver.language import korean, names
from resolver.language.inflection import relate
from resolver.language.phonetics import differ_in_near_vowels, has_english_vowels
from resolver.language.romanization import VOWELS, fold
from resolver.language.surnames import are_two_surnames, is_surname, is_surname_form, without_habits
from resolver.traits import generation, patronymics

CASE_LANGUAGES = frozenset({"ru", "uk", "be", "pl", "cs", "sk", "sl", "sr", "hr", "mk"})
_DOUBTFUL = frozenset({"typo", "ending", "truncated", "sound", "heard"})  # what two people's names may be to each other
_NEVER_ONE = frozenset({"derived", "feminine", "adjective"})  # between surnames: Petrov is not Petr
_MAYBE_TWO = _DOUBTFUL | _NEVER_ONE
MAYBE_TWINS = _MAYBE_TWO | {"inflected", "given"}  # what `twin` looks at
_SHORT_SURNAME = 6  # letters below which a surname carries no typo but a swap, and a given name
_SHORT_GIVEN = 5
_BY_ENDING = frozenset({"inflected", "ending"})
_MAYBE_FORMS = _BY_ENDING | {"given"}
_VOWELS = re.compile("[aeiou]+")
# Consonants that are taken for each other, by ear or between scripts: ch is ч in English and х in German, Czech and
# Polish; в and ў are w and u.
_NEAR_SOUNDS = ("aeiou", "bp", "dt", "szc", "ck", "ch", "vf", "uv", "hk")
# Latin j, i behind the fold, is ж or дж in English and Persian names, х in Spanish ones, ч in Asian ones.
_NEAR_ACROSS_SCRIPTS = (*_NEAR_SOUNDS, "iz", "ih")
_NEAR_IN_A_NAME = (*_NEAR_SOUNDS, "ic")
_UNSTRESSED = str.maketrans("ai", "oe")  # vowels that East Slavic languages write for one another
_SPOKEN_VOWELS = (("ai", "i"), ("ei", "a"), ("ei", "ai"))
_SILENT_E = re.compile("(?<=[^aeiou])e$")
_KUNYA = frozenset({"abu", "um"})  # father of, mother of: with the next word it is a byname, that may be left out
_LIKELY_ONE_FATHER = 0.75  # similarity from which two patronymics, one of a father whom no table knows, are one
_LIKELY_ONE = 0.6  # similarity from which two given names, one of them unknown, may be one


def given_name(pair: Comparison) -> Finding | None:
    """Given names that cannot be one: Igor is not Aleksandr, A. is not V. One more than the other has is absent."""
    if not pair.is_person or not pair.pairs:
        return None
    form = _taken_for_a_form(pair)
    if form:
        names_of_two = f"{form.mention[0].text} / {form.alias[0].text}"
        return Finding("contradict", {"differs": 1.0}, f"given names differ: {names_of_two}")
    mine = _first_given(pair.rest) or _in_front(pair.form, pair.rest) or _named_like_a_title(pair)
    if mine is None:
        return _without_first_name(pair)
    known, front = _known_forenames(pair), {"front": 1.0} if _adds_first_name(pair, mine) else {}
    if not known:
        return Finding("absent", front, f"one more name in front: {mine.text}") if front else None
    detail = f"given names differ: {mine.text} / {known[0].text}"
    refused = _refused(pair, mine, known[0], front=bool(front))
    if refused:
        return Finding("contradict", {"differs": 1.0}, refused)
    if any(_may_be_one(mine, other) for other in known):
        return None
    agrees = _given_agrees(pair, known)
    if mine.initial and agrees:
        return None  # the initial of a patronymic
    if agrees and not any(token.given for token in pair.alias_rest):
        return Finding("absent", {"another": 1.0, **front}, f"one more given name: {mine.text}")
    if any(_looks_like(mine, other) for other in known):
        return Finding("absent", {"unsure": 1.0}, detail)
    return Finding("contradict", {"differs": 1.0}, detail)


def patronymic(pair: Comparison) -> Finding | None:
    """Patronymics: an omitted one is absent, another one contradicts."""
    if not pair.is_person:
        return None
    mine, other = patronymics(pair.form), patronymics(pair.entry.form)
    if not mine and not other:
        return None
    other = other or [token for token in pair.entry.forenames if token.patronymic and not token.given]
    if not mine or not other:
        return Finding("absent", {"absent": 1.0}, f"no patronymic beside {(mine or other)[0].text}")
    if any(_may_be_one_patronymic(token, known) for token in mine for known in other):
        return Finding("agree", {"agrees": 1.0}, f"{mine[0].text} and {other[0].text} agree")
    return Finding("contradict", {"differs": 1.0}, f"patronymics differ: {mine[0].text} / {other[0].text}")


def surname(pair: Comparison) -> Finding | None:
    """Names of persons that share only given names or patronymics, or that each keep a word which the other lacks.

    Of a name of syllables none is left out: Aung Min is not Min Aung Hlaing.
    """
    if not pair.is_person or not pair.pairs or not pair.alias_rest:
        return None
    if not pair.rest:
        whole = len(pair.pairs) > 1 and are_syllables(pair.entry.form.tokens)
        left_out = pair.alias_rest[0].text
        return Finding("absent", {"syllable": 1.0}, f"{left_out} is seldom left out") if whole else None
    if all(_is_forename(token) for found in pair.pairs for token in found.mention):
        return Finding("contradict", {"differs": 1.0}, "only given names agree")
    mine, other = ([token for token in rest if _is_surname(token)] for rest in (pair.rest, pair.alias_rest))
    if not mine or not other or any(_look_alike(a, b) for a in mine for b in other):
        return None
    return Finding("contradict", {"both": 1.0}, f"each has another word: {mine[0].text} / {other[0].text}")


def twin(pair: Comparison) -> Finding | None:
    """Names of persons that differ as two people's do: Budanov, Bulanov; Lavrov, Lavrovsky; Tara, Lara.

    A typo swaps letters, loses or adds one, or takes one that is near in sound; short words carry no more than a swap.
    In labelled news one letter off in a word below eight is another name in two cases of three. Beside the same given
    name and the same patronymic it is a slip more often than a second person: there it only counts against. A surname
    that exists is no typo of another one, nor its possessive. Names that Junior, Senior or a number tells apart are two
    people's as well.
    """
    if not pair.is_person:
        return None
    generations = _generations(pair) if "generation" in pair.traits else None
    if generations:
        return generations
    if "korean" in pair.traits and korean.are_two_names(pair.form.folded, pair.entry.form.folded):
        return Finding("contradict", {"differs": 1.0}, f"{pair.entry.form.text} has other syllables")
    for found in pair.pairs:
        mine, other = found.mention[0], found.alias[0]
        doubt = _doubt(pair, found)
        if doubt:
            channel = "contradict" if doubt == "differs" else "absent"
            return Finding(channel, {doubt: 1.0}, f"{mine.text} may be another name than {other.text}")
    return None


def gender(pair: Comparison) -> Finding | None:
    """A man's name against a woman's, unless a case form explains it: Олександра is the genitive of Олександр."""
    if not pair.is_person:
        return None
    if "inflected" in pair.ways:
        other_form = next((found for found in pair.pairs if _is_womans_form(found)), None)
    else:
        other_form = next((found for found in pair.pairs if found.how == "feminine"), None)
    if other_form:
        return Finding("contradict", {"differs": 1.0}, describe(other_form))
    if not pair.traits >= {"male", "female"} or (pair.ways & {"inflected", "ending", "feminine"} and _has_cases(pair)):
        return None
    return Finding("contradict", {"differs": 1.0}, "one is a man's name, the other a woman's")


# --- given names


def _is_given(token: Token) -> bool:
    return token.initial or bool(token.given)


def _taken_for_a_form(pair: Comparison) -> TokenPair | None:
    """A given name that was paired as a case form of another one, where no cases are to be expected: Simone, Simon.

    Nor are they where the surname has no ending: Laurie Munoz is not Laura Munoz, nor Casey Salinas Chase Salinas.
    """
    if not pair.ways & _MAYBE_FORMS or len(pair.pairs) < 2 or _has_cases(pair):
        return None
    forms = [found for found in pair.pairs if found.how in _BY_ENDING or _is_form_by_table(found)]
    if len(forms) != 1:
        return None
    form = forms[0]
    groups = [{name.group for name in tokens[0].given} for tokens in (form.mention, form.alias)]
    if not groups[1] and (form.mention[0] is not pair.form.tokens[0] or form.alias[0].script != "Latn"):
        return None
    last = next((found for found in pair.pairs if found.mention[-1] is pair.form.tokens[-1]), form)
    is_plain = last.how in AS_WRITTEN and last.mention[-1].latin[-1] not in VOWELS
    return form if is_plain or (groups[0] and groups[0].isdisjoint(groups[1])) else None


def _is_form_by_table(found: TokenPair) -> bool:
    """Whether a word that is no given name was paired as the case form of one: Erna of Ern, an Aaron."""
    return found.how == "given" and not found.mention[0].given


def _first_given(rest: tuple[Token, ...]) -> Token | None:
    for token in rest:
        if token.given or token.initial:
            return token
    return None


def _in_front(form: SurfaceForm, rest: tuple[Token, ...]) -> Token | None:
    """The first word of a name behind its titles, if it has no partner: there a given name stands, known or not."""
    first = next((token for token in form.tokens if not token.title), None)
    if first is None or first not in rest or first is form.tokens[-1]:
        return None
    is_plain = not first.text[:1].islower() and not first.number and first.index_key[0] != "="
    return first if is_plain else None


def _named_like_a_title(pair: Comparison) -> Token | None:
    """A given name that was taken for a title: Barron, which folds like baron, if no other forename is there."""
    first = pair.form.tokens[0]
    if not first.given or first in pair.rest:
        return None
    return None if any(_is_given(token) for found in pair.pairs for token in found.mention) else first


def _known_forenames(pair: Comparison) -> list[Token]:
    """What the registry knows the entity by: its given names, else its initials, else the first word of the alias."""
    forenames = pair.entry.forenames or pair.entry.form.tokens
    known = [token for token in forenames if token.given] or [token for token in forenames if token.initial]
    return known or [token for token in [_in_front(pair.entry.form, pair.alias_rest)] if token]


def _may_be_one(mine: Token, other: Token) -> bool:
    """Whether two given names are one: equal, in another language, in a case form, or but for vowels of a scheme."""
    if compare_words(mine, other):
        return True
    left, right = (names.given_forms(token.key) for token in (mine, other))
    if left and right:
        return any(a.group == b.group for a in left for b in right)
    one, two = without_habits(mine.key), without_habits(other.key)
    return min(len(one), len(two)) >= _SHORT_GIVEN and differ_in_near_vowels(one, two)


def _looks_like(mine: Token, other: Token) -> bool:
    """Whether two given names, one of which no table knows, are so alike that they may be one."""
    if mine.initial or other.initial or (names.given_forms(mine.key) and names.given_forms(other.key)):
        return False
    return _look_alike(mine, other)


def _without_first_name(pair: Comparison) -> Finding | None:
    """The mention has another name of the entity in front: Hafez Assad is the father of Bashar Hafez Assad."""
    first, words = _in_front(pair.entry.form, pair.alias_rest), pair.entry.form.tokens
    if first is None or first is not words[0] or first.key in _KUNYA or len(pair.form.tokens) < 2:
        return None
    next_one = next(token for token in words if token not in pair.alias_rest)
    if not any(found.alias[0] is next_one and found.mention[0] is pair.form.tokens[0] for found in pair.pairs):
        return None
    return Finding("absent", {"first": 1.0}, f"another name stands in the place of {first.text}")


def _adds_first_name(pair: Comparison, mine: Token) -> bool:
    """Whether the mention has a name in front of all those of the entity: Peter Heather Mullen, Heather Mullen."""
    form, words = pair.form.tokens, pair.entry.form.tokens
    if mine is not form[0] or mine.key in _KUNYA or mine.initial or len(words) < 2:
        return False
    if names.is_title(mine.key, mine.latin, leading=True):
        return False
    return any(found.mention[0] is form[1] and found.alias[0] is words[0] for found in pair.pairs)


def _refused(pair: Comparison, mine: Token, known: Token, *, front: bool) -> str:
    """Why a given name or an initial is none of an entity, whatever else it is: by gender, by its place; else ""."""
    genders = [{name.gender for name in token.given} for token in (mine, known)]
    if front and all(len(each) == 1 for each in genders) and genders[0] != genders[1]:
        return f"{mine.text} and {known.text} are a man's and a woman's name"
    is_other = mine.initial and _is_other_initial(pair, mine)
    return f"{mine.text} is no forename of {pair.entry.form.text}" if is_other else ""


def _given_agrees(pair: Comparison, known: list[Token]) -> bool:
    """Whether a given name or an initial of the entity has its partner in the mention."""
    keys = {token.key for token in known}
    return any(token.initial or token.key in keys for found in pair.pairs for token in found.alias)


def _is_other_initial(pair: Comparison, mine: Token) -> bool:
    """Whether an initial stands where the alias has another forename: R. F. beside John F., H. W. beside W."""
    i = pair.form.tokens.index(mine)
    first = pair.entry.form.tokens[0]
    if i == 0:
        return _is_given(first) and first in pair.alias_rest and not compare_words(mine, first)
    before, *behind = pair.form.tokens[i - 1 : i + 2]
    return before not in pair.rest and _is_given(before) and behind[-1].initial and behind[-1] not in pair.rest


def _is_forename(token: Token) -> bool:
    return _is_given(token) or bool(token.patronymic)


def _is_surname(token: Token) -> bool:
    """Whether a word of a person's name is no forename, no title and no number."""
    return not (_is_forename(token) or token.title or token.number or token.index_key[0] == "=")


def _look_alike(mine: Token, other: Token) -> bool:
    """Whether two words may be one after all: a case form of a short word, another romanisation, a long typo."""
    if mine.key.startswith(other.key) or other.key.startswith(mine.key):
        return True
    return OSA.normalized_similarity(mine.key, other.key) >= _LIKELY_ONE


# --- patronymics


def _may_be_one_patronymic(mine: Token, other: Token) -> bool:
    """Whether two patronymics name one father. Two fathers whom the table knows are never one for a typo's sake."""
    if mine.patronymic == other.patronymic:
        return True
    known = [names.given_names(fold(token.patronymic or "")) for token in (mine, other)]
    return not all(known) and OSA.normalized_similarity(mine.key, other.key) >= _LIKELY_ONE_FATHER


# --- surnames


def _generations(pair: Comparison) -> Finding | None:
    """Junior against Senior, or the second against the first. The plain name means the Junior less often than him."""
    mine, other = generation(pair.form), generation(pair.entry.form)
    if mine == other or (not mine and len(pair.form.tokens) < 2):
        return None
    if mine and other:
        return Finding(
            "contradict", {"differs": 1.0}, f"{pair.form.tokens[-1].text} is not {pair.entry.form.tokens[-1].text}"
        )
    named = mine or other
    if named not in ("junior", "senior"):
        return None  # `number` says what a number means that only one side has
    if mine:
        return Finding("contradict", {"differs": 1.0}, f"the registry knows no {pair.form.tokens[-1].text}")
    return Finding("absent", {"unsure": 1.0}, f"the registry means {pair.entry.form.tokens[-1].text}")


def _doubt(pair: Comparison, found: TokenPair) -> str:
    """Whether two words that were paired may be two names: "differs", "unsure" beside an equal patronymic, else ""."""
    mine, other = found.mention[0], found.alias[0]
    of_another = _is_of_another(pair, found)
    if other.title or not (found.how in _MAYBE_TWO or of_another or _is_form_of_given(pair, found)):
        return ""
    if mine in patronymics(pair.form) and other in patronymics(pair.entry.form):
        return ""  # `patronymic` compares them
    given = _is_given(other) and not _is_last(pair.entry.form, other)
    if found.how != "typo" and given and not (of_another and other is pair.entry.form.tokens[-1]):
        return ""
    short = _SHORT_GIVEN if given else _SHORT_SURNAME
    is_slip = found.how in _DOUBTFUL and _is_slip(mine, other, how=found.how, short=short)
    if is_slip and (given or not _are_two(mine.key, other.key)):
        return ""
    if found.how not in _DOUBTFUL:
        return "differs"
    if _is_slip_between(pair, found):
        return ""
    return "unsure" if _shares_patronymic(pair) or _is_near_in_sound(pair, found) else "differs"


def _is_last(form: SurfaceForm, token: Token) -> bool:
    """Whether a given name is the surname behind another one: Ermak in Andrii Yermak."""
    return token is form.tokens[-1] and bool(form.tokens[0].given) and token is not form.tokens[0]


def _is_of_another(pair: Comparison, found: TokenPair) -> bool:
    """Whether a surname passed for a possessive or plural of another: Kovalev is not Koval; Putinova may be Putin.

    Nor is it one that only the fold makes a form: Reyes, Reese.
    """
    if found.how != "inflected" or pair.is_lone:
        return False
    word, base = found.mention[0], found.alias[0]
    if word.script == base.script == "Latn" and not is_surname_form(word.text, base.text, pair.mention.lang):
        return True
    mine, other = word.key, base.key
    relation = relate(mine, other, found.lang)
    is_of_many = relation is not None and relation.case.startswith(("possessive", "derived", "plural"))
    is_of_given = bool(names.given_names(other)) and is_surname(mine)
    return is_of_many and (is_of_given or are_two_surnames(mine, other))


def _is_near_in_sound(pair: Comparison, found: TokenPair) -> bool:
    """Whether all else is the same, two words at least, and one word is near in sound: Mohamed Hamdan Daglo, Dagalo."""
    mine, other = found.mention[0].key, found.alias[0].key
    return _agree_but_for(pair, found) and all(_is_near(a, b, _NEAR_IN_A_NAME) for a, b in _replaced(mine, other))


def _is_form_of_given(pair: Comparison, found: TokenPair) -> bool:
    """Whether a surname passed for a case form of a given name where there are no cases: Mansoori is not Mansoor."""
    if found.how != "given" or _has_cases(pair):
        return False
    return not (names.given_names(found.mention[0].key) and names.given_names(found.alias[0].key))


def _agree_but_for(pair: Comparison, found: TokenPair) -> bool:
    """Whether all other words are the same, two at least."""
    others = [other.how for other in pair.pairs if other is not found]
    return not pair.rest and not pair.alias_rest and len(others) > 1 and AS_WRITTEN.issuperset(others)


def _is_slip_between(pair: Comparison, found: TokenPair) -> bool:
    """Whether only a word that is no surname differs, by few letters: Kirill Mrkhailovich Solovyov.

    The surname stands last, or first where a forename is last. A short word with another letter is another name, and no
    slip: Tara, Lara.
    """
    mine, other, words = found.mention[0], found.alias[0], pair.entry.form.tokens
    if found.how != "typo" or other is words[-1] or not _agree_but_for(pair, found):
        return False
    if other is words[0] and _is_forename(words[-1]) and not _is_given(other):
        return False
    is_long = min(len(mine.key), len(other.key)) >= _SHORT_GIVEN
    return (is_long or _is_swap_or_gap(mine, other)) and not _are_two(mine.key, other.key)


def _is_swap_or_gap(mine: Token, other: Token) -> bool:
    """Whether two words differ by two letters that changed places, or by one that only one of them has."""
    return len(mine.key) != len(other.key) or sorted(mine.key) == sorted(other.key)


def _is_slip(mine: Token, other: Token, *, how: str, short: int) -> bool:
    """Whether two words differ as slips and schemes do: a letter lost, added or swapped, a vowel, a near consonant."""
    if mine.key == other.key:
        return False  # Cyrillic tells them apart: Мишин, Мисин
    left, right = without_habits(mine.key), without_habits(other.key)
    if sorted(mine.key) == sorted(other.key) or left == right or differ_in_near_vowels(left, right):
        return True
    if _is_spoken_vowel(mine, other) or _is_spoken_vowel(other, mine):
        return True
    if how == "heard" and (_VOWELS.sub("", left) != _VOWELS.sub("", right) or _has_english_vowels(mine, other)):
        return True  # other consonants are what spelling by ear explains; other vowels alone make Малик of Maliuk
    if how not in ("typo", "sound", "heard"):
        return False
    has_ending = how == "heard" and mine.script == "Cyrl" and mine.key[-1] in "aeiu"
    word = mine.key[:-1] if has_ending and len(mine.key) == len(other.key) + 1 else mine.key  # Трампа
    retold = mine.script != other.script and len(word) == len(other.key)  # Trump and Трамп
    if min(len(mine.key), len(other.key)) < short and not retold:
        return False
    near = _NEAR_ACROSS_SCRIPTS if mine.script != other.script or _is_j_of_zh(mine, other) else _NEAR_SOUNDS
    return all(_is_near(a, b, near) for a, b in _replaced(word, other.key))


def _has_english_vowels(mine: Token, other: Token) -> bool:
    latin, cyrillic = (mine, other) if mine.script == "Latn" else (other, mine)
    return has_english_vowels(latin.latin, cyrillic.latin, cyrillic.text)


def _are_two(key: str, other: str) -> bool:
    """Whether both words are surnames that exist, and not one in two East Slavic languages: Пасічник is Пасечник."""
    if not are_two_surnames(key, other):
        return False
    return without_habits(key).translate(_UNSTRESSED) != without_habits(other).translate(_UNSTRESSED)


def _is_spoken_vowel(latin: Token, cyrillic: Token) -> bool:
    """Whether Cyrillic writes the vowel of an English name as it is spoken: Biden, Байден; Brake, Брейк."""
    if (latin.script, cyrillic.script) != ("Latn", "Cyrl"):
        return False
    spelt = latin.key, _SILENT_E.sub("", latin.key)
    pairs = [(spoken, vowel) for spoken, vowel in _SPOKEN_VOWELS if spoken in cyrillic.key]
    respelt = [cyrillic.key.replace(spoken, vowel, 1) for spoken, vowel in pairs]
    return any(key in spelt or _is_case_form(key, latin.key) for key in respelt)


def _is_case_form(form: str, name: str) -> bool:
    relation = relate(form, name)
    return (
        relation is not None
        and relation.exact
        and relation.base
        and not relation.case.startswith(("derived", "feminine"))
    )


def _is_j_of_zh(mine: Token, other: Token) -> bool:
    """Whether one word writes j, and the other the zh that j is in French and Persian: Ahmadinejad, Ahmadinezhad."""
    return ("j" in mine.latin and "zh" in other.latin) or ("zh" in mine.latin and "j" in other.latin)


def _replaced(left: str, right: str) -> list[tuple[str, str]]:
    return [(left[e.src_pos], right[e.dest_pos]) for e in Levenshtein.editops(left, right) if e.tag == "replace"]


def _is_near(one: str, other: str, groups: tuple[str, ...]) -> bool:
    return any(one in group and other in group for group in groups)


def _shares_patronymic(pair: Comparison) -> bool:
    mine, other = patronymics(pair.form), patronymics(pair.entry.form)
    return any(_may_be_one_patronymic(token, known) for token in mine for known in other)


# --- gender


def _is_womans_form(found: TokenPair) -> bool:
    """Whether a word is a case form of the woman's name that is made from the man's it was paired with: Евгенией."""
    mine, other = found.mention[0], found.alias[0]
    if found.how != "inflected" or mine.given or {name.gender for name in other.given} != {"m"}:
        return False
    relation = relate(mine.key, other.key, found.lang)
    is_hers = relation is not None and relation.case.startswith("feminine")
    return is_hers and {name.gender for name in names.given_forms(mine.key)} == {"f"}


def _has_cases(pair: Comparison) -> bool:
    """Whether the mention is in a language whose names have case forms."""
    return pair.mention.lang in CASE_LANGUAGES or any(token.script == "Cyrl" for token in pair.form.tokens)
