"""Names that are one as a whole, though their words do not answer one another one by one."""

from resolver.exonyms import is_abbreviated, known_as
from resolver.forms import SurfaceForm, analyse
from resolver.index import AliasEntry
from resolver.language.chinese import chinese_keys
from resolver.language.korean import is_same_name

KNOWN = frozenset({"known"})  # how names agree that the table of exonyms joins
_OF_SYLLABLES = frozenset({"person", "location"})  # types of entities whose Chinese names are read as a whole


def is_one_in_all(form: SurfaceForm, entry: AliasEntry, traits: frozenset[str]) -> bool:
    """Whether two names are one that is written in other words: Al Jazeera, Aljazeera; Kim Jong-un, Ким Чен Ын."""
    alias, kind = entry.form, entry.entity.type
    if form.joined == alias.joined and form.key != alias.key:
        return True
    if "chinese" in traits and kind in _OF_SYLLABLES and _is_one_in_pinyin(form, alias):
        return True
    return "korean" in traits and kind == "person" and is_same_name(form.folded, alias.folded)


def is_one_exonym(form: SurfaceForm, entry: AliasEntry) -> bool:
    """Whether two names mean the same place or body of the table: ООН, United Nations.

    What an abbreviation among the names of an entity stands for is told by its main name, if that is longer.
    """
    if entry.entity.type == "person":
        return False
    known, other = known_both(form, entry.form)
    if not known or known != other:
        return False
    main = analyse(entry.entity.name) if is_abbreviated(entry.form) else None
    return main is None or len(main.tokens) == 1 or known_as(main) == known


def known_both(form: SurfaceForm, alias: SurfaceForm) -> tuple[str | None, str | None]:
    """What two names are known as in the table; of two single words the table of places says more."""
    if len(form.tokens) == len(alias.tokens) == 1 and not form.acronym and not alias.acronym:
        return None, None
    return known_as(form), known_as(alias)


def _is_one_in_pinyin(form: SurfaceForm, alias: SurfaceForm) -> bool:
    """Whether two names stand for the same pinyin: Mao Tse-tung, Mao Zedong.

    Of two scripts, those of as many words are compared word by word.
    """
    if len(form.tokens) == len(alias.tokens) and form.tokens[0].script != alias.tokens[0].script:
        return False
    mine, others = ({name.joined, *chinese_keys(name.text)} for name in (form, alias))
    return not mine.isdisjoint(others)
