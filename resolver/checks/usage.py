"""What audits say of a registry: what comes in are the folders of audits, what goes out are findings R052, R06x.

1. `read_usage` counts each spelling with the decision on it and its candidates, so that memory depends on the number of
   different names, not of mentions.
2. Each spelling is explained once against each of these entities: the alias by which it fits best is the one it used.
3. An alias that was never used is dead; one word that mostly fits names which are not its entity is over-general.

Known limit: an audit does not say by which alias a name was resolved. It is told by the registry as it is now, without
the text around the name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from resolver.audit import read_occurrences
from resolver.checks.findings import Finding, finding
from resolver.checks.reading import Places
from resolver.forms import analyse
from resolver.pipeline import Resolver
from resolver.wording import counted

_FEWEST = 3  # different names that an alias fits wrongly before it is called over-general
_SHOWN = 4  # of them in a message

Decision = tuple[str, str | None, tuple[str, ...]]  # a spelling, its entity, and the candidates that it could have been


@dataclass(slots=True)
class Usage:
    """The spellings of some audits, each with its decisions; how often each was taken."""

    decisions: Counter[Decision] = field(default_factory=Counter)

    def by_entity(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Entity -> spelling -> how often it resolved to the entity, and how often that was only a candidate."""
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for (text, entity, candidates), count in sorted(self.decisions.items(), key=repr):
            for each in dict.fromkeys([*([entity] if entity else []), *candidates]):
                resolved, possible = found.setdefault(each, {}).get(text, (0, 0))
                found[each][text] = (resolved + count, possible) if each == entity else (resolved, possible + count)
        return found


def read_usage(folders: Iterable[str | Path]) -> Usage:
    """What the audits in these folders hold. CorpusError if one holds none."""
    usage = Usage()
    for folder in folders:
        for each in read_occurrences(folder):
            text = " ".join(each.text.split())
            usage.decisions[text, each.entity_id, tuple(entity_id for entity_id, _, _ in each.candidates)] += 1
    return usage


def usage_findings(resolver: Resolver, places: Places, usage: Usage) -> Iterator[Finding]:
    """Entities and aliases that the audits do not use, and those that fit too much, in the order of the registry."""
    right, wrong = _used(resolver, usage)
    for entity in resolver.registry:
        used = right.get(entity.id, {})
        if not used:
            message = f"{entity.id} is not named in the audits"
            yield finding("R061", places.entity(entity.id), message, entity_id=entity.id)
        for alias in entity.names:
            place = places.name(entity.id, alias.text)
            if used and alias.text not in used and alias.text != entity.name:
                message = f"«{alias.text}» is not in the audits, nor a form of it"
                yield finding("R060", place, message, entity_id=entity.id, text=alias.text)
            misfits = wrong.get(entity.id, {}).get(alias.text, Counter())
            fits = used.get(alias.text, Counter())
            if len(misfits) >= _FEWEST and len(misfits) > len(fits) and not alias.requires:
                rest = f"{_told(fits)} that are" if fits else "none that is"
                message = f"«{alias.text}» fits {_told(misfits)} that are not it, or may not be, and {rest}"
                yield finding("R052", place, message, entity_id=entity.id, text=alias.text)


Uses = dict[str, dict[str, Counter[str]]]  # entity -> text of an alias -> the spellings that it fits


def _used(resolver: Resolver, usage: Usage) -> tuple[Uses, Uses]:
    """The spellings that an alias resolves, and those of one word that it fits though they are not resolved to it."""
    right: Uses = {}
    wrong: Uses = {}
    for (text, entity_id, candidates), count in sorted(usage.decisions.items(), key=repr):
        for candidate in dict.fromkeys([*([entity_id] if entity_id else []), *candidates]):
            if candidate not in resolver.registry:
                continue
            entity = resolver.registry.get(candidate)
            best = resolver.explain(text, entity.id)
            if candidate == entity_id:
                _add(right, entity.id, best.alias.text, text, count)
                _add_written(right, resolver, entity.id, text, count)
            elif _is_one_word(best.alias.text):
                _add(wrong, entity.id, best.alias.text, text, count)
    return right, wrong


def _add(uses: Uses, entity_id: str, alias: str, text: str, count: int) -> None:
    uses.setdefault(entity_id, {}).setdefault(alias, Counter())[text] += count


def _add_written(uses: Uses, resolver: Resolver, entity_id: str, text: str, count: int) -> None:
    """Every alias that is written as the spelling is used by it, whichever of them fits best."""
    form = analyse(text)
    for entry in resolver.index.entries_of(resolver.registry.get(entity_id)):
        if form and entry.form.folded == form.folded and text not in uses[entity_id].get(entry.alias.text, ()):
            _add(uses, entity_id, entry.alias.text, text, count)


def _is_one_word(text: str) -> bool:
    form = analyse(text)
    return form is not None and len(form.tokens) == 1


def _told(spellings: Mapping[str, int]) -> str:
    """How many different names, and the most frequent of them."""
    first = sorted(spellings, key=lambda text: (-spellings[text], text))[:_SHOWN]
    named = f" ({', '.join(f'«{text}»' for text in first)})" if first else ""
    return f"{counted(len(spellings), 'name')}{named}"
