"""The keys that the YAML of a registry may have: one table for reading, writing and the JSON Schema.

A key is also the name of a field of the model, except `from` (a word of Python: field `from_`) and `expect`, which
holds the fields `resolve` and `reject`.
"""

from dataclasses import dataclass
from typing import Literal

from resolver.model import ALIAS_CASES, ALIAS_KINDS, ALIAS_MATCHES, ALIAS_REQUIRES, ENTITY_TYPES

Shape = Literal["line", "text", "date", "lang", "choice", "lines", "aliases", "phrases", "pairs", "expect"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what its value looks like and what it means.

    shape   line: a text without line breaks; text: any text; date: YYYY-MM-DD; lang: a language code; choice: one of
            `choices`; lines: a list of lines; pairs: a mapping of lines; aliases, phrases, expect: as the tables below
    """

    name: str
    shape: Shape
    help: str
    choices: tuple[str, ...] = ()
    required: bool = False

    @property
    def field(self) -> str:
        """The name of the field of the model."""
        return "from_" if self.name == "from" else self.name


def _table(*keys: Key) -> dict[str, Key]:
    return {key.name: key for key in keys}


_SOURCE = Key("source", "line", "Where this comes from: the id of a document or a URL")
_ADDED = Key("added", "date", "The day on which it was added, YYYY-MM-DD")
_BY = Key("by", "line", "Who added it")
_NOTE = Key("note", "text", "Why it is here, for the next curator")

ENTITY_KEYS = _table(
    Key("id", "line", "Stable and never reused: person:aleksandr-brechalov", required=True),
    Key("type", "choice", "What kind of thing it is", ENTITY_TYPES, required=True),
    Key("name", "line", "The canonical name", required=True),
    Key("aliases", "aliases", "Other spellings that mean this entity"),
    Key("cues", "lines", "Words that stand near it in texts; they decide where an alias requires a cue"),
    Key("identifiers", "pairs", "Ids of it elsewhere: {wikidata: Q42}"),
    Key("never", "phrases", "Phrases that hold one of its names and mean something else: Osa Peninsula"),
    Key("expect", "expect", "Examples that the checks run"),
    Key("redirects", "lines", "Ids that were merged into this one; they stay valid for look-up"),
    _SOURCE,
    _NOTE,
)
ALIAS_KEYS = _table(
    Key("text", "line", "The spelling as people write it", required=True),
    Key("lang", "lang", "ISO 639 code of the language it is written in"),
    Key("kind", "choice", "What kind of spelling it is; spelling if not given", ALIAS_KINDS),
    Key("case", "choice", "exact: only in this case; fold: in any; inferred if not given", ALIAS_CASES),
    Key(
        "match",
        "choice",
        "exact: letter by letter; inflected: also its case forms; fuzzy: also with typos; inferred if not given",
        ALIAS_MATCHES,
    ),
    Key(
        "requires",
        "choice",
        "cue: only where the document holds a cue; type: only where the type is known to fit",
        ALIAS_REQUIRES,
    ),
    Key("from", "date", "The first day on which it was valid, YYYY-MM-DD"),
    Key("until", "date", "The last day on which it was valid, YYYY-MM-DD"),
    _SOURCE,
    _ADDED,
    _BY,
    _NOTE,
)
PHRASE_KEYS = _table(Key("text", "line", "The phrase as people write it", required=True), _NOTE, _SOURCE, _ADDED, _BY)
EXPECT_KEYS = _table(
    Key("resolve", "lines", "Names that must resolve to this entity"),
    Key("reject", "lines", "Names that must not resolve to this entity"),
)

# Codes of countries that people write for languages. None of them is a code of ISO 639-1.
LANGUAGE_OF_COUNTRY = {
    "by": "be",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gb": "en",
    "ge": "ka",
    "gr": "el",
    "jp": "ja",
    "kz": "kk",
    "rs": "sr",
    "ua": "uk",
    "us": "en",
}
