"""Names -> clusters: which spellings seem to be one name. No pair is compared unless the two share a blocking key.

1. A name becomes a signature: the sorted ids of its words (`resolver.review.words`). Forms of one given name in several
   languages share an id, and so do the names of a place or body (`resolver.exonyms`). Equal signatures are one
   name, whatever the script, the case form and the word order.
2. Companies of one name with different legal forms are kept apart, and so is what the registry keeps apart.
3. Signatures that the comparisons of the matcher find to be forms of one name are joined (`resolver.review.linking`):
   Donald Trump, Дональд Трамп. What such names teach of a word holds for all: Трамп is Trump.
4. A long word with one slip inside (Bechalov, Brechalov) joins the name without it, if all other words are equal.
5. A short form ("Syrskyi") joins a longer name of a person ("Oleksandr Syrskyi"), if exactly one holds it, or if the
   documents say that nearly all of its mentions are short for that one.

It fails closed: two longer names that hold a surname keep it apart from both; an acronym is no word (OSA, Osa); what
contradicts, such as another given name, is never outvoted. The result depends on the set of names and on what documents
say of them, not on their order or counts.
Known limit: near-twin surnames of eight letters and more that differ by one letter too many are taken for a typo.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from resolver.forms import SurfaceForm, Token, analyse
from resolver.review.groups import Name, NameGroup
from resolver.review.joining import Joined, fullness
from resolver.review.linking import Group, compare_groups
from resolver.review.shortening import PERSON, is_name_word, join_acronyms, join_short_forms
from resolver.review.words import GIVEN, LEGAL, NOT, Signature, Words, root

MIN_TYPO_LENGTH = 8  # letters; below it, one edit makes another surname too often


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
    compared = (
        Group(signature, tuple(forms[name] for name in group.names), PERSON if group.is_person else group.type)
        for signature, group in groups.items()
    )
    links = compare_groups(compared, workers=workers)
    joined = Joined(groups, links.apart)
    for one, other in links.alike:
        joined.join(one, other)
    same = _same_words(links.words, words)
    _join_by_words(groups, same, joined)
    _join_typos(groups, words, joined)
    join_short_forms(groups, same, joined)
    join_acronyms(groups, joined)
    return [
        Cluster(
            hub,
            tuple(sorted({name.text for member in members for name in groups[member].names})),
            tuple(forms[name] for one in members if fullness(one) == fullness(hub) for name in groups[one].names),
        )
        for hub, members in sorted(joined.clusters())
    ]


def _group(forms: Mapping[Name, SurfaceForm], words: Words) -> dict[Signature, NameGroup]:
    """The names by signature."""
    signed: dict[Signature, list[Name]] = defaultdict(list)
    for name, form in forms.items():
        signed[words.signature(form)].append(name)
    split: dict[Signature, list[Name]] = defaultdict(list)
    for signature, names in signed.items():
        legal = [forms[name].legal for name in names if forms[name].legal]
        are_several = legal and not frozenset.intersection(*legal)
        nearest = {name.nearest for name in names}
        for name in names:
            own = sorted(LEGAL + form for form in forms[name].legal) if are_several else []
            own += sorted(NOT + entity_id for entity_id in name.excluded & nearest)
            split[*signature, *own].append(name)
    return {
        signature: _describe(signature, [(name, forms[name]) for name in names], words)
        for signature, names in split.items()
    }


def _describe(signature: Signature, named: list[tuple[Name, SurfaceForm]], words: Words) -> NameGroup:
    tokens = [token for _, form in named for token in form.tokens]
    types = Counter(name.type for name, _ in named if name.type)
    kind = min(types, key=lambda kind: (-types[kind], kind), default=None)
    may_be_person = kind in (None, PERSON) and not any(word[0] in "=#" for word in signature)
    return NameGroup(
        names=tuple(name for name, _ in named),
        letters=frozenset(token.key[0] for token in tokens if token.initial or words.given(token)),
        nearest=frozenset(name.nearest for name, _ in named if name.nearest),
        excluded=frozenset().union(*(name.excluded for name, _ in named)),
        is_person=may_be_person and (bool(types) or any(word.startswith(GIVEN) for word in signature)),
        may_be_person=may_be_person,
        type=PERSON if kind is None and _has_given_name(signature, tokens) else kind,
    )


def _has_given_name(signature: Signature, tokens: Iterable[Token]) -> bool:
    """Whether a name of several words has one that may be a given name, also a pet form or one of two."""
    return len(signature) > 1 and any(token.given for token in tokens)


def _same_words(taught: Iterable[tuple[Token, Token]], words: Words) -> Mapping[str, str]:
    """Id of a word -> the id that stands for it and for all words that it was found to be a form of.

    A word that is a form of a given name is one, too; two given names of different groups stay two.
    """
    same: dict[str, str] = {}
    for ids in sorted({tuple(sorted(map(words.id, pair), key=_given_first)) for pair in taught}):
        one, *others = sorted({root(same, word) for word in ids}, key=_given_first)
        same.update((other, one) for other in others if not other.startswith(GIVEN))
    return {word: root(same, word) for word in same}


def _given_first(word: str) -> tuple[bool, str]:
    return not word.startswith(GIVEN), word


def _join_by_words(groups: Mapping[Signature, NameGroup], same: Mapping[str, str], joined: Joined) -> None:
    """Joins the signatures that are equal but for words that are the same."""
    first: dict[Signature, Signature] = {}
    for signature in sorted(groups):
        known = first.setdefault(_with(same, signature), signature)
        if known != signature:
            joined.join(known, signature)


def _with(same: Mapping[str, str], signature: Signature) -> Signature:
    return tuple(sorted(same.get(word, word) for word in signature))


def _join_typos(groups: Mapping[Signature, NameGroup], words: Words, joined: Joined) -> None:
    """Joins misspellings with the longer name of which they are one. One that took others in joins none: no chains."""
    near: dict[tuple[Signature, str], list[tuple[Signature, str]]] = defaultdict(list)
    for signature in sorted(groups):
        for word in filter(is_name_word, signature):
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
            joined.join(hub, signature)


def _typos(
    near: Mapping[tuple[Signature, str], list[tuple[Signature, str]]], words: Words
) -> Iterator[tuple[int, Signature, Signature]]:
    """(order, misspelling, name) of names that are alike but for one word; the longest names come first."""
    for (rest, _), found in near.items():
        hub, written = min(found, key=lambda pair: (-len(pair[1]), pair[1]))
        for signature, word in found:
            if signature != hub and _is_typo(words.latin(word), words.latin(written), has_company=bool(rest)):
                yield -len(written), signature, hub


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
