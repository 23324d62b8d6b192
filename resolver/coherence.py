"""What a document knows: the resolutions of one document, looked at together.

1. A lone surname means the person whose longer name the document holds, if there is exactly one; with two it is
   ambiguous, and if that longer name is unknown to the registry, so is the surname.
2. A name that needs a cue means one thing in a document: where one occurrence stands beside a cue, the others follow.
3. An acronym that the document defines means what the definition means, in this document.
4. What is too weak or ambiguous by itself is decided anew with what the document says: an entity that it also names
   in another way is the likelier one (AFP beside Agence France-Presse).

Each adds a named piece of evidence, so that the explanation says what the document told. Only persons pass their names
on: Ukraine is a part of Naftogaz Ukraine, and still another thing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from itertools import islice

from resolver.decision import Policy, add_evidence, decide
from resolver.evidence import compare_words
from resolver.forms import SurfaceForm, Token, analyse
from resolver.model import Candidate, Entity, Evidence, Resolution
from resolver.traits import generation

_Analysed = tuple[Resolution, SurfaceForm | None]  # with the form of what is mentioned
_Person = tuple[SurfaceForm, Resolution]  # the longer name of a person, and what became of it

_SURE = 0.9  # similarity from which a lone surname counts as that of a longer name
_MOST_NAMED = 5  # people that a reason names
_CROWD = 100  # people of one initial in a document, beyond which a lone surname must be spelt as in the longer name
COHERENCE_BITS = 6.0  # a lone surname after its full name is right in about 98 % of cases in labelled news
NAMED_BITS = 3.0  # of names that are decided by another name in the document, six of seven are right in labelled news


def cohere(
    resolutions: Iterable[Resolution], policy: Policy, defined: Mapping[str, Resolution] | None = None
) -> list[Resolution]:
    """The resolutions of one document, in order, corrected by what the document as a whole says.

    `defined` holds the acronyms that it defines, each with the resolution of its definition.
    """
    document = [(each, analyse(each.mention.text, each.mention.lang)) for each in resolutions]
    everybody = _people(document)
    by_initial, by_surname = _by_beginning(everybody, 1), _by_beginning(everybody, None)

    @cache
    def bearers(surname: Token) -> list[_Person]:
        near = by_initial.get(surname.key[:1], ())
        if len(near) > _CROWD:
            near = by_surname.get(surname.key, ())
        return list(islice((person for person in near if _holds(person[0], surname)), _CROWD))

    spoken = {(_folded(form), alone.entity_id) for alone, form in document if alone.status == "resolved"}
    found = [
        (_as_defined(_same_sense(_same_person(alone, form, bearers), form, spoken), defined or {}), form)
        for alone, form in document
    ]
    named = _names(found)
    return [
        _named_otherwise(resolution, form, named, policy) if resolution is alone else resolution
        for (alone, _), (resolution, form) in zip(document, found, strict=True)
    ]


def _people(analysed: Iterable[_Analysed]) -> list[_Person]:
    """The longer names of persons in the document, each once, with what became of them."""
    found: dict[tuple[str, str | None], _Person] = {}
    for resolution, form in analysed:
        if form and len(form.tokens) > 1 and _is_person(resolution, form):
            found.setdefault((resolution.mention.text, resolution.entity_id), (form, resolution))
    return list(found.values())


def _likeliest(people: list[_Person], surname: SurfaceForm, resolution: Resolution) -> list[_Person]:
    """Those of the bearers of a surname who come into question: of Olena Zelenska and Zelensky, she is Zelenska.

    The surname of somebody who is known is not that of a junior, whom texts tell apart.
    """
    if resolution.entity:
        alias = analyse(resolution.candidates[0].alias.text)
        people = [person for person in people if not generation(person[0])]
        if alias and alias.folded == surname.folded:
            return people
    key = surname.tokens[0].key
    return [person for person in people if any(token.key == key for token in person[0].tokens)] or people


def _apart(people: list[_Person]) -> list[_Person]:
    """The people without those who are likeliest one of the others, though not surely: by a case form of his name."""
    known = {resolution.entity_id for _, resolution in people if resolution.entity}
    return [person for person in people if person[1].entity or _likely_id(person[1]) not in known]


def _likely_id(resolution: Resolution) -> str | None:
    """The id of whom an unresolved name means most likely, if nothing contradicts it."""
    best = resolution.candidates[0] if resolution.candidates else None
    return best.entity.id if best and not best.vetoes else None


def _by_beginning(people: Iterable[_Person], length: int | None) -> dict[str, list[_Person]]:
    """The people by the first letters, or by all, of what may be their surnames; no case form changes the first one.

    In a long text, to compare each surname with each person takes longer than all the rest.
    """
    found: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        for beginning in sorted({token.key[:length] for token in person[0].tokens[1:] if not token.given}):
            found[beginning].append(person)
    return found


def _is_person(resolution: Resolution, form: SurfaceForm) -> bool:
    if resolution.entity:
        return resolution.entity.type == "person"
    return resolution.mention.type == "person" or bool(form.tokens[0].given or form.tokens[0].initial)


def _same_person(
    resolution: Resolution, form: SurfaceForm | None, bearers: Callable[[Token], list[_Person]]
) -> Resolution:
    if form is None or len(form.tokens) != 1 or form.tokens[0].given or not _may_be_person(resolution):
        return resolution
    people = _likeliest(bearers(form.tokens[0]), form, resolution)
    if not people:
        return resolution
    if any(known.entity_id == resolution.entity_id for _, known in people) and resolution.entity:
        return resolution
    people = _apart(people)
    ids = sorted({known.entity_id or f"? {longer.key}" for longer, known in people})
    mention, known = resolution.mention, people[0][1]
    if len(ids) > 1:
        reason = f"the document names several: {_listed({bearer.mention.text for _, bearer in people})}"
        return Resolution(mention, "ambiguous", resolution.candidates, reason)
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


def _listed(names: Collection[str]) -> str:
    """The first few names, sorted, and how many more there are."""
    more = len(names) - _MOST_NAMED
    return ", ".join(sorted(names)[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _holds(longer: SurfaceForm, token: Token) -> bool:
    """Whether a longer name holds a lone name as its surname."""
    pairs = (compare_words(own, token) for own in longer.tokens[1:] if not own.given)
    return any(found is not None and found[1] >= _SURE for found in pairs)


def _same_sense(resolution: Resolution, form: SurfaceForm | None, spoken: set[tuple[str, str | None]]) -> Resolution:
    if resolution.status == "resolved" or not resolution.candidates:
        return resolution
    best = resolution.candidates[0]
    only_cue = [item.name for item in best.vetoes] == ["requirement"]
    if not only_cue or (_folded(form), best.entity.id) not in spoken:
        return resolution
    detail = f"elsewhere in the document {resolution.mention.text} means {best.entity.name}"
    return Resolution(resolution.mention, "resolved", (_supported(best, detail), *resolution.candidates[1:]), detail)


def _as_defined(resolution: Resolution, defined: Mapping[str, Resolution]) -> Resolution:
    """The resolution of an acronym as its document defines it; one defined as something unknown is unknown too."""
    known = defined.get(resolution.mention.text)
    if known is None or known.entity_id == resolution.entity_id:
        return resolution
    detail = f"the document defines {resolution.mention.text} as {known.mention.text}"
    if known.entity and known.mention.text[0].isupper():
        others = tuple(c for c in resolution.candidates if c.entity.id != known.entity_id)
        return Resolution(resolution.mention, "resolved", (_supported(known.candidates[0], detail), *others), detail)
    meant = {candidate.entity.id for candidate in known.candidates if not candidate.vetoes}
    if resolution.entity is None or resolution.entity.id in meant or not _has_long_name(resolution.entity):
        return resolution
    return Resolution(resolution.mention, "unresolved", resolution.candidates, f"{detail}, which is not resolved")


def _has_long_name(entity: Entity) -> bool:
    """Whether the registry knows more of an entity than a word: else a definition contradicts nothing."""
    return any(" " in name.text for name in entity.names)


def _names(analysed: Iterable[_Analysed]) -> Mapping[str, Mapping[str, str]]:
    """The entities of a document: by id, their names as folded and as written first."""
    found: dict[str, dict[str, str]] = {}
    for resolution, form in analysed:
        if resolution.entity_id:
            found.setdefault(resolution.entity_id, {}).setdefault(_folded(form), resolution.mention.text)
    return found


def _named_otherwise(
    resolution: Resolution, form: SurfaceForm | None, named: Mapping[str, Mapping[str, str]], policy: Policy
) -> Resolution:
    """The decision on what was not resolved, with the other names of its candidates in the document as evidence."""
    if resolution.status == "resolved" or form is None or not resolution.candidates:
        return resolution
    more = {}
    for candidate in resolution.candidates:
        others = [text for folded, text in named.get(candidate.entity.id, {}).items() if folded != form.folded]
        alias = analyse(candidate.alias.text)
        if others and alias and _may_be_whole(candidate, form, alias):
            more[candidate.entity.id] = Evidence("document", "agree", NAMED_BITS, f"the document names {others[0]}")
    if not more:
        return resolution
    decided = decide(resolution.mention, add_evidence(resolution.candidates, more), policy)
    return decided if decided.status == "resolved" else resolution


def _may_be_whole(candidate: Candidate, form: SurfaceForm, alias: SurfaceForm) -> bool:
    """Whether a name says all that the alias says: the surname of a person, an acronym, as many words.

    A part of the name of a thing may be another thing: the parent of a firm, the country of an embassy.
    """
    if candidate.entity.type == "person" or any(item.name == "acronym" for item in candidate.evidence):
        return len(form.tokens) <= len(alias.tokens)
    return len(form.tokens) == len(alias.tokens)


def _folded(form: SurfaceForm | None) -> str:
    return form.folded if form else ""
