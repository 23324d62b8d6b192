"""Names of one place or body that no letters relate: Stany Zjednoczone, Соединенные Штаты, США and ZDA.

What comes in are the words of the texts, what goes out are the names of the table that may be among them: words of
single names of places are in `resolver.language.places`, phrases and abbreviations in the table `exonyms.txt`.

Known limit: an abbreviation means here what it means in the news; a firm called ONZ would be the United Nations.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from resolver.forms import SurfaceForm, analyse
from resolver.language.tables import read_table

_PREFIX = 3  # letters that no case changes


def abbreviated(word: str, lang: str | None) -> str | None:
    """The id of what a word in capitals stands for in a language; None if it is no abbreviation of the table.

    >>> abbreviated("США", "ru"), abbreviated("ZDA", None), abbreviated("KE", "pl"), abbreviated("KE", "en")
    ('united-states', 'united-states', 'european-commission', None)
    """
    known = _abbreviations()
    return (known.get(word) or known.get(f"{lang}/{word}")) if word.isupper() else None


def phrases_near(keys: Collection[str]) -> list[tuple[SurfaceForm, str]]:
    """The names of the table, each with its id, whose words all begin like some of these folded words.

    >>> [(form.text, place) for form, place in phrases_near({"blizkoho", "vostoka"})]
    [('Ближний Восток', 'middle-east')]
    """
    begun = {key[:_PREFIX] for key in keys}
    return [(form, place) for form, place in _phrases() if all(token.key[:_PREFIX] in begun for token in form.tokens)]


@cache
def _abbreviations() -> Mapping[str, str]:
    return {name: place for place, name in _names() if _is_abbreviation(name)}


@cache
def _phrases() -> tuple[tuple[SurfaceForm, str], ...]:
    named = ((analyse(name), place) for place, name in _names() if not _is_abbreviation(name))
    return tuple((form, place) for form, place in named if form)


def _is_abbreviation(name: str) -> bool:
    """Whether a name of the table is one; "pl/KE" is one in Polish only."""
    return name.rpartition("/")[2].isupper()


def _names() -> Iterator[tuple[str, str]]:
    """(id, name) of each name of the table."""
    for place, names in read_table("exonyms", "resolver.review"):
        for name in names:
            yield place, name
