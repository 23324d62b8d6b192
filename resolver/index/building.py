"""Entities to the tables of an index: every name is analysed once, and put under its words and other keys."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from resolver.exonyms import known_as
from resolver.forms import SurfaceForm, Token, analyse
from resolver.index.entries import AliasEntry
from resolver.index.rarity import Rarity
from resolver.index.tables import Tables, TextList
from resolver.index.words import word_tables
from resolver.initialisms import acronym_readings, name_readings
from resolver.language.chinese import chinese_keys
from resolver.language.korean import korean_keys
from resolver.memory import without_collection
from resolver.model import Alias, Entity
from resolver.traits import traits_of

MIN_INNER_ACRONYM = 3  # letters of an acronym that is looked up as a part of a name
WRONG_KINDS = ("misspelling", "misnomer")  # aliases that say nothing true about the entity's other names

Named = tuple[Entity, list[tuple[Alias, SurfaceForm]]]  # an entity with its names, analysed


@without_collection()
def build_tables(entities: Iterable[Entity]) -> Tables:
    """The tables of all names of the entities; their order does not matter."""
    named = [read_names(entity) for entity in sorted(entities, key=lambda entity: entity.id)]
    rarity = Rarity(len(named), _counts(named))
    entries = [entry for entity, names in named for entry in entries_of(entity, names, rarity)]
    masses = [entry.mass for entry in entries]
    postings = _postings([entry.words for entry in entries], sorted(range(len(entries)), key=masses.__getitem__))
    return Tables(
        rarity=rarity,
        entries=entries,
        masses=array("f", masses),
        written=TextList(entry.form.written for entry in entries),
        texts=[entry.alias.text for entry in entries],
        owners=[number for number, (_, names) in enumerate(named) for _ in names],
        entities=_postings([(entry.entity.id,) for entry in entries]),
        postings=postings,
        exact=_postings([(in_any_order(entry.form.folded),) for entry in entries]),
        joined=_postings([_in_one(entry) for entry in entries]),
        acronyms=_postings([acronyms_in(entry.form) for entry in entries]),
        derived=_postings([_initials_of(entry) for entry in entries]),
        words=word_tables(token for entry in entries for token in entry.form.tokens),
    )


def read_names(entity: Entity) -> Named:
    """The entity with all of its names that hold a letter or a digit, analysed."""
    forms = [(alias, analyse(alias.text, alias.lang)) for alias in entity.names]
    return entity, [(alias, form) for alias, form in forms if form is not None]


def entries_of(entity: Entity, names: Sequence[tuple[Alias, SurfaceForm]], rarity: Rarity) -> Iterator[AliasEntry]:
    """The aliases of one entity as the index has them."""
    forenames = _forenames(entity, names)
    main = next((form.written for alias, form in names[:1] if alias.text == entity.name), "")
    for alias, form in names:
        weights = rarity.of_all(form)
        yield AliasEntry(entity, alias, form, weights, sum(weights), forenames, traits_of(form), main)


def in_any_order(words: str) -> str:
    """The words of a name in the order of the alphabet: "exact" finds it whichever stands first."""
    return " ".join(sorted(words.split(" "))) if " " in words else words


def acronyms_in(form: SurfaceForm) -> list[str]:
    """The folded letters of the acronyms in a name: of its only word, or of the longer ones among its words."""
    least = 2 if len(form.tokens) == 1 else MIN_INNER_ACRONYM
    found = (acronym_readings(token.text) for token in form.tokens if token.index_key[0] != "=")
    return [letters for group in found for letters in group if len(letters) >= least]


def _in_one(entry: AliasEntry) -> tuple[str, ...]:
    """The keys of a name that do not depend on which of its words are written apart."""
    form, traits = entry.form, entry.traits
    korean = korean_keys(form.folded) if "korean" in traits else ()
    chinese = chinese_keys(form.text) if "chinese" in traits else ()
    return (form.joined, *korean, *chinese, *exonym_keys(form))


def exonym_keys(form: SurfaceForm) -> tuple[str, ...]:
    """The key of the place or body of the table that a name means."""
    known = known_as(form)
    return (exonym_key(known),) if known else ()


def exonym_key(place: str) -> str:
    """The key of a place or body; it has a sign in it that no word has."""
    return f"@{place}"


def _initials_of(entry: AliasEntry) -> Iterable[str]:
    """The acronyms that the longer name of an organisation may have."""
    return name_readings(entry.form) if entry.entity.type == "organization" else ()


def _forenames(entity: Entity, names: Sequence[tuple[Alias, SurfaceForm]]) -> tuple[Token, ...]:
    if entity.type != "person":
        return ()
    found: dict[str, Token] = {}
    for alias, form in names:
        if alias.kind not in WRONG_KINDS and len(form.tokens) > 1:
            first = next((t for t in form.tokens if t.given), None)  # the middle name is not what people go by
            found |= {t.key: t for t in form.tokens if t is first or t.patronymic or t.initial}
    return tuple(found.values())


def _counts(named: Iterable[Named]) -> Mapping[str, tuple[int]]:
    """How many entities hold each index key."""
    counts: dict[str, int] = defaultdict(int)
    for _, names in named:
        for key in {token.index_key for _, form in names for token in form.tokens}:
            counts[key] += 1
    return {key: (count,) for key, count in counts.items()}


def _postings(keys: Sequence[Iterable[str]], order: Iterable[int] | None = None) -> Mapping[str, tuple[int, ...]]:
    """The numbers of the entries that have a key, in the given order.

    In tuples: the garbage collector looks once into a tuple of numbers, and into a list for ever.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for i in range(len(keys)) if order is None else order:
        for key in keys[i]:
            found[key].append(i)
    return {key: tuple(entries) for key, entries in found.items()}
