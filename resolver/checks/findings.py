"""What a check has to say: a `Finding` with its place, under the code of a `Rule`.

Codes are stable: a code is never given another meaning, so that what a project selects or ignores stays the same. The
first two digits are the group: R00 files, R01 examples, R02 entities that share names, R03 single lines, R04 aliases
that add nothing, R05 aliases that say too little, R06 aliases that no text holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters.

    An error is something that does not work, a warning something that a curator should look at, and a note something
    that is worth knowing when one works on that entity anyway.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for.

    name      a few words in lower case, joined by hyphens
    severity  of its findings, unless a finding says otherwise
    about     what is found;  why: what comes of it;  fix: what to do about it
    fixable   whether `--fix` can do that: "safe", "asked" (only if the code itself is selected), or "" if it cannot
    """

    code: str
    name: str
    severity: Severity
    about: str
    why: str
    fix: str
    fixable: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a registry; a registry that was not read from files has the id of the entity for a path, and line 0."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    entity_id   the entity that it is about, None for a problem of a whole file
    text        the name that it is about, None if it is none
    message     what is wrong, and what comes of it
    fix         what to do
    related     the places of other names that have to do with it
    repaired    the right spelling of `text`, where that is known
    """

    code: str
    severity: Severity
    place: Place
    message: str
    fix: str
    entity_id: str | None = None
    text: str | None = None
    related: tuple[Place, ...] = ()
    repaired: str | None = None

    @property
    def told(self) -> str:
        """What is wrong and what to do, in one line.

        >>> finding("R030", Place("a.yaml", 1), "«OSA» is «Osa» again").told
        '«OSA» is «Osa» again: remove it'
        """
        return f"{self.message}: {self.advice}"

    @property
    def advice(self) -> str:
        """The fix as the end of a sentence."""
        return f"{self.fix[:1].lower()}{self.fix[1:]}".removesuffix(".")


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
_RULES = (
    Rule(
        "R001",
        "unreadable",
        _ERROR,
        "A file is no YAML, or holds what a registry cannot hold: an unknown key, an id or an alias twice.",
        "Nothing of the registry can be used.",
        "Correct the line.",
    ),
    Rule(
        "R010",
        "example-not-resolved",
        _ERROR,
        "A name under `expect: {resolve: ...}` does not resolve to its entity.",
        "What the curator relies on does not hold.",
        "Add an alias, or remove the example.",
    ),
    Rule(
        "R011",
        "example-not-rejected",
        _ERROR,
        "A name under `expect: {reject: ...}` resolves to the entity.",
        "What the curator relies on does not hold.",
        "Add the name under `never`, or remove the example.",
    ),
    Rule(
        "R020",
        "shared-name",
        _WARNING,
        "Two entities have a name that is written the same but for case and punctuation. A note if cues or "
        "`requires` can tell them apart.",
        "The name stays ambiguous wherever it stands.",
        "Give the entities cues, give the alias `requires: cue`, merge the entities, or remove an alias.",
    ),
    Rule(
        "R021",
        "shared-romanised",
        _WARNING,
        "Two entities have names that are the same once they are romanised. A note if each still resolves.",
        "The other spellings of the name are ambiguous.",
        "Merge them if they are one; if not, give them cues, or list the name under `expect: {reject: ...}` of the "
        "other.",
    ),
    Rule(
        "R022",
        "shared-case-form",
        _WARNING,
        "A name of an entity is a case form of a name of another one. A note if each still resolves.",
        "In an inflected text the one is taken for the other.",
        "Give the alias `match: exact`, give the entities cues, or list the name under `expect: {reject: ...}` of the "
        "other.",
    ),
    Rule(
        "R023",
        "shared-sound",
        _NOTE,
        "Two entities of a type have names of the same sound, and nothing but that tells them apart.",
        "A misspelling of the one may be taken for the other.",
        "Merge them if they are one; if not, list the name under `expect: {reject: ...}` of the other.",
    ),
    Rule(
        "R024",
        "near-twin",
        _NOTE,
        "Two entities of a type have names that differ by a letter or so, and the matcher sees nothing in that which "
        "tells them apart.",
        "They may be one entity, entered twice; or a misspelling of the one may be taken for the other.",
        "Merge them if they are one; if not, list the name under `expect: {reject: ...}` of the other.",
    ),
    Rule(
        "R025",
        "confusable-ids",
        _WARNING,
        "Two ids look the same and are not: look-alike letters of another script, characters that are not seen, "
        "another form of Unicode, or capitals.",
        "Whoever reads a diff or a queue takes the one entity for the other.",
        "Merge them if they are one; if not, choose another id.",
    ),
    Rule(
        "R030",
        "duplicate",
        _WARNING,
        "An alias is another name of its entity, but for case, and says nothing more.",
        "It makes the registry longer and the matcher no better.",
        "Remove it.",
        "safe",
    ),
    Rule(
        "R031",
        "look-alike-letters",
        _WARNING,
        "A word of a name mixes letters of two scripts that look alike: a Latin a in a Cyrillic word.",
        "Nobody who types the name finds this line, and searches in the registry miss it.",
        "Write the word in one script.",
        "safe",
    ),
    Rule(
        "R032",
        "expired",
        _NOTE,
        "An alias was valid until a day that is over, and is not of the kind `former`.",
        "Texts that are written today mean something else by it.",
        "Give it `kind: former`, give it a later day, or remove it.",
    ),
    Rule(
        "R033",
        "odd-id",
        _WARNING,
        "An id holds look-alike letters of another script, characters that are not seen, or accents apart from their "
        "letters (it is not in NFC).",
        "Nobody who types the id finds the entity.",
        "Choose an id of plain letters, and list the odd one under `redirects` if it is in use.",
    ),
    Rule(
        "R034",
        "hidden-characters",
        _WARNING,
        "A name holds characters that are not seen: zero-width spaces, overrides of direction, tags, private use.",
        "Matching passes over most of them, but nobody who reads the line knows what it holds.",
        "Type the name anew.",
    ),
    Rule(
        "R040",
        "redundant",
        _NOTE,
        "An alias resolves to its entity without being in the registry, by the rules that its message names. All the "
        "aliases that are found may go together.",
        "It makes the registry longer; but it makes the match surer, and it says that the spelling was seen.",
        "Leave it, or remove it to keep the registry short.",
        "asked",
    ),
    Rule(
        "R050",
        "common-word",
        _WARNING,
        "A name is a common word of its language. A note if it is only among the most frequent ones, which hold names "
        "that everybody knows.",
        "At the start of a sentence, or in a text in capitals, every such word is taken for the entity.",
        "Give it `requires: cue`, or remove it.",
    ),
    Rule(
        "R051",
        "given-name-alone",
        _WARNING,
        "An alias of a person is nothing but a given name.",
        "Everybody of that name is taken for this person.",
        "Give it `requires: cue`, or remove it.",
    ),
    Rule(
        "R052",
        "over-general",
        _WARNING,
        "In the audits, an alias fits more different names that are not this entity, or may not be, than names that "
        "are.",
        "It fills the queue with questions, and is a source of wrong links.",
        "Give it `requires: cue` or `match: exact`, list what it must not fit under `never`, or remove it.",
    ),
    Rule(
        "R060",
        "dead-alias",
        _NOTE,
        "No mention in the audits is this alias or a form of it, though its entity is named there.",
        "It may be misspelt, or nobody may write so.",
        "Check the spelling, or leave it for texts to come.",
    ),
    Rule(
        "R061",
        "entity-not-seen",
        _NOTE,
        "No mention in the audits is this entity.",
        "It may lack the names by which texts call it.",
        "Add the names that texts use, or leave it for texts to come.",
    ),
)
RULES = {rule.code: rule for rule in _RULES}


def finding(
    code: str,
    place: Place,
    message: str,
    *,
    entity_id: str | None = None,
    text: str | None = None,
    fix: str | None = None,
    severity: Severity | None = None,
    related: Iterable[Place] = (),
    repaired: str | None = None,
) -> Finding:
    """A finding with the severity and the fix of its rule, unless it has its own.

    >>> found = finding("R040", Place("aliases/people.yaml", 12), "«Бречалова» resolves without it")
    >>> found.severity.value, found.fix
    ('note', 'Leave it, or remove it to keep the registry short.')
    """
    rule = RULES[code]
    return Finding(
        code, severity or rule.severity, place, message, fix or rule.fix, entity_id, text, tuple(related), repaired
    )


def selected(findings: Iterable[Finding], select: Sequence[str], ignore: Sequence[str]) -> list[Finding]:
    """The findings whose code begins with one of `select`, all if that is empty, and with none of `ignore`.

    >>> found = [finding(code, Place("a.yaml", 1), "") for code in ("R010", "R020", "R022")]
    >>> [each.code for each in selected(found, ["R02"], ["R020"])]
    ['R022']
    """
    return [each for each in findings if is_selected(each.code, select, ignore)]


def is_selected(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether the prefixes let a code through."""
    return (not select or code.startswith(tuple(select))) and not code.startswith(tuple(ignore))


def is_wanted(group: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether any code that begins with `group` is let through: what nobody wants need not be looked for.

    >>> is_wanted("R02", ["R022"], []), is_wanted("R04", ["R022"], []), is_wanted("R04", [], ["R04"])
    (True, False, False)
    """
    return any(is_selected(code, select, ignore) for code in RULES if code.startswith(group))
