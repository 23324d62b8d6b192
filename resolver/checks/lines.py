"""Names that are wrong or risky by themselves: what comes in is a resolver, what goes out are findings R03x, R05x.

Each name is looked at alone: its letters, its days, whether it is there twice, and whether it is a word that texts hold
for other reasons.
"""

import re
import unicodedata
from collections.abc import Iterator

from resolver.checks.findings import Finding, Severity, finding
from resolver.checks.reading import Places
from resolver.evidence.curated import SHORTEST_NAME
from resolver.forms import analyse
from resolver.index import AliasEntry
from resolver.language.romanization import guess_language, repair_homoglyphs
from resolver.mentions.vocabulary import is_common, is_frequent, is_function_word, plain
from resolver.model import Alias, Entity
from resolver.pipeline import Resolver

_WORD = re.compile(r"[^\W_]+")
# Kinds that a spelling has because somebody had to choose one; the others say something about the name.
_PLAIN_KINDS = frozenset({"spelling", "transliteration", "misspelling"})
_LATIN = "en"  # the language in which a name in Latin letters is looked up if it has none of its own


def line_findings(resolver: Resolver, places: Places, on: str) -> Iterator[Finding]:
    """What is wrong with single names, in the order of the registry; `on` is today, YYYY-MM-DD."""
    for entity in resolver.registry:
        for alias in entity.names:
            yield from _look_alikes(entity, alias, places)
            yield from _expired(entity, alias, places, on)
        yield from _duplicates(entity, places)
        for entry in resolver.index.entries_of(entity):
            yield from _risky(entry, places)


def repaired(text: str) -> str:
    """The text with each word in one script.

    >>> repaired("Oхaйо, A1") == "Охайо, A1"
    True
    """
    return _WORD.sub(lambda word: repair_homoglyphs(word[0]), text)


def is_plain(alias: Alias) -> bool:
    """Whether an alias says nothing but how the name is spelt."""
    return alias.kind in _PLAIN_KINDS and not _is_limited(alias)


def duplicate_of(entity: Entity, alias: Alias) -> str | None:
    """The earlier name of an entity that a plain alias is but for case; None where case tells: OSA, Osa, osa."""
    if not is_plain(alias) or _tells_by_case(alias):
        return None
    folded = _folded(alias.text)
    for name in entity.names:
        if name is alias:
            break
        if _folded(name.text) == folded and not _is_limited(name) and not _tells_by_case(name):
            return name.text
    return None


def _is_limited(alias: Alias) -> bool:
    return bool(alias.case or alias.match or alias.requires or alias.from_ or alias.until)


def _tells_by_case(alias: Alias) -> bool:
    """Whether the matcher looks at the capitals: of acronyms, of short words, and of names in small letters."""
    if alias.text == alias.text.lower():
        return True
    form = analyse(alias.text, alias.lang)
    return form is None or form.acronym is not None or sum(len(token.text) for token in form.tokens) <= SHORTEST_NAME


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _duplicates(entity: Entity, places: Places) -> Iterator[Finding]:
    if len({_folded(name.text) for name in entity.names}) == len(entity.aliases) + 1:
        return
    for alias in entity.aliases:
        first = duplicate_of(entity, alias)
        if first is not None:
            place, message = places.name(entity.id, alias.text), f"«{alias.text}» is «{first}» again"
            yield finding("R030", place, message, entity_id=entity.id, text=alias.text)


def _look_alikes(entity: Entity, alias: Alias, places: Places) -> Iterator[Finding]:
    right = repaired(alias.text)
    if right != alias.text:
        odd = ", ".join(f"{one} (U+{ord(one):04X})" for one, two in zip(alias.text, right, strict=True) if one != two)
        yield finding(
            "R031",
            places.name(entity.id, alias.text),
            f"«{alias.text}» has letters of another script: {odd}",
            fix=f"write «{right}»",
            entity_id=entity.id,
            text=alias.text,
            repaired=right,
        )


def _expired(entity: Entity, alias: Alias, places: Places, on: str) -> Iterator[Finding]:
    if alias.until and alias.until < on and alias.kind != "former":
        yield finding(
            "R032",
            places.name(entity.id, alias.text),
            f"«{alias.text}» was valid until {alias.until}",
            entity_id=entity.id,
            text=alias.text,
        )


def _risky(entry: AliasEntry, places: Places) -> Iterator[Finding]:
    """Whether a name of one word is a frequent word, or a given name alone, and needs nothing beside it."""
    alias, form, entity = entry.alias, entry.form, entry.entity
    if len(form.tokens) != 1 or form.acronym or alias.requires or " " in form.folded:
        return
    place = places.name(entity.id, alias.text)
    lang = alias.lang or guess_language(alias.text) or _LATIN
    word = plain(alias.text)
    is_plain_word = is_common(word, lang) or is_function_word(word, lang)
    if is_plain_word or is_frequent(word, lang):
        message = f"«{alias.text}» is a {'common' if is_plain_word else 'frequent'} word of the language {lang!r}"
        severity = None if is_plain_word else Severity.NOTE
        yield finding("R050", place, message, entity_id=entity.id, text=alias.text, severity=severity)
    elif entity.type == "person" and form.tokens[0].given and not _is_surname(entry):
        message = f"«{alias.text}» alone is the given name of many people"
        yield finding("R051", place, message, entity_id=entity.id, text=alias.text)


def _is_surname(entry: AliasEntry) -> bool:
    """Whether the word is the last one of the full name, or all that the person is called."""
    words = entry.entity.name.split()
    return entry.alias.text == entry.entity.name or entry.alias.text == words[-1]
