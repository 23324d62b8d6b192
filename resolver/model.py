"""The values that travel through the pipeline. All are frozen: nobody mutates a result.

    Entity, Alias            what the registry knows
    Mention                  a span of text that may name an entity
    Evidence, Candidate      why an entity may, or may not, be meant
    Resolution               the decision on one mention, with its reason
    Occurrence               that decision with its place in a corpus, as an audit writes it

Scores are probabilities, 0.0 to 1.0. Weights of evidence are in bits (log2 of the odds). Offsets are code points.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

ENTITY_TYPES = ("person", "organization", "location", "product", "event", "other")
ALIAS_KINDS = (
    "spelling",
    "transliteration",
    "acronym",
    "short",
    "former",
    "nickname",
    "misspelling",
    "misnomer",
    "designator",
    "description",
)
ALIAS_CASES = ("fold", "exact")
ALIAS_MATCHES = ("exact", "inflected", "fuzzy")
ALIAS_REQUIRES = ("cue", "type")
STATUSES = ("resolved", "ambiguous", "unresolved")


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of an entity, and how it may be matched.

    text      the spelling as people write it
    lang      ISO 639-1 code of the language it is written in, or None
    kind      one of `ALIAS_KINDS`
    case      "exact": only in this case; "fold": in any; None: inferred from the text, failing closed
    match     "exact": letter by letter; "inflected": also its case forms; "fuzzy": also with typos; None: inferred
    requires  "cue": only where the document holds a cue of the entity; "type": only where the type is known to fit
    from_     the first day on which it was valid (YAML key `from`), until: the last one; ISO dates
    source, added, by, note   where it comes from, when and by whom it was added, and why
    """

    text: str
    lang: str | None = field(default=None, kw_only=True)
    kind: str = field(default="spelling", kw_only=True)
    case: str | None = field(default=None, kw_only=True)
    match: str | None = field(default=None, kw_only=True)
    requires: str | None = field(default=None, kw_only=True)
    from_: str | None = field(default=None, kw_only=True)
    until: str | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)
    added: str | None = field(default=None, kw_only=True)
    by: str | None = field(default=None, kw_only=True)
    note: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that texts name: one id, one canonical name, its aliases.

    cues         words that stand near it in texts; they decide where an alias requires a cue
    never        phrases that hold one of its aliases and mean something else: "Osa Peninsula"
    identifiers  (scheme, value) pairs, such as ("wikidata", "Q42")
    resolve, reject   names that must, and must not, resolve to it (YAML key `expect`)
    redirects    ids that were merged into this one; they stay valid for look-up
    """

    id: str
    name: str
    type: str
    aliases: tuple[Alias, ...] = ()
    cues: tuple[str, ...] = field(default=(), kw_only=True)
    never: tuple[str, ...] = field(default=(), kw_only=True)
    identifiers: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    resolve: tuple[str, ...] = field(default=(), kw_only=True)
    reject: tuple[str, ...] = field(default=(), kw_only=True)
    redirects: tuple[str, ...] = field(default=(), kw_only=True)
    source: str | None = field(default=None, kw_only=True)
    note: str | None = field(default=None, kw_only=True)

    @property
    def names(self) -> Iterator[Alias]:
        """The canonical name, as an alias, and then the aliases."""
        yield Alias(self.name)
        yield from self.aliases


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that may name an entity.

    type      one of `ENTITY_TYPES` if the caller knows it; it is a soft signal
    lang      ISO 639-1 code of the text, if known
    context   text around the mention, read for cues
    start, end   code-point offsets in the document; `end` defaults to start + len(text)
    """

    text: str
    type: str | None = None
    lang: str | None = None
    context: str = ""
    start: int = 0
    end: int | None = None

    def __post_init__(self) -> None:
        if self.end is None:
            object.__setattr__(self, "end", self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One named reason for or against a candidate.

    name      the comparison that found it (see `resolver.evidence.COMPARISONS`)
    channel   "agree", "absent" (one side is silent) or "contradict"
    bits      weight: log2 of how much more likely this is for the right entity than for a wrong one
    detail    what was seen, for a curator
    """

    name: str
    channel: str
    bits: float
    detail: str


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """An entity that a mention may mean.

    alias       the alias that fits best
    score       probability that this entity is meant, 0..1; the runners-up and "none of them" share the rest
    evidence    the reasons, strongest first
    blocked_by  the blocking keys that found it, sorted
    """

    entity: Entity
    alias: Alias
    score: float
    evidence: tuple[Evidence, ...]
    blocked_by: tuple[str, ...] = ()

    @property
    def bits(self) -> float:
        """The sum of the evidence, in bits."""
        return sum([item.bits for item in self.evidence])

    @property
    def vetoes(self) -> tuple[Evidence, ...]:
        """The contradictions: each alone keeps the candidate from being resolved without a curator."""
        return tuple([item for item in self.evidence if item.channel == "contradict"])

    def __repr__(self) -> str:
        return f"<Candidate {self.entity.id} {self.score:.3f} as {self.alias.text!r}>"


@dataclass(frozen=True, slots=True, repr=False)
class Resolution:
    """The decision on one mention.

    status      "resolved", "ambiguous" (several entities fit) or "unresolved"
    candidates  best first, also when unresolved
    reason      one sentence that a curator can read
    """

    mention: Mention
    status: str
    candidates: tuple[Candidate, ...]
    reason: str

    @property
    def entity(self) -> Entity | None:
        """The entity that is meant, or None unless resolved."""
        return self.candidates[0].entity if self.status == "resolved" else None

    @property
    def entity_id(self) -> str | None:
        """The id of the entity that is meant, or None unless resolved."""
        return self.candidates[0].entity.id if self.status == "resolved" else None

    @property
    def score(self) -> float:
        """The score of the best candidate, 0..1; 0.0 without any."""
        return self.candidates[0].score if self.candidates else 0.0

    def __repr__(self) -> str:
        target = self.entity_id or self.status
        return f"<Resolution {self.mention.text!r} -> {target} {self.score:.3f}: {self.reason}>"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A decision with its place in a corpus: one line of `mentions.jsonl`.

    document     path or id of the document
    start, end   code-point offsets in it
    sentence     the sentence around the mention, and `sentence_start`, its offset in the document
    candidates   (entity id, score, why it is or is not meant) of the best few, best first
    date         the ISO day of the document, if it is known
    """

    document: str
    start: int
    end: int
    text: str
    sentence: str
    sentence_start: int
    status: str
    entity_id: str | None
    score: float
    reason: str
    candidates: tuple[tuple[str, float, str], ...] = ()
    type: str | None = None
    lang: str | None = None
    date: str | None = None
