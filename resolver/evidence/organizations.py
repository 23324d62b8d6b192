"""Comparisons of the names of organisations, places and things: numbers, initials, what makes another name of it."""

import unicodedata
from collections.abc import Sequence, Set

from rapidfuzz.distance import JaroWinkler

from resolver.evidence.alignment import Comparison
from resolver.evidence.finding import Finding, is_same_spelling
from resolver.evidence.whole import known_both
from resolver.forms import SurfaceForm, Token, acronym_letter
from resolver.initialisms import acronym_readings, acronym_run, is_of_syllables, name_readings, readings, usualness
from resolver.language import names, organizations
from resolver.language.places import is_place, place_names
from resolver.language.romanization import VOWELS, script_of

# What a name of syllables says, in letters of an acronym; less with a cut word: Красмаш may be Krasnodar's.
_SYLLABLES = 4.0
_NOBODY: frozenset[Token] = frozenset()
_FEW = 2  # words of which none may be an acronym itself, to be shortened to one: UN is not US National
_ALIKE = 0.7  # Jaro-Winkler similarity of words that may be spellings of one: Karubis, Kalubusi
_ALIKE_IF_SHORT = 0.8  # the same of words of few letters: not Green and Red
_LONG = 5  # letters of the others


def number(pair: Comparison) -> Finding | None:
    """Numbers and designations: a different number is a different thing."""
    mine, other = _in_step(_numbers_that_count(pair), pair.entry.form.numbers)
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


def _numbers_that_count(pair: Comparison) -> frozenset[str]:
    """The numbers of the mention, but for a designation in front of the name of a product."""
    if not pair.is_classed:
        return pair.form.numbers
    counted = {*pair.rest, *(token for found in pair.pairs for token in found.mention)}
    return pair.form.numbers - {token.number for token in pair.form.tokens if token not in counted and token.number}


def _in_step(mine: frozenset[str], other: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers of two names; letters in front do not count where the other name leaves them out: AI-171, 171."""
    return frozenset(_without_letters(n, other) for n in mine), frozenset(_without_letters(n, mine) for n in other)


def _without_letters(number: str, others: frozenset[str]) -> str:
    bare = number.lstrip("abcdefghijklmnopqrstuvwxyz")
    return bare if bare in others and len(bare) > 1 else number


def legal_form(pair: Comparison) -> Finding | None:
    """Legal forms: weak evidence, as one company has different ones in different languages."""
    mine, other = pair.form.legal, pair.entry.form.legal
    if not mine or not other:
        return None
    if mine & other:
        return Finding("agree", {"agrees": 1.0}, f"both are {', '.join(sorted(mine & other))}")
    return Finding("absent", {"differs": 1.0}, f"{', '.join(sorted(mine))} against {', '.join(sorted(other))}")


def acronym(pair: Comparison) -> Finding | None:
    """One name, or a word in it, is made of the initials of words in the other: UEC, ODK; VMP Avitek."""
    if pair.is_person and len(pair.form.tokens) > 1 and len(pair.entry.form.tokens) > 1:
        return None  # many lists write surnames in capitals
    if "known" in pair.ways:
        return None
    whole = _whole_acronym(pair)
    if whole is None and (pair.is_person or not pair.rest or not pair.alias_rest):
        return None
    short, long, is_mine = whole or _initials(pair)
    if not long:
        return None
    words = " ".join([token.text for token in long])
    if whole and pair.pairs and short.index_key[0] == "=":
        return Finding("agree", {}, f"{short.text} is spelt out, and agrees word by word with {words}")
    letters = acronym_readings(short.text)
    own = "".join([acronym_letter(token.text[0]) for token in long]) in letters
    mine, other = (1, len(long)) if is_mine else (len(long), 1)
    part = "" if whole else "part_"
    usual = usualness(pair.entry.form if is_mine else pair.form, letters)
    values = {
        f"{part}letters": _SYLLABLES * usual if is_of_syllables(short.text) else min(max(map(len, letters)), 6) - 1.0,
        f"{part}own" if own else f"{part}translated": 1.0,
        **({"usual": usual} if whole else {}),
        "rest": pair.rest_bits / 12.0 * min(1.0, mine / max(1, len(pair.rest))),
        "alias_rest": pair.alias_rest_bits / 12.0 * min(1.0, other / max(1, len(pair.alias_rest))),
    }
    return Finding("agree", values, f"{short.text} may be the initials of {words}")


def _whole_acronym(pair: Comparison) -> tuple[Token, tuple[Token, ...], bool] | None:
    """The acronym that one of the names is, the words of the other name, and whether the mention is the acronym."""
    for short, long in ((pair.form, pair.entry.form), (pair.entry.form, pair.form)):
        word = _only_word(short) if not _are_one_word(long.tokens) else None
        letters = acronym_readings(word.text) if word else ()
        if word and letters and not _readings_of(long, word).isdisjoint(letters):
            return word, long.tokens, short is pair.form
    return None


def _only_word(form: SurfaceForm) -> Token | None:
    """The word that a name consists of, but for a word for any firm in front or behind: Concern KEMZ."""
    if len(form.tokens) == 1:
        return form.tokens[0]
    first: Token | None = None
    for token in form.tokens:
        if token.index_key[0] != "=" or not organizations.is_plain_firm(token.index_key[1:]):
            first = first or token
            if first.start != token.start:
                return None
    return first or (form.tokens[0] if _are_one_word(form.tokens) else None)


def _readings_of(form: SurfaceForm, acronym: Token) -> frozenset[str]:
    """The acronyms of a name; of all its words if the acronym is spelt out: USA is a part of Miss USA."""
    return readings(form.tokens) if acronym.index_key[0] == "=" else name_readings(form)


def _are_one_word(tokens: Sequence[Token]) -> bool:
    """Whether tokens in a row are written as one word: an abbreviation that is spelt out is one."""
    return tokens[0].start == tokens[-1].start


def _initials(pair: Comparison) -> tuple[Token, tuple[Token, ...], bool]:
    """An acronym among the words that only one name has, the words of the other that it is made of, and whose it is."""
    rest, alias_rest = _without(pair.rest, pair.form.honoured), _without(pair.alias_rest, pair.entry.form.honoured)
    for words, others, is_mine in ((rest, alias_rest, True), (alias_rest, rest, False)):
        for word in words:
            run = acronym_run(word, others)
            if run and not (len(run) <= _FEW and any(len(token.text) > 1 and token.text.isupper() for token in run)):
                return word, run, is_mine
    return pair.rest[0], (), True


def _without(tokens: tuple[Token, ...], left_out: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple([token for token in tokens if token not in left_out]) if left_out else tokens


def related(pair: Comparison) -> Finding | None:
    """Generic words that translators use for one another: engineering and machine building, office and bureau."""
    if not pair.rest or not pair.alias_rest:
        return None
    others = {token.index_key[1:] for token in pair.alias_rest if token.index_key[0] == "="}
    mine = [token for token in pair.rest if token.index_key[0] == "="] if others else []
    akin = [token for token in mine if not others.isdisjoint(organizations.related_concepts(token.index_key[1:]))]
    if not akin:
        return None
    values = {"words": min(len(akin), 3.0)}
    if len(akin) == len(pair.rest) == len(pair.alias_rest):
        values["all"] = 1.0
    return Finding("agree", values, f"{akin[0].text} is akin to a word of the other name")


def honoured(pair: Comparison) -> Finding | None:
    """People after whom one of the names calls the organisation: it is often called without them."""
    mine, other = _count(pair.rest, pair.form.honoured), _count(pair.alias_rest, pair.entry.form.honoured)
    if not mine and not other:
        return None
    return Finding("absent", {"rest": min(mine, 3.0), "alias_rest": min(other, 3.0)}, "one is named after somebody")


def parent(pair: Comparison) -> Finding | None:
    """A firm above that only one of the names shows: Tactical Missile Corporation, JSC X is JSC X, not its parent."""
    values: dict[str, float] = {}
    for side, rest, form in (("", pair.rest, pair.form), ("alias_", pair.alias_rest, pair.entry.form)):
        if form.parent and rest:
            only = all(token in form.parent or token in rest for token in form.tokens)
            whole = all(token in form.parent for token in rest)
            values[f"{side}only" if only else f"{side}whole" if whole else f"{side}part"] = 1.0
    return Finding("absent", values, "one of the names shows the firm above, too") if values else None


def sister(pair: Comparison) -> Finding | None:
    """Words that make a sister of it: Deutsche Bank, Deutsche Bahn; Gazprom, Gazprom Neft; the plants of one firm."""
    if pair.is_person or not pair.pairs or "known" in pair.ways:
        return None
    return _other_place_or_body(pair) or _other_name(pair) or _other_acronym(pair) or _other_trade(pair)


def _other_place_or_body(pair: Comparison) -> Finding | None:
    """Two names that the table of exonyms has apart: Council of Europe, European Council."""
    if "exonym" not in pair.traits:
        return None
    mine, other = known_both(pair.form, pair.entry.form)
    if not mine or not other or mine == other:
        return None
    return Finding("contradict", {"known_apart": 1.0}, f"{pair.form.text} is not {pair.entry.form.text}")


def _other_name(pair: Comparison) -> Finding | None:
    """Names of firms. In two languages they may be translations of each other: only words of one script contradict."""
    patrons = _patrons_that_count(pair)
    mine = _own_words(pair.rest, pair.form, patrons)
    other = _own_words(pair.alias_rest, pair.entry.form, patrons)
    if mine and other:
        pairs = [(one, another) for one in mine for another in other]
        if any(_are_alike(*words) or (_may_translate(*words) and patrons.isdisjoint(words)) for words in pairs):
            return None
        return Finding("contradict", {"differs": 1.0}, f"{mine[0].text} may make another name than {other[0].text}")
    named = _named_apart(pair, mine or other)
    if named:
        return Finding("contradict", {"differs": 1.0}, f"only one of the names has {named.text}")
    if mine and len(pair.entry.form.tokens) == 1:
        return Finding("absent", {"longer": 1.0}, f"{mine[0].text} may make another name of it")
    if other and pair.is_lone:
        return Finding("absent", {"shorter": 1.0}, f"{other[0].text} may make another name of it")
    return None


def _named_apart(pair: Comparison, own: Sequence[Token]) -> Token | None:
    """The word that names one of two firms of which only places and generic words agree, each with a word left.

    Korea Kwangsong Trading Corporation is not Korea Mining Development Trading Corporation.
    """
    if not pair.rest or not pair.alias_rest or pair.entry.entity.type != "organization":
        return None
    agreeing = [token for found in pair.pairs for token in found.mention]
    if not all(token.index_key[0] == "=" or place_names(token.key) for token in agreeing):
        return None
    scripts = {token.script for token in (*pair.rest, *pair.alias_rest)}
    if len(scripts) > 1:
        return None
    if not own and not any(_are_akin(one, other) for one in pair.rest for other in pair.alias_rest):
        return next((token for token in pair.rest if token.index_key[0] == "="), None)
    return next((word for word in own if not place_names(word.key)), None)


def _other_acronym(pair: Comparison) -> Finding | None:
    """Acronyms of other letters, or one that is spelt out with a word that the other name has not: ГРУ, ГУР; ФСО."""
    if pair.form.acronym and pair.entry.form.acronym and _have_other_letters(pair.form, pair.entry.form):
        return Finding("contradict", {"acronym_differs": 1.0}, f"{pair.form.text} is not {pair.entry.form.text}")
    if not pair.rest or not pair.alias_rest:
        return None
    sides = ((pair.form, pair.rest, pair.alias_rest), (pair.entry.form, pair.alias_rest, pair.rest))
    for form, rest, others in sides:
        if len(form.tokens) > 1 and _are_one_word(form.tokens):
            if any(other.script == "Latn" and _are_related(word, other) for word in rest for other in others):
                return None
            return Finding("contradict", {"acronym_differs": 1.0}, f"{form.text} has another word in it")
    return None


def _have_other_letters(one: SurfaceForm, other: SurfaceForm) -> bool:
    """Whether two acronyms are not one, though their letters or what they stand for agree in some way.

    In two scripts a word may be translated, but its letters are not in another order. In one script the folded letters
    are the same; in Latin script also those that are read one by one, as those without a vowel are: HVC is no GVC,
    while HUR and GUR are two romanisations.
    """
    mine, letters = one.acronym or "", other.acronym or ""
    scripts = {script_of(form.tokens[0].text) for form in (one, other)}
    if mine != letters:
        return len(scripts) == 1 or sorted(mine) == sorted(letters)
    return scripts == {"Latn"} and VOWELS.isdisjoint(mine) and _plain(one) != _plain(other)


def _plain(form: SurfaceForm) -> str:
    """The letters of a one-word name as written, without their marks."""
    return "".join([letter for letter in unicodedata.normalize("NFKD", form.tokens[0].text) if letter.isalnum()])


def _other_trade(pair: Comparison) -> Finding | None:
    """Trades, in whatever language: Siemens Energy is not Siemens, and an assault brigade no tank brigade."""
    if "generic" not in pair.traits:
        return None
    mine, other = _trades(pair.rest, pair.form), _trades(pair.alias_rest, pair.entry.form)
    if mine and other:
        akin = any(_are_akin(a, b) for a in mine for b in pair.alias_rest)
        if akin or any(_are_akin(a, b) for a in other for b in pair.rest):
            return None
        return Finding("contradict", {"trade_differs": 1.0}, f"{mine[0].text} and {other[0].text} are two trades")
    if mine and not pair.alias_rest:
        return Finding("absent", {"trade_longer": 1.0}, f"{mine[0].text} may make another name of it")
    if other and not pair.rest:
        return Finding("absent", {"trade_shorter": 1.0}, f"{other[0].text} may make another name of it")
    return None


def _trades(rest: tuple[Token, ...], form: SurfaceForm) -> list[Token]:
    """The trades without a partner, but for those of a firm above or a patron."""
    words = [t for t in rest if t.index_key[0] == "=" and t not in form.parent and t not in form.honoured]
    if not words:
        return words
    return [token for token in words if organizations.fields_of(token.index_key[1:])]


def _are_akin(one: Token, other: Token) -> bool:
    """Whether two trades may be two translations of one word."""
    shared = organizations.fields_of(one.index_key[1:]) & organizations.fields_of(other.index_key[1:])
    return bool(shared) or _are_related(one, other)


def _are_related(one: Token, other: Token) -> bool:
    return other.index_key[1:] in organizations.related_concepts(one.index_key[1:])


def _own_words(rest: tuple[Token, ...], form: SurfaceForm, patrons: Set[Token]) -> list[Token]:
    """The words without a partner that are no generic words, numbers, titles, nor those of a firm above or a patron."""
    if not rest:
        return []
    return [t for t in rest if t.is_distinctive and t not in form.parent and (t in patrons or t not in form.honoured)]


def _patrons_that_count(pair: Comparison) -> frozenset[Token]:
    """The people after whom a name is, if only generic words agree: Salyut is not the A.S. Yakovlev Design Bureau."""
    people = (*pair.form.honoured, *pair.entry.form.honoured)
    if not people or any(token.index_key[0] != "=" for found in pair.pairs for token in found.mention):
        return _NOBODY
    return frozenset(token for token in people if not token.initial)


def _may_translate(one: Token, other: Token) -> bool:
    """Whether words of two scripts may mean the same, as two known places do not: firms of 广州 and of Ningbo."""
    return one.script != other.script and not (is_place(one.key) and is_place(other.key))


def _are_alike(one: Token, other: Token) -> bool:
    short = min(len(one.key), len(other.key)) < _LONG and not (one.text.isupper() or other.text.isupper())
    return JaroWinkler.similarity(one.key, other.key) >= (_ALIKE_IF_SHORT if short else _ALIKE)


def _count(rest: tuple[Token, ...], known: tuple[Token, ...]) -> float:
    return float(sum(token in known for token in rest)) if known else 0.0


def kind_word(pair: Comparison) -> Finding | None:
    """A generic word that only one name has and that makes it another thing: Bank of Russia, Saratov Oblast."""
    entity = pair.entry.entity
    for form, rest, is_mine in ((pair.form, pair.rest, True), (pair.entry.form, pair.alias_rest, False)):
        for token in rest:
            kind = _kind(token)
            if kind is None:
                continue
            other = kind != entity.type and not _is_named_as(form, entity.type) if is_mine else kind == "location"
            if other and (is_mine or entity.type == "location") and token not in form.parent:
                return Finding("contradict", {"differs": 1.0}, f"{token.text} makes another name of it")
    return None


def _kind(token: Token) -> str | None:
    return organizations.kind_of(token.index_key[1:]) if token.index_key[0] == "=" else None


def _is_named_as(form: SurfaceForm, kind: str) -> bool:
    """Whether a name says that it is of a kind: the State Missile Centre is no missile, and JSC Road no road."""
    return bool(form.legal and kind == "organization") or any(_kind(token) == kind for token in form.tokens)


def office(pair: Comparison) -> Finding | None:
    """An office or rank that only one name has, where it is no form of address: President of Russia is not Russia."""
    if pair.is_person or pair.entry.form.acronym or pair.form.acronym:
        return None
    for form, rest in ((pair.form, pair.rest), (pair.entry.form, pair.alias_rest)):
        for token in rest:
            if names.is_title(token.key, token.latin, leading=True) and _is_office(token, form):
                return Finding("contradict", {"differs": 1.0}, f"{token.text} is an office")
    return None


def _is_office(token: Token, form: SurfaceForm) -> bool:
    """Whether a word makes an office of a name: not the academician or the general in the name of a firm.

    A firm may serve an office (of the Administration of the President), and prime, head and LT are words of names too.
    """
    in_front = token == form.tokens[0]
    if (
        token in form.honoured
        or _kind(token) == "organization"
        or not names.is_title(token.key, token.latin, leading=in_front)
    ):
        return False
    if not _is_named_as(form, "organization"):
        return True
    return in_front and (names.is_title(token.key, token.latin) or form.text[token.end :].startswith(" of "))


def demonym(pair: Comparison) -> Finding | None:
    """A people or an adjective beside the place that it is made from: Israeli is not Israel."""
    if len(pair.form.tokens) > 1 or is_same_spelling(pair) or not organizations.is_demonym(pair.form.folded):
        return None
    return Finding("contradict", {"differs": 1.0}, f"{pair.form.text} is a people or an adjective")
