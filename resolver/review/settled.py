"""What a registry says already about a mention, so that a curator is not asked twice.

A `never` phrase of an entity is an answer: this name is not that entity, whoever it is. Such an entity is no candidate
of the mention any more, be the phrase the mention itself (Sergei Brechalov) or what it is a part of (Osa in "Osa
Peninsula"). If no other entity is near then, there is nothing left to ask. A form of the name that is not listed is a
new question.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from resolver.forms import analyse
from resolver.model import Entity, Occurrence
from resolver.review.drafting import folded

NEAR = 0.15  # the score from which another candidate keeps a question open; what `Policy.review` is by default
_NOTHING: frozenset[str] = frozenset()


class Settled:
    """The `never` phrases of entities, by what they are and by the entity."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._excluded: dict[str, set[str]] = defaultdict(set)
        self._never: dict[str, tuple[str, ...]] = {}
        for entity in entities:
            self._never[entity.id] = tuple(map(folded, entity.never))
            for phrase in entity.never:
                self._excluded[_spelling(phrase)].add(entity.id)

    def excluded(self, text: str) -> frozenset[str]:
        """The entities that a spelling never means."""
        return frozenset(self._excluded.get(_spelling(text), ())) if self._excluded else _NOTHING

    def open_part(self, occurrence: Occurrence) -> Occurrence | None:
        """The occurrence with the candidates that are still in question; None if the registry has answered.

        >>> osa = Entity("product:osa", "Osa", "product", never=("Osa Peninsula", "OSA Foundation"))
        >>> where = ("The OSA Foundation gave.", 0, "unresolved", None, 0.9, "", (("product:osa", 0.9, "Osa"),))
        >>> Settled([osa]).open_part(Occurrence("a.txt", 4, 7, "OSA", *where)) is None
        True
        """
        if not self._excluded:
            return occurrence
        excluded = self._excluded.get(_spelling(occurrence.text, occurrence.lang), set()) | self._kept_apart(occurrence)
        if not excluded:
            return occurrence
        candidates = tuple(candidate for candidate in occurrence.candidates if candidate[0] not in excluded)
        if not any(score >= NEAR for _, score, _ in candidates):
            return None
        return replace(occurrence, candidates=candidates)

    def _kept_apart(self, occurrence: Occurrence) -> set[str]:
        """The candidates with a phrase around the mention that means something else."""
        return {
            entity_id
            for entity_id, _, _ in occurrence.candidates
            for phrase in self._never.get(entity_id, ())
            if phrase in _around(occurrence, len(phrase))
        }


def _spelling(text: str, lang: str | None = None) -> str:
    """What makes two spellings the same for the resolver; the language does not, but the analysis is remembered so."""
    form = analyse(text, lang)
    return form.folded if form else ""


def _around(occurrence: Occurrence, length: int) -> str:
    """The part of the sentence in which a phrase of this length could hold the mention."""
    start = occurrence.start - occurrence.sentence_start
    end = start + occurrence.end - occurrence.start
    return folded(occurrence.sentence[max(0, end - length) : start + length])
