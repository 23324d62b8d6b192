"""What a document knows: the resolutions of one document, looked at together.

0. `settle` chooses between spans that overlap: names found by the registry, and names found by their shape.
1. A lone surname means the person whose longer name the document holds, if there is exactly one; with two it is
   ambiguous, and if that longer name is unknown to the registry, so is the surname.
2. A name that needs a cue means one thing in a document: where one occurrence stands beside a cue, the others follow.

Each adds a named piece of evidence, so that the explanation says what the document told. Only persons pass their names
on: Ukraine is a part of Naftogaz Ukraine, and still another thing.
"""

from bisect import bisect_left, bisect_right
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


def settle(
    by_name: Sequence[Resolution], shapes: Iterable[tuple[int, int]], decide: Callable[[int], Resolution]
) -> list[Resolution]:
    """One resolution for each place in a text, in order, from those of known names and those of name-like spans.

    A longer span wins if it is resolved, or if a generic word in it makes another name of the known one: Bank of
    Russia, Kalashnikov Museum. Else the known names inside it stay. Both inputs are in order and apart. `decide` gives
    the resolution of a span by its place among the shapes; it is asked only where it may matter.
    """
    starts, ends = [_span(known)[0] for known in by_name], [_span(known)[1] for known in by_name]
    replaced: set[int] = set()
    chosen = []
    for place, (start, end) in enumerate(shapes):
        inside = range(bisect_right(ends, start), bisect_left(starts, end))
        rivals = [by_name[i] for i in inside]
        if any(starts[i] < start or ends[i] > end for i in inside) or _is_settled((start, end), rivals):
            continue
        shape = decide(place)
        if not rivals or _replaces(shape, rivals):
            replaced.update(inside)
            chosen.append(shape)
    kept = [known for i, known in enumerate(by_name) if i not in replaced]
    return sorted([*kept, *chosen], key=_span)


def _is_settled(span: tuple[int, int], inside: list[Resolution]) -> bool:
    """Whether a known name of the same span is resolved."""
    return any(_span(known) == span for known in inside) and inside[0].status == "resolved"


def _replaces(shape: Resolution, inside: list[Resolution]) -> bool:
    """Whether the resolution of a span takes the place of those of known names in it."""
    start, end = _span(shape)
    if any(_span(known) == (start, end) for known in inside):
        return shape.status == "resolved"
    form = analyse(shape.mention.text, shape.mention.lang)
    if shape.status == "resolved" or _contradicts(shape, inside) or _is_other_person(form, shape, inside):
        return True
    covered = [(a - start, b - start) for a, b in map(_span, inside)]
    outside = [t for t in form.tokens if not any(a <= t.start < b for a, b in covered)] if form else []
    return any(token.index_key[0] == "=" for token in outside)


def _contradicts(shape: Resolution, inside: list[Resolution]) -> bool:
    """Whether the longer name speaks against what its part would mean: Igor Brechalov, if only Aleksandr is known."""
    best = shape.candidates[0] if shape.candidates else None
    return bool(best and best.vetoes and any(known.entity_id == best.entity.id for known in inside))


def _is_other_person(form: SurfaceForm | None, shape: Resolution, inside: list[Resolution]) -> bool:
    """Whether the longer name is that of a person whose surname alone is known: Anna Kovalenko is not any Kovalenko."""
    if form is None or len(form.tokens) < 2 or not (form.tokens[0].given or form.tokens[0].initial):
        return False
    start = shape.mention.start + form.tokens[0].end
    return all(_span(known)[0] >= start for known in inside) and all(
        known.entity is None or known.entity.type == "person" for known in inside
    )


def _span(resolution: Resolution) -> tuple[int, int]:
    return resolution.mention.start, resolution.mention.start + len(resolution.mention.text)


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
