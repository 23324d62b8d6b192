"""Groups of spellings -> which two seem to be forms of one name, by the comparisons that resolve mentions.

1. Every group becomes an entity of a small index, with a few of its spellings as aliases.
2. Each of these spellings is compared with the aliases of other groups that the index finds near and that have as many
   words. `resolver.evidence` says what agrees and what contradicts, the weights of the matcher how much that counts.
3. A pair without a contradiction, without a word left over and with evidence enough is a link; the two are `apart` if
   what contradicts is what tells two things of one kind from each other.

What is left to others: short forms, and initials, which are short forms too. A people is no form of its country.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from resolver.audit.parallel import map_in_order
from resolver.decision import Policy, bits_of
from resolver.evidence import Comparison, TokenPair, align, findings
from resolver.forms import SurfaceForm, Token
from resolver.index import AliasIndex, Query
from resolver.language.inflection import relate, stems
from resolver.model import Alias, Entity, Mention
from resolver.review.words import PLACE, Signature

# Bits of evidence from which on two names are one, by their words: one alone says less. Measured on labelled
# news in six Slavic languages: of the pairs above the bars, 19 of 20 are one name.
MIN_BITS = 1.0
MIN_BITS_BY_SOUND = 1.5  # of several words: Brennan sounds like Brown to who hears consonants alone
MIN_BITS_OF_ONE_WORD = 3.2
MIN_BITS_OF_A_CASE_FORM = 0.2  # of one long word
LONG_WORD = 6  # letters; Hart is in Hartum, and Shell in Shelley
MIN_BITS_OF_A_PLACE = 4.0  # of one word: what the table of places does not take for a place's name is seldom one
UNKNOWN_TYPE = "organization"  # what names of no type are compared as: of all types it does best for them
MAX_SPELLINGS = 4  # of a group that are compared: one of each script and language

_NEAR = 12  # aliases that are looked at for each spelling
_WORTH = 0.2  # the least share of the best rough score
_MOST = 1000  # aliases of one word that are looked at; each of a thousand ministries would meet all others
_LONG_NAME = 7  # words
_LONGEST_NAME = 12  # words; what is longer is a list without commas more often than a name, and compares with nothing
_FEW = 1000  # groups for which it is not worth while to start processes: 0.5 s
_BATCH = 100  # groups that a process is given at once
# Between words that are not one name, or of which too little says so: Putin and Potanin have the same consonants.
_OTHER_RELATION = frozenset({"demonym", "initial", "feminine", "derived", "sound"})
_FEMININE_ENDINGS = ("a", "u")  # of women's surnames that look like cases of a man's: Иванова, Иванову
_TELLING = frozenset({"given_name", "patronymic", "number", "gender", "kind_word", "sister"})
_TEACHING = frozenset({"given", "heard", "inflected", "romanised"})  # how words agree of which one is surely the other


@dataclass(frozen=True, slots=True)
class Group:
    """Spellings of one signature as what is compared: their analyses, and the type that they mostly have."""

    signature: Signature
    forms: tuple[SurfaceForm, ...]
    type: str | None


@dataclass(frozen=True, slots=True)
class Links:
    """What comparing the groups has shown.

    alike   pairs of signatures that are one name, the surest first
    apart   pairs that are surely two
    words   pairs of words that are forms of one, as names of several words showed
    """

    alike: tuple[tuple[Signature, Signature], ...]
    apart: frozenset[frozenset[Signature]]
    words: frozenset[tuple[Token, Token]]


def compare_groups(groups: Iterable[Group], *, workers: int = 1) -> Links:
    """The links between groups; any number of workers finds the same."""
    known = list(groups)
    compare = _Comparing(known)
    found = map_in_order(compare, range(len(known)), workers=workers if len(known) > _FEW else 1, batch=_BATCH)
    apart: set[tuple[int, int]] = set()
    best: dict[tuple[int, int], _Likeness] = {}
    for likeness in (each for row in found for each in row):
        if likeness.bits is None:
            apart.add(likeness.both)
        elif likeness.both not in best or likeness.bits > (best[likeness.both].bits or 0.0):
            best[likeness.both] = likeness
    apart -= {both for both, each in best.items() if each.is_oblique}
    sure = sorted((-(each.bits or 0.0), both) for both, each in best.items())
    return Links(
        alike=tuple((known[one].signature, known[other].signature) for _, (one, other) in sure),
        apart=frozenset(frozenset((known[one].signature, known[other].signature)) for one, other in apart),
        words=frozenset(words for _, both in sure for words in best[both].words),
    )


class _Likeness(NamedTuple):
    """What the comparison of two groups, by their numbers, has shown: bits of evidence for one name, None against it.

    words       pairs of words that are forms of one
    is_oblique  whether a surname stands in a case that no nominative looks like: then the given name beside it stands
                in one, too, and is not the woman's name that it may look like (Олександра Сирського)
    """

    both: tuple[int, int]
    bits: float | None
    words: tuple[tuple[Token, Token], ...] = ()
    is_oblique: bool = False


class _Comparing:
    """Compares groups by their number: a forked process has them all, and only what was found is sent."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._spellings = [tuple(_spellings(group.forms)) for group in groups]
        self._index = AliasIndex(
            _entity(*each) for each in zip(range(len(groups)), groups, self._spellings, strict=True)
        )
        self._policy = Policy()

    def __call__(self, number: int) -> list[_Likeness]:
        short = [form for form in self._spellings[number] if len(form.tokens) <= _LONGEST_NAME]
        return [found for form in short for found in self._compare(number, form)]

    def _compare(self, number: int, form: SurfaceForm) -> Iterator[_Likeness]:
        """What a spelling shares with the aliases of other groups that may be forms of it."""
        mention = Mention(form.text, self._groups[number].type, form.lang)
        query: Query | None = None
        for hit in self._index.find(form, limit=_NEAR, worth=_WORTH, most=_MOST):
            other = int(hit.entry.entity.id)
            if other != number and _may_be_one(form, hit.entry.form):
                query = query or self._index.query(form)
                yield from self._judge((min(number, other), max(number, other)), align(mention, query, hit.entry))

    def _judge(self, both: tuple[int, int], pair: Comparison) -> Iterator[_Likeness]:
        found = findings(pair)
        vetoes = {name for name, finding in found if finding.channel == "contradict"}
        if not vetoes.isdisjoint(_TELLING):
            yield _Likeness(both, None)
        elif not (vetoes or pair.rest or pair.alias_rest) and pair.ways.isdisjoint(_OTHER_RELATION):
            bits = bits_of(found, self._policy.by_type[pair.entry.entity.type])
            if bits >= _bar(pair, *(self._groups[each] for each in both)):
                yield _Likeness(both, bits, tuple(_learnt(pair)), any(map(_is_oblique, pair.pairs)))


def _may_be_one(form: SurfaceForm, other: SurfaceForm) -> bool:
    """Whether two names have as many words, and long ones of one script half of their words in common.

    That is, words that may be case forms of one: to compare ten words with ten takes as long as many short names.
    """
    count = len(form.tokens)
    if count != len(other.tokens) or count < _LONG_NAME or form.tokens[0].script != other.tokens[0].script:
        return count == len(other.tokens)
    theirs = {stem for token in other.tokens for stem in stems(token.key)}
    return 2 * sum(not theirs.isdisjoint(stems(token.key)) for token in form.tokens) >= count


def _spellings(forms: Sequence[SurfaceForm]) -> Iterator[SurfaceForm]:
    """One spelling for each script and language, the shortest: it is the likeliest to be no case form."""
    seen: set[tuple[str | None, str | None]] = set()
    for form in sorted(forms, key=lambda form: (len(form.text), form.text, form.lang or "")):
        kind = form.tokens[0].script, form.lang
        if kind not in seen and len(seen) < MAX_SPELLINGS:
            seen.add(kind)
            yield form


def _entity(number: int, group: Group, forms: tuple[SurfaceForm, ...]) -> Entity:
    aliases = tuple(Alias(form.text, lang=form.lang) for form in forms[1:])
    return Entity(str(number), forms[0].text, group.type or UNKNOWN_TYPE, aliases)


def _bar(pair: Comparison, one: Group, other: Group) -> float:
    """The bits of evidence that two names need to be one."""
    if len(pair.form.tokens) > 1:
        return MIN_BITS_BY_SOUND if "heard" in pair.ways else MIN_BITS
    if any(word.startswith(PLACE) for word in (*one.signature, *other.signature)):
        return MIN_BITS_OF_A_PLACE
    mine, theirs = pair.form.tokens[0], pair.entry.form.tokens[0]
    relation = relate(mine.key, theirs.key)
    if (one.type or other.type) != (other.type or one.type) or (relation and relation.gender):
        return MIN_BITS_OF_A_PLACE
    if min(len(mine.key), len(theirs.key)) < LONG_WORD:
        return MIN_BITS_OF_ONE_WORD
    if "inflected" in pair.ways:
        return MIN_BITS_OF_A_CASE_FORM
    return MIN_BITS if mine.script != theirs.script else MIN_BITS_OF_ONE_WORD


def _is_oblique(each: TokenPair) -> bool:
    """Whether a surname of the mention can only be a case form: Сирського, but not Иванова, nor Коваленко."""
    if each.how != "inflected" or len(each.mention) != 1 or not each.mention[0].is_distinctive:
        return False
    relation = relate(each.mention[0].key, each.alias[0].key)
    return relation is not None and not relation.gender and each.mention[0].key[-1] not in _FEMININE_ENDINGS


def _learnt(pair: Comparison) -> Iterator[tuple[Token, Token]]:
    """The words of two names of a person that are one word, as the rest of the names agrees.

    What may be the surname of a man and of a woman teaches nothing: Angela Merkelová is Merkel, but Nováková not Novák.
    """
    if not pair.is_person or len(pair.pairs) < 2:
        return
    for each in pair.pairs:
        if each.how in _TEACHING and len(each.mention) == len(each.alias) == 1:
            mine, other = each.mention[0], each.alias[0]
            relation = relate(mine.key, other.key)
            if mine.is_distinctive and other.is_distinctive and not (relation and relation.gender):
                yield mine, other
