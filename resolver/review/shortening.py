"""Which short form belongs to which longer name: Syrskyi, O. Syrskyi and Oleksandr Syrskyi; TLP and its definition.

1. The longer names of a cluster of short forms are the clusters that hold all its surnames, and more.
2. If there is one, it is meant. If there are several, the documents decide: nearly all mentions that a document
   introduces by a longer name must be introduced by the same one.
3. What a short form leaves out must be given names, patronymics or initials, and it must be able to be a person.

An acronym belongs to the name that texts define it as. It fails closed: without documents, two longer names keep a
surname apart from both, and documents that say otherwise keep it apart from the only one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from resolver.review.groups import NameGroup
from resolver.review.joining import Joined, fullness
from resolver.review.words import GIVEN, INITIAL, PATRONYMIC, Signature

PERSON = "person"
MIN_VOTES = 2  # mentions: one may be misread
MIN_SHARE = 0.85  # of the mentions that documents introduce: what is left are misread names and people of one surname

_LEFT_OUT = (GIVEN, PATRONYMIC, INITIAL)  # what a short form may leave out of a person's name


def join_short_forms(groups: Mapping[Signature, NameGroup], same: Mapping[str, str], joined: Joined) -> None:
    """Joins each cluster of short forms with the longer name that it surely is; `same` words count as one."""
    people = _People(groups, same, joined)
    for hub in sorted((hub for hub, _ in joined.clusters()), key=lambda one: (*fullness(one), one), reverse=True):
        long = people.meant_by(hub)
        if long:
            joined.join(long, hub)


def join_acronyms(groups: Mapping[Signature, NameGroup], joined: Joined) -> None:
    """Joins each acronym with the only long name that texts define it as; one of two letters needs two of them."""
    where = signature_of_texts(groups)
    for signature in sorted(groups):
        votes: Counter[Signature] = Counter()
        for name in groups[signature].names:
            for text, count in name.defined:
                votes[joined.hub(where[text]) if text in where else ()] += count
        most = min(votes, key=lambda one: (-votes[one], one), default=())
        needed = MIN_VOTES if all(len(name.text) == 2 for name in groups[signature].names) else 1
        if most and votes[most] >= max(needed, MIN_SHARE * votes.total()):
            joined.join(most, signature)


def signature_of_texts(groups: Mapping[Signature, NameGroup]) -> Mapping[str, Signature]:
    """Spelling -> the signature of its group."""
    return {name.text: signature for signature, group in groups.items() for name in group.names}


class _People:
    """Names by their surnames."""

    def __init__(self, groups: Mapping[Signature, NameGroup], same: Mapping[str, str], joined: Joined) -> None:
        self._groups, self._same, self._joined = groups, same, joined
        self._signature_of = signature_of_texts(groups)
        self._holders: dict[str, list[Signature]] = defaultdict(list)
        for signature in sorted(groups):
            for word in self._surnames(signature):
                self._holders[word].append(signature)

    def meant_by(self, hub: Signature) -> Signature | None:
        """The longer name that the short forms of a cluster stand for, None if they are none or it is not sure."""
        longer = self._longer(hub)
        if not longer:
            return None
        votes = self._votes(hub)
        most = min(votes, key=lambda one: (-votes[one], one), default=())
        is_sure = votes[most] >= max(MIN_VOTES, MIN_SHARE * votes.total())
        only = next(iter(longer)) if len(longer) == 1 else ()
        if not is_sure and (not only or votes[only] * 2 < votes.total()):
            return None
        meant = most if is_sure else only
        return next((long for long in longer.get(meant, ()) if self._may_stand_for(hub, long, is_sure=is_sure)), None)

    def _longer(self, hub: Signature) -> Mapping[Signature, list[Signature]]:
        """The fuller names with the surnames of a cluster, by their own clusters."""
        found: dict[Signature, list[Signature]] = defaultdict(list)
        surnames = Counter(self._surnames(hub))
        rarest = min(surnames, key=lambda word: (len(self._holders[word]), word), default=None)
        for long in self._holders[rarest] if rarest else ():
            other = self._joined.hub(long)
            if fullness(long) > fullness(hub) and other != hub and surnames <= Counter(self._surnames(long)):
                found[other].append(long)
        return found

    def _votes(self, hub: Signature) -> Counter[Signature]:
        """How many mentions of a cluster are introduced by the names of which other; () counts those by several."""
        votes: Counter[Signature] = Counter()
        for member in self._joined.members(hub):
            for name in self._groups[member].names:
                for texts, count in name.short_for:
                    introduced = {self._signature_of[text] for text in texts if text in self._signature_of}
                    votes[self._only(introduced)] += count
        return votes

    def _only(self, signatures: set[Signature]) -> Signature:
        """The cluster of these names, () if they are several; a name that holds another is that one misread."""
        words = {signature: Counter(self._words(signature)) for signature in signatures}
        least = {one for one in signatures if not any(words[other] < words[one] for other in signatures)}
        hubs = {self._joined.hub(signature) for signature in least}
        return hubs.pop() if len(hubs) == 1 else ()

    def _may_stand_for(self, hub: Signature, long: Signature, *, is_sure: bool) -> bool:
        """Whether a name is what is left of a person's longer name: no other words, and initials that fit.

        Where documents say so, any one word may be left out: not all given names are known.
        """
        full = self._groups[long]
        is_person = full.is_person or (is_sure and full.type == PERSON)
        if not is_person or not all(self._groups[one].may_be_person for one in self._joined.members(hub)):
            return False
        short, whole = self._words(hub), Counter(self._words(long))
        plain = Counter(word for word in short if not word.startswith(INITIAL))
        if plain - whole:
            return False
        if not all(word[-1] in full.letters for word in short if word.startswith(INITIAL)):
            return False
        left_out = [word for word in (whole - plain).elements() if not word.startswith(_LEFT_OUT)]
        return len(left_out) <= int(is_sure)

    def _words(self, signature: Signature) -> list[str]:
        return [self._same.get(word, word) for word in signature]

    def _surnames(self, signature: Signature) -> list[str]:
        return [self._same.get(word, word) for word in signature if is_name_word(word)]


def is_name_word(word: str) -> bool:
    """Whether an id is a plain word of a name, such as a surname."""
    return ":" not in word and word[0] not in "=#"
