"""Names -> clusters: which spellings seem to be one name. No pair is compared unless the two share a blocking key.

1. A name becomes a signature: the sorted ids of its words (`resolver.review.words`). Forms of one given name in several
   languages share an id. Equal signatures are one name, whatever the script, the case form and the word order.
2. Companies of one name with different legal forms are kept apart.
3. A long word with one slip inside (Bechalov, Brechalov) joins the name without it, if all other words are equal.
4. A short form ("Syrskyi") joins a longer name of a person ("Oleksandr Syrskyi"), if exactly one holds it.

It fails closed: two longer names that hold a surname keep it apart from both; an acronym is no word (OSA, Osa).
The result depends on the set of names alone, not on their order or counts.
Known limit: near-twin surnames of eight letters and more that differ by one letter too many are taken for a typo.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from resolver.forms import SurfaceForm, analyse
from resolver.review.words import GIVEN, INITIAL, LEGAL, PATRONYMIC, Signature, Words, root

MIN_TYPO_LENGTH = 8  # letters; below it, one edit makes another surname too often

_LEFT_OUT = (GIVEN, PATRONYMIC, INITIAL)  # what a short form may leave out of a person's name


@dataclass(frozen=True, slots=True)
class Name:
    """A distinct spelling, with the language and type it was mostly seen with."""

    text: str
    lang: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Spellings of one name.

    canonical   the ids of the fullest name in the cluster: what the key of an item is made of
    texts       all spellings, sorted
    full        those of the fullest name
    """

    canonical: Signature
    texts: tuple[str, ...]
    full: tuple[SurfaceForm, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """The names of one signature.

    letters     what their given names and initials begin with
    is_person   whether they are surely a person's; may_be_person: whether nothing speaks against it
    """

    names: tuple[Name, ...]
    letters: frozenset[str]
    is_person: bool
    may_be_person: bool


def cluster(found: Iterable[Name], *, workers: int = 1) -> list[Cluster]:
    """The clusters of these names, sorted by `canonical`; a name without a letter or digit is in none.

    Any number of workers gives the same.

    >>> for group in cluster(map(Name, ["Oleksandr Syrskyi", "Syrskyi", "Сирського", "Andrii Kovalenko"])):
    ...     print(group.canonical, group.texts)
    ('given:aleksandr', 'sirski') ('Oleksandr Syrskyi', 'Syrskyi', 'Сирського')
    ('given:andrei', 'kovalenko') ('Andrii Kovalenko',)
    """
    forms = {name: form for name in sorted(set(found), key=_order) if (form := analyse(name.text, name.lang))}
    words = Words(forms.values(), workers=workers)
    groups = _group(forms, words)
    hubs = _join_short_forms(groups, _join_typos(groups, words))
    members: dict[Signature, list[Name]] = defaultdict(list)
    for signature, group in groups.items():
        members[root(hubs, signature)] += group.names
    return [
        Cluster(
            hub,
            tuple(sorted({name.text for name in members[hub]})),
            tuple(forms[name] for name in groups[hub].names),
        )
        for hub in sorted(members)
    ]


def _group(forms: Mapping[Name, SurfaceForm], words: Words) -> dict[Signature, _Group]:
    """The names by signature."""
    signed: dict[Signature, list[Name]] = defaultdict(list)
    for name, form in forms.items():
        signed[words.signature(form)].append(name)
    split: dict[Signature, list[Name]] = defaultdict(list)
    for signature, names in signed.items():
        legal = [forms[name].legal for name in names if forms[name].legal]
        are_several = legal and not frozenset.intersection(*legal)
        for name in names:
            own = sorted(LEGAL + form for form in forms[name].legal) if are_several else []
            split[*signature, *own].append(name)
    return {
        signature: _describe(signature, [(name, forms[name]) for name in names], words)
        for signature, names in split.items()
    }


def _describe(signature: Signature, named: list[tuple[Name, SurfaceForm]], words: Words) -> _Group:
    tokens = [token for _, form in named for token in form.tokens]
    types = {name.type for name, _ in named} - {None}
    may_be_person = types <= {"person"} and not any(word[0] in "=#" for word in signature)
    return _Group(
        names=tuple(name for name, _ in named),
        letters=frozenset(token.key[0] for token in tokens if token.initial or words.given(token)),
        is_person=may_be_person and (bool(types) or any(word.startswith(GIVEN) for word in signature)),
        may_be_person=may_be_person,
    )


def _join_typos(groups: Mapping[Signature, _Group], words: Words) -> dict[Signature, Signature]:
    """Signature -> the longer one of which it is a misspelling. One that took others in joins none: no chains."""
    near: dict[tuple[Signature, str], list[tuple[Signature, str]]] = defaultdict(list)
    for signature in sorted(groups):
        for word in filter(_is_name_word, signature):
            if len(words.latin(word)) >= MIN_TYPO_LENGTH:
                rest = tuple(other for other in signature if other != word)
                for key in _with_one_letter_less(word):
                    near[rest, key].append((signature, word))
    hubs: dict[Signature, Signature] = {}
    taken: set[Signature] = set()
    for _, signature, hub in sorted(set(_typos(near, words))):
        if hub not in hubs and signature not in hubs and signature not in taken:
            hubs[signature] = hub
            taken.add(hub)
    return hubs


def _typos(
    near: Mapping[tuple[Signature, str], list[tuple[Signature, str]]], words: Words
) -> Iterator[tuple[int, Signature, Signature]]:
    """(order, misspelling, name) of names that are alike but for one word; the longest names come first."""
    for (rest, _), found in near.items():
        hub, written = min(found, key=lambda pair: (-len(pair[1]), pair[1]))
        for signature, word in found:
            if signature != hub and _is_typo(words.latin(word), words.latin(written), has_company=bool(rest)):
                yield -len(written), signature, hub


def _join_short_forms(
    groups: Mapping[Signature, _Group], hubs: Mapping[Signature, Signature]
) -> dict[Signature, Signature]:
    """The hubs, and for each short form the only longer name of a person that holds it."""
    joined = dict(hubs)
    holders: dict[str, list[Signature]] = defaultdict(list)  # the fullest names first
    for signature in sorted(groups, key=lambda one: (*_fullness(one), one), reverse=True):
        surnames = list(filter(_is_name_word, signature))
        if surnames and signature not in joined:
            rarest = min(surnames, key=lambda word: (len(holders[word]), word))
            long = _only_longer(signature, surnames, holders[rarest], joined)
            if long and _is_short_form(signature, long, groups):
                joined[signature] = long
        for word in surnames:
            holders[word].append(signature)
    return joined


def _only_longer(
    short: Signature, surnames: list[str], holders: list[Signature], joined: Mapping[Signature, Signature]
) -> Signature | None:
    """The cluster of the only fuller name with these surnames, or None if there are several."""
    only = None
    for long in holders:
        if _fullness(long) <= _fullness(short):
            break
        if not Counter(surnames) - Counter(long):
            hub = root(joined, long)
            if hub not in (only, short) and only is not None:
                return None
            only = hub
    return only


def _is_short_form(short: Signature, long: Signature, groups: Mapping[Signature, _Group]) -> bool:
    """Whether a name is what is left of a person's longer name: no other words, and initials that fit."""
    if not (groups[long].is_person and groups[short].may_be_person):
        return False
    plain = Counter(word for word in short if not word.startswith(INITIAL))
    if plain - Counter(long):
        return False
    if not all(word[-1] in groups[long].letters for word in short if word.startswith(INITIAL)):
        return False
    return all(word.startswith(_LEFT_OUT) for word in (Counter(long) - plain).elements())


def _is_name_word(word: str) -> bool:
    """Whether an id is a plain word of a name, such as a surname."""
    return ":" not in word and word[0] not in "=#"


def _fullness(signature: Signature) -> tuple[int, int]:
    """How much of a name is there: words, then initials."""
    return sum(not word.startswith(INITIAL) for word in signature), len(signature)


def _with_one_letter_less(word: str) -> Iterator[str]:
    """The word and what is left of it without one of its inner letters."""
    yield word
    yield from sorted({word[:i] + word[i + 1 :] for i in range(1, len(word) - 1)})


def _is_typo(word: str, other: str, *, has_company: bool) -> bool:
    """One letter too many, too few or swapped inside; another letter only if the rest of the name is the same.

    Without company a changed letter makes another surname: Zelensky, Zelinsky.
    """
    if OSA.distance(word, other, score_cutoff=1) > 1 or (word[0], word[-1]) != (other[0], other[-1]):
        return False
    return has_company or sorted(word) == sorted(other) or len(word) != len(other)


def _order(name: Name) -> tuple[str, str, str]:
    return name.text, name.lang or "", name.type or ""
