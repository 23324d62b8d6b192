"""A name and its spellings -> a draft of what the registry would hold: an entity, its aliases, its id.

The audit proposes these to the curator and the application of judgements writes them, so both mean the same.
"""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from resolver.forms import SurfaceForm, analyse
from resolver.language.orthographies import shared_reading
from resolver.language.romanization import guess_language, romanize, script_of
from resolver.model import Alias, Entity
from resolver.review.queue import one_line

MIN_MISSPELT = 4  # letters; an edit in a shorter word makes another word
MANY_LETTERS = 8  # from here on two edits may be a misspelling

_WORD = re.compile(r"[^\W_]+")


def draft_entity(entity_id: str, name: str, kind: str, texts: Iterable[str]) -> Entity:
    """An entity of this name with the other spellings as aliases.

    >>> draft_entity("product:osa", "Osa", "product", ["Osa", "OSA", "Оса"]).aliases
    (Alias(text='Оса', lang='ru', kind='transliteration', ...),)
    """
    entity = Entity(entity_id, name, kind)
    aliases = (draft_alias(text, entity) for text in distinct([name, *texts])[1:])
    return Entity(entity_id, name, kind, tuple(aliases))


def draft_alias(text: str, entity: Entity) -> Alias:
    """A spelling as an alias of an entity, with the language and the kind that can be told from its letters."""
    return Alias(text, lang=guess_language(text), kind=alias_kind(text, entity))


def alias_kind(text: str, entity: Entity) -> str:
    """The kind of a new alias: transliteration, misspelling (an edit or two from a name of the entity) or spelling.

    Two romanisations of one name are spellings, however many letters differ.

    >>> kupol = Entity("organization:kupol", "Kupol", "organization")
    >>> alias_kind("Купол", kupol), alias_kind("Kupoll", kupol), alias_kind("Kupil", kupol)
    ('transliteration', 'spelling', 'misspelling')
    >>> alias_kind("Asarow", Entity("person:azarov", "Azarov", "person"))
    'spelling'
    """
    script = script_of(text)
    if script and script != script_of(entity.name):
        return "transliteration"
    names = [alias.text for alias in entity.names if script_of(alias.text) == script]
    form = analyse(text)
    if form is None or any(_are_romanisations(form, other) for name in names if (other := analyse(name))):
        return "spelling"
    edits = 0 if len(text) < MIN_MISSPELT else 1 if len(text) < MANY_LETTERS else 2
    near = any(OSA.distance(folded(text), folded(name), score_cutoff=edits) <= edits for name in names)
    return "misspelling" if near and edits else "spelling"


def _are_romanisations(form: SurfaceForm, other: SurfaceForm) -> bool:
    """Whether two names have the same words, written by two schemes or in the way of two languages."""
    return len(form.tokens) == len(other.tokens) and all(
        mine.key == their.key or shared_reading(mine.text, mine.latin, their.text, their.latin)
        for mine, their in zip(form.tokens, other.tokens, strict=True)
    )


def slug(name: str) -> str:
    """The name in lower-case ASCII words joined by hyphens, "" if nothing of it can be romanised.

    >>> slug("Олександр Сирський"), slug("Garpiya-A1")
    ('oleksandr-syrskyi', 'garpiya-a1')
    """
    lang = guess_language(name)
    return "-".join(latin.lower() for word in _WORD.findall(name) if (latin := romanize(word, lang)))


def folded(text: str) -> str:
    """The text without the differences that make no other alias: case, width, white space."""
    return unicodedata.normalize("NFKC", one_line(text)).casefold()


def distinct(texts: Iterable[str]) -> list[str]:
    """The texts in their order, without those that an earlier one equals but for case.

    >>> distinct(["Osa", "Оса", "OSA"])
    ['Osa', 'Оса']
    """
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(folded(text), text)
    return list(first.values())
