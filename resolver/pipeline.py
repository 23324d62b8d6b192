"""class Resolver: the only place where the stages meet.

    text -> Mention -> SurfaceForm -> [Candidate] -> [Evidence] -> Resolution

1. `resolve` analyses a mention, finds aliases by blocking keys, compares the best of them closely, and decides.
2. `annotate` finds the names of a text by the registry and by their shape, resolves each, settles overlaps, and lets
   the document as a whole correct what single mentions cannot know.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from resolver.cache import Place, copy_compiled, keep_compiled, open_compiled, place_of
from resolver.coherence import cohere
from resolver.decision import Policy, decide, rank
from resolver.errors import Problem, RegistryError
from resolver.evidence import Comparison, align
from resolver.forms import MAX_LENGTH, SurfaceForm, analyse
from resolver.index import AliasIndex, Hit
from resolver.index.compiled import write_tables
from resolver.memory import without_collection
from resolver.model import Candidate, Mention, Resolution
from resolver.overlaps import settle
from resolver.registry import Registry

if TYPE_CHECKING:
    from resolver.mentions.finding import NameFinder

_MEMORY = 8192  # decisions on equal mentions that are remembered, at some ten kilobytes each
_MEMORABLE = 2_000  # characters of a context with which a decision is remembered: it would be held as long
_BATCH = 256  # mentions that are resolved in one go
_FOUND = 32  # names whose aliases are remembered: the same name comes again with its cues
_BEYOND_CUES = 0.97  # score of a link that no cue of a rival could change: a cue weighs four bits
_WINDOW = 300  # characters of context on either side of a mention that are read for cues
_EMPTY = "no letter or digit in it"
_BLOCKED = "listed in blocked.yaml as never an entity"
_NO_NAME = frozenset((_EMPTY, _BLOCKED))  # reasons for which a span of a text is no mention


class Resolver:
    """Resolves mentions to the entities of a registry.

    >>> from resolver.model import Entity
    >>> brechalov = Entity("person:aleksandr-brechalov", "Aleksandr Brechalov", "person")
    >>> resolver = Resolver(Registry.from_entities([brechalov]))
    >>> resolver.resolve("Aleksandr Bechalov").entity_id
    'person:aleksandr-brechalov'
    >>> resolver.resolve("Igor Brechalov").reason
    'Aleksandr Brechalov? given names differ: Igor / Aleksandr'
    >>> [(r.mention.start, r.mention.end, r.entity_id) for r in resolver.annotate("Встреча с Александром Бречаловым.")]
    [(10, 32, 'person:aleksandr-brechalov')]
    """

    def __init__(self, registry: Registry, *, policy: Policy | None = None) -> None:
        self._start(AliasIndex(registry.entities), registry.blocked, lambda: registry, policy)

    def _start(
        self, index: AliasIndex, blocked: Iterable[str], registry: Callable[[], Registry], policy: Policy | None
    ) -> None:
        self.policy = policy or Policy()
        self.index = index
        self._registry = registry
        self._place: Place | None = None  # the file that it was opened from
        self._blocked = frozenset(form.folded for text in blocked if (form := analyse(text)))
        self._remembered = lru_cache(maxsize=_MEMORY)(self._decide)
        self._found = lru_cache(maxsize=_FOUND)(self._find)

    @classmethod
    def load(cls, path: str | Path | None = None, *, policy: Policy | None = None) -> "Resolver":
        """A resolver over the registry in a folder of YAML files; without a path, over the bundled one.

        What was analysed is kept in the user's cache folder, see `resolver.cache`. RegistryError lists all problems.
        """
        place = place_of(None if path is None else Path(path))
        compiled = open_compiled(place)
        if compiled is None:
            resolver = cls(Registry.load(path), policy=policy)
            keep_compiled(resolver.registry, resolver.index, place)
        else:
            resolver = cls.__new__(cls)
            resolver._start(*compiled, lambda: Registry.load(path), policy)
            resolver._place = place
        return resolver

    @classmethod
    def open(cls, place: Place, *, policy: Policy | None = None) -> "Resolver":
        """A resolver over a file that `compile` has made, and its key; it has no `registry`, and cannot `explain`.

        Raises RegistryError if the file is missing, damaged, or not of this key.
        """
        compiled = open_compiled(place)
        if compiled is None:
            raise RegistryError([Problem(str(place[0]), 0, "no sound compiled registry; make it again")])

        def refuse() -> Registry:
            raise RegistryError([Problem(str(place[0]), 0, "a compiled registry without its YAML; load that")])

        resolver = cls.__new__(cls)
        resolver._start(*compiled, refuse, policy)
        return resolver

    def compile(self, file: Path) -> Place:
        """Write what was analysed of the registry into a file; any process may `open` it, and shares its memory."""
        if self._place:
            return copy_compiled(self._place, file)
        key = self.registry.fingerprint
        write_tables(self.index.tables, file, key, blocked=self.registry.blocked)
        return file, key

    @cached_property
    def registry(self) -> Registry:
        """The registry; one that was compiled is read when somebody asks for it."""
        return self._registry()

    def resolve(self, mention: str | Mention) -> Resolution:
        """The decision on one mention."""
        mention = Mention(mention) if isinstance(mention, str) else mention
        known = self._recall(mention.text, mention.type, mention.lang, mention.context)
        return Resolution(mention, known.status, known.candidates, known.reason)

    def resolve_all(self, mentions: Iterable[str | Mention]) -> Iterator[Resolution]:
        """The decisions on many mentions, lazily and in order; of a sequence, which is faster, some at a time."""
        if not isinstance(mentions, Sequence):
            return map(self.resolve, mentions)
        batches = (mentions[at : at + _BATCH] for at in range(0, len(mentions), _BATCH))
        return chain.from_iterable(map(self._resolve_batch, batches))

    def _resolve_batch(self, mentions: Sequence[str | Mention]) -> list[Resolution]:
        with without_collection():
            return [self.resolve(mention) for mention in mentions]

    @without_collection()
    def annotate(
        self, text: str, spans: Iterable[tuple[int, int]] | None = None, *, lang: str | None = None
    ) -> list[Resolution]:
        """The names in a running text, in text order: resolved, ambiguous, and unresolved ones for review.

        Offsets (`mention.start`, `mention.end`) are code points of `text`. With `spans`, exactly those are resolved, in
        the order given; the context and the coherence of the document count all the same.
        """
        if spans is not None:
            lang = lang or self._finder.language(text)
            given = [self._resolve_in(text, start, end, None, lang) for start, end in spans]
            return cohere(given, self.policy, self._defined(text, lang))
        names = self._finder.find(text, lang)
        by_name = [
            self._resolve_known(text, start, end, names.lang)
            for start, end in names.known
            if (start, end) not in names.doubtful or self._has_cue(text, start, end, names.lang)
        ]

        def decide(start: int, end: int, kind: str | None) -> Resolution:
            return self._resolve_in(text, start, end, kind, names.lang)

        settled = settle(by_name, names.shaped, decide)
        kept = (each for each in settled if each.reason not in _NO_NAME)
        return cohere(kept, self.policy, self._defined(text, names.lang))

    def explain(self, mention: str | Mention, entity_id: str) -> Candidate:
        """What speaks for and against one entity, also one that lost. Raises UnknownEntityError."""
        mention = Mention(mention) if isinstance(mention, str) else mention
        entity = self.registry.get(entity_id)
        form = analyse(mention.text, mention.lang)
        if form is None:
            return Candidate(entity, next(entity.names), 0.0, ())
        query = self.index.query(form)
        hits = self._found(mention.text, mention.type, mention.lang)
        alike = next((hit.alike for hit in hits if hit.entry.entity.id == entity.id), 0)
        own = [(align(mention, query, entry, alike), None) for entry in self.index.entries_of(entity)]
        ranked = rank([*self._compare(mention, form), *own], self.policy, always=entity.id)
        return next(candidate for candidate in ranked if candidate.entity.id == entity.id)

    @cached_property
    def _finder(self) -> "NameFinder":
        """Made with the first text: to load what finds names takes a fifth of the time that all the rest takes."""
        from resolver.mentions.finding import NameFinder

        return NameFinder(self.index)

    def _has_cue(self, text: str, start: int, end: int, lang: str | None) -> bool:
        """Whether a word that may be a common one is resolved as a name whose entity has a cue beside it."""
        found = self._resolve_in(text, start, end, None, lang)
        return found.entity is not None and bool(_cues_beside(text, start, end, found.candidates[:1]))

    def _defined(self, text: str, lang: str | None) -> dict[str, Resolution]:
        """The acronyms that a text defines, each with the decision on its definition; the first one counts."""
        found: dict[str, Resolution] = {}
        for each in self._finder.definitions(text):
            if each.acronym not in found:
                found[each.acronym] = self._resolve_in(text, each.start, each.end, None, lang)
        return found

    def _resolve_known(self, text: str, start: int, end: int, lang: str | None) -> Resolution:
        """The decision on a known name; the office of a person in small letters, "the prophet", is left outside."""
        found = self._resolve_in(text, start, end, None, lang)
        if found.entity is None or found.entity.type != "person" or not text[start].islower():
            return found
        form = analyse(found.mention.text, lang)
        name = next((t for t in form.tokens if t.given or t.text[0].isupper()), None) if form else None
        if name is None or not name.start:
            return found
        alone = self._resolve_in(text, start + name.start, end, None, lang)
        return alone if alone.entity_id == found.entity_id else found

    def _resolve_in(self, text: str, start: int, end: int, kind: str | None, lang: str | None) -> Resolution:
        """The decision on a span of a text; the context is read only for cues of entities that come into question."""
        surface = text[start:end]
        context = text[max(0, start - _WINDOW) : end + _WINDOW]
        found = self._recall(surface, kind, lang, "")
        if found.status != "resolved" or found.score < _BEYOND_CUES:
            cues = _cues_beside(text, start, end, found.candidates)
            found = self._recall(surface, kind, lang, "; ".join(cues)) if cues else found
        phrase = found.entity and _phrase_around(text, start, end, found.entity.never)
        if phrase:
            reason = f"part of {phrase}, which the registry keeps apart from {found.candidates[0].entity.name}"
            found = Resolution(found.mention, "unresolved", found.candidates, reason)
        mention = Mention(surface, kind, lang, context, start, end)
        return Resolution(mention, found.status, found.candidates, found.reason)

    def _recall(self, text: str, kind: str | None, lang: str | None, context: str) -> Resolution:
        """The decision on a name, remembered but for a long context. Of a name only what is analysed counts."""
        decide = self._remembered if len(context) <= _MEMORABLE else self._decide
        return decide(text[:MAX_LENGTH], kind, lang, context)

    def _decide(self, text: str, kind: str | None, lang: str | None, context: str) -> Resolution:
        mention = Mention(text, kind, lang, context)
        form = analyse(text, lang)
        if form is None:
            return Resolution(mention, "unresolved", (), _EMPTY)
        if form.folded in self._blocked:
            return Resolution(mention, "unresolved", (), _BLOCKED)
        return decide(mention, rank(self._compare(mention, form), self.policy), self.policy)

    def _compare(self, mention: Mention, form: SurfaceForm) -> list[tuple[Comparison, Hit | None]]:
        """The aligned pairs of the roughly best aliases, each with the hit that found it."""
        query = self.index.query(form)
        hits = self._found(mention.text, mention.type, mention.lang)
        return [(align(mention, query, hit.entry, hit.alike), hit) for hit in hits]

    def _find(self, text: str, kind: str | None, lang: str | None) -> tuple[Hit, ...]:
        """The aliases that are worth a close comparison. The context of the mention does not count.

        An entity with a name that is written like this one is judged by that name, as `rank` would do.
        """
        form = analyse(text, lang)
        if form is None:
            return ()
        hits = self.index.promising(form, entities=self.policy.candidates, kind=kind)
        named_so = {hit.entry.entity.id for hit in hits if hit.entry.form.folded == form.folded}
        return tuple(
            [hit for hit in hits if hit.entry.entity.id not in named_so or hit.entry.form.folded == form.folded]
        )


def _cues_beside(text: str, start: int, end: int, candidates: Iterable[Candidate]) -> list[str]:
    """One cue of each candidate that has any beside a span, sorted: which of them stands there makes no difference.

    No name is its own cue; but a cue may hold it, as "General Staff in Kyiv" does.
    """
    candidates = [candidate for candidate in candidates if candidate.entity.cues]
    if not candidates:
        return []
    context, name = text[max(0, start - _WINDOW) : end + _WINDOW].casefold(), text[start:end].casefold()

    def stands_beside(cue: str) -> bool:
        return cue in context and (cue not in name or context.count(cue) > name.count(cue))

    found = (next((cue for cue in c.entity.cues if stands_beside(cue.casefold())), None) for c in candidates)
    return sorted({cue for cue in found if cue})


def _phrase_around(text: str, start: int, end: int, phrases: Iterable[str]) -> str | None:
    """The phrase that the span of a text is part of, or None; case does not count."""
    for phrase in phrases:
        first = max(0, start - len(phrase))
        around = text[first : end + len(phrase)].casefold()
        at = around.find(phrase.casefold())
        while at >= 0:
            if first + at <= start and end <= first + at + len(phrase):
                return phrase
            at = around.find(phrase.casefold(), at + 1)
    return None
