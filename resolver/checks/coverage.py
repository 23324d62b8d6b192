"""Which spellings of an entity resolve, and by which rule: what comes in are attested spellings, what goes out says so.

1. `attested_in_audits`, `attested_in_lines` and `attested_in_registry` gather spellings: from texts that were audited,
   from a list that somebody made, or, without any of these, from the registry itself.
2. `cover` resolves each alone, and explains it against its entity: the rule and the alias that cover it, or what keeps
   it from resolving and the line of YAML that would cover it.
3. `unneeded_aliases` are those that cover no attested spelling.

Case forms are not made up: the tables of inflection undo them, and are no list of what is written. A spelling that a
text resolved only by what stood beside it is told from one that resolves alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from resolver.checks.reasons import fit, rule
from resolver.checks.usage import Usage
from resolver.errors import CorpusError, UnknownEntityError
from resolver.forms import analyse
from resolver.language.romanization import romanize, script_of
from resolver.model import Candidate, Entity, Resolution
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.registry.writing import alias_data, flow
from resolver.review.drafting import draft_alias

NAME, EXAMPLE, ROMANISED = "name", "example", "romanised"  # sources of the registry itself
AUDIT, POSSIBLE, LISTED = "audit", "possible", "listed"
_LANGUAGES = ("ru", "uk")  # in which a Cyrillic name is romanised, besides its own
# What keeps a name from resolving and what another alias would not change.
_DEMANDS = frozenset({"requirement", "never"})


@dataclass(frozen=True, slots=True)
class Attested:
    """A spelling of an entity.

    source   "audit": resolved to it in a text; "possible": it was a candidate there; "listed": somebody says so;
             "name", "example", "romanised": the registry says so
    count    how often it was seen; 0 if it was not counted
    """

    entity_id: str
    text: str
    source: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Covered:
    """What becomes of an attested spelling that stands alone.

    found    the entity that it resolves to, or None;  score: of its own entity, 0..1
    rule     how it is written beside the alias that fits best: "written the same", "inflected"
    alias    that alias
    reason   why it resolves, or what keeps it from it
    line     what to add to the aliases so that it resolves; "" if it does, or if no alias can do that
    """

    attested: Attested
    status: str
    found: str | None
    score: float
    rule: str
    alias: str
    reason: str
    line: str

    @property
    def is_covered(self) -> bool:
        """Whether it resolves to its entity, alone."""
        return self.found == self.attested.entity_id

    @property
    def is_covered_in_text(self) -> bool:
        """Whether it does not resolve alone, but did in a text, by what stood beside it."""
        return self.attested.source == AUDIT and not self.is_covered


def attested_in_registry(entities: Iterable[Entity]) -> Iterator[Attested]:
    """The names and examples of entities, and the romanisations of what is written in Cyrillic; each spelling once."""
    for entity in entities:
        found: dict[str, str] = {alias.text: NAME for alias in entity.names}
        found |= {text: EXAMPLE for text in entity.resolve if text not in found}
        for alias in entity.names:
            if script_of(alias.text) == "Cyrl":
                for lang in dict.fromkeys((alias.lang, *_LANGUAGES)):
                    found.setdefault(_romanised(alias.text, lang), ROMANISED)
        yield from (Attested(entity.id, text, source) for text, source in found.items())


def attested_in_audits(usage: Usage, entity_ids: Sequence[str]) -> Iterator[Attested]:
    """The spellings that audits resolved to entities, by default to any, and those that had one for a candidate."""
    seen = usage.by_entity()
    for entity_id in entity_ids or sorted(
        entity for entity, texts in seen.items() if any(n for n, _ in texts.values())
    ):
        for text, (resolved, possible) in seen.get(entity_id, {}).items():
            yield Attested(entity_id, text, AUDIT if resolved else POSSIBLE, resolved or possible)


def attested_in_lines(
    lines: Iterable[str], path: str, registry: Registry, entity_ids: Sequence[str]
) -> Iterator[Attested]:
    """The spellings of a list: `entity_id<TAB>spelling`, or a spelling alone if one entity is meant.

    Empty lines do not count. CorpusError lists every line of which it is not known whose spelling it is.
    """
    problems = []
    for number, line in enumerate(lines, start=1):
        entity_id, tab, text = line.strip("\r\n").partition("\t")
        if not tab:
            entity_id, text = entity_ids[0] if len(entity_ids) == 1 else "", entity_id
        if not text.strip():
            continue
        if not entity_id:
            problems.append(f"{path}:{number}: no entity: write entity_id<TAB>spelling, or name one ENTITY")
            continue
        try:
            known = registry.get(entity_id.strip())
        except UnknownEntityError as error:
            problems.append(f"{path}:{number}: {error}")
            continue
        if not entity_ids or known.id in entity_ids:
            yield Attested(known.id, " ".join(text.split()), LISTED)
    if problems:
        raise CorpusError("\n".join(problems))


def cover(resolver: Resolver, attested: Iterable[Attested]) -> Iterator[Covered]:
    """What becomes of each spelling, in their order."""
    for each in attested:
        resolution = resolver.resolve(each.text)
        candidate = resolver.explain(each.text, each.entity_id)
        is_covered = resolution.entity_id == each.entity_id
        yield Covered(
            each,
            resolution.status,
            resolution.entity_id,
            candidate.score,
            rule(candidate) if is_covered else "",
            candidate.alias.text if is_covered else "",
            fit(candidate) if is_covered else _refusal(each, resolution, candidate),
            "" if is_covered else _line(each, resolution, candidate),
        )


def unneeded_aliases(entity: Entity, covered: Iterable[Covered]) -> list[str]:
    """The aliases of an entity by which none of these spellings is covered, and that none of them is."""
    needed = {each.alias for each in covered if each.is_covered and each.attested.entity_id == entity.id}
    written = {form.folded for each in covered if (form := analyse(each.attested.text))}
    return [
        alias.text
        for alias in entity.aliases
        if alias.text not in needed and not ((form := analyse(alias.text)) and form.folded in written)
    ]


def tally(covered: Iterable[Covered]) -> Mapping[str, tuple[int, int]]:
    """Entity -> how many of its attested spellings are covered, and how many there are; possible ones do not count."""
    counts: dict[str, tuple[int, int]] = {}
    for each in covered:
        have, of = counts.get(each.attested.entity_id, (0, 0))
        is_counted = each.attested.source != POSSIBLE
        counts[each.attested.entity_id] = have + (is_counted and each.is_covered), of + is_counted
    return counts


def _romanised(text: str, lang: str | None) -> str:
    words = (romanize(word, lang) or "" for word in text.replace("-", " - ").split())
    return " ".join(word.capitalize() for word in words if word)


def _refusal(each: Attested, resolution: Resolution, candidate: Candidate) -> str:
    """What keeps a spelling from resolving to its entity."""
    if resolution.entity_id:
        return f"resolves to {resolution.entity_id}: {resolution.reason}"
    return "; ".join(item.detail for item in candidate.vetoes) or resolution.reason


def _line(each: Attested, resolution: Resolution, candidate: Candidate) -> str:
    """The line that would cover a spelling; where another entity has it, only beside a cue."""
    is_there = each.text in {alias.text for alias in candidate.entity.names}
    if is_there or each.source in (AUDIT, POSSIBLE) or not candidate.evidence:
        return ""
    if any(item.name in _DEMANDS for item in candidate.vetoes):
        return ""
    data = alias_data(draft_alias(each.text, candidate.entity))
    if resolution.status != "unresolved":
        data = {"text": each.text, **(data if isinstance(data, dict) else {}), "requires": "cue"}
    return f"- {flow(data)}"
