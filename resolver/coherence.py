"""What a document knows: the resolutions of one document, looked at together.

1. A lone surname means the person whose longer name the document holds, if there is exactly one; with two it is
   ambiguous, and if that longer name is unknown to the registry, so is the surname.
2. A name that needs a cue means one thing in a document: where one occurrence stands beside a cue, the others follow.

Each adds a named piece of evidence, so that the explanation says what the document told. Only persons pass their names
on: Ukraine is a part of Naftogaz Ukraine, and still another thing.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from resolver.evidence import compare_words
from resolver.forms import SurfaceForm, Token, analyse
from resolver.model import Candidate, Evidence, Resolution

_Person = tuple[SurfaceForm, Resolution]  # the longer name of a person, and what became of it

_SURE = 0.9  # similarity from which a lone surname counts as that of a longer name
COHERENCE_BITS = 6.0  # a lone surname after its full name is right in about 98 % of cases in labelled news


def cohere(resolutions: Sequence[Resolution]) -> list[Resolution]:
    """The resolutions of one document, in order, corrected by what the document as a whole says."""
    people = _people(resolutions)

    @cache
    def bearers(surname: Token) -> list[_Person]:
        return [(longer, known) for longer, known in people if _holds(longer, surname)]

    spoken = {(_folded(r), r.entity_id) for r in resolutions if r.status == "resolved"}
    return [_same_sense(_same_person(resolution, bearers), spoken) for resolution in resolutions]


def _people(resolutions: Iterable[Resolution]) -> list[_Person]:
    """The longer names of persons in the document, each once, with what became of them."""
    found: dict[tuple[str, str | None], _Person] = {}
    for resolution in resolutions:
        form = analyse(resolution.mention.text, resolution.mention.lang)
        if form and len(form.tokens) > 1 and _is_person(resolution, form):
            found.setdefault((resolution.mention.text, resolution.entity_id), (form, resolution))
    return list(found.values())


def _is_person(resolution: Resolution, form: SurfaceForm) -> bool:
    if resolution.entity:
        return resolution.entity.type == "person"
    return resolution.mention.type == "person" or bool(form.tokens[0].given or form.tokens[0].initial)


def _same_person(resolution: Resolution, bearers: Callable[[Token], list[_Person]]) -> Resolution:
    form = analyse(resolution.mention.text, resolution.mention.lang)
    if form is None or len(form.tokens) != 1 or form.tokens[0].given or not _may_be_person(resolution):
        return resolution
    people = bearers(form.tokens[0])
    if not people:
        return resolution
    if any(known.entity_id == resolution.entity_id for _, known in people) and resolution.entity:
        return resolution
    ids = sorted({known.entity_id or f"? {longer.key}" for longer, known in people})
    mention, known = resolution.mention, people[0][1]
    if len(ids) > 1:
        named = ", ".join(sorted({bearer.mention.text for _, bearer in people}))
        return Resolution(mention, "ambiguous", resolution.candidates, f"the document names several: {named}")
    if known.entity is None and any(c.entity.id == resolution.entity_id for c in known.candidates if not c.vetoes):
        return resolution
    if known.entity is None:
        reason = f"short for {known.mention.text}, which is not resolved"
        return Resolution(mention, "unresolved", resolution.candidates, reason)
    detail = f"the document names {known.mention.text}"
    own = next((c for c in resolution.candidates if c.entity.id == known.entity_id), known.candidates[0])
    if any(item.name != "requirement" for item in own.vetoes):
        return resolution
    others = tuple(c for c in resolution.candidates if c.entity.id != known.entity_id)
    return Resolution(mention, "resolved", (_supported(own, detail), *others), detail)


def _supported(candidate: Candidate, detail: str) -> Candidate:
    """The candidate with the document as evidence instead of the cue that it lacked, and the score that follows."""
    kept = tuple(item for item in candidate.evidence if item.channel != "contradict")
    evidence = (Evidence("document", "agree", COHERENCE_BITS, detail), *kept)
    score = 1.0 / (1.0 + 2.0 ** -sum(item.bits for item in evidence))
    return Candidate(candidate.entity, candidate.alias, score, evidence, candidate.blocked_by)


def _may_be_person(resolution: Resolution) -> bool:
    """A surname may be that of a person unless it is known to be something else."""
    if resolution.entity:
        return resolution.entity.type == "person"
    return resolution.mention.type in (None, "person")


def _holds(longer: SurfaceForm, token: Token) -> bool:
    """Whether a longer name holds a lone name as its surname."""
    pairs = (compare_words(own, token) for own in longer.tokens[1:] if not own.given)
    return any(found is not None and found[1] >= _SURE for found in pairs)


def _same_sense(resolution: Resolution, spoken: set[tuple[str, str | None]]) -> Resolution:
    if resolution.status == "resolved" or not resolution.candidates:
        return resolution
    best = resolution.candidates[0]
    only_cue = [item.name for item in best.vetoes] == ["requirement"]
    if not only_cue or (_folded(resolution), best.entity.id) not in spoken:
        return resolution
    detail = f"elsewhere in the document {resolution.mention.text} means {best.entity.name}"
    return Resolution(resolution.mention, "resolved", (_supported(best, detail), *resolution.candidates[1:]), detail)


def _folded(resolution: Resolution) -> str:
    form = analyse(resolution.mention.text, resolution.mention.lang)
    return form.folded if form else ""
