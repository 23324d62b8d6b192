"""Write the tables of frequent words, resolver/mentions/frequent/LANG.txt.

    pip install wordfreq==3.1.1; apt-get install hunspell
    for lang in en ru uk pl cs sl bg sr de fr; do npm pack dictionary-$lang; done
    # unpack each into DICTIONARIES/LANG
    python tests/bench/frequent.py DICTIONARIES

A word is kept if `wordfreq` holds it for frequent, the spelling dictionary of the language takes it in small letters,
and it names no place: that leaves names out, which frequency lists write in small letters too. German writes its nouns
with capitals, so there the dictionary may take a word with a capital, if it is no given name and if those of English
and French take it in small letters or not at all. The Serbian table is that of Serbo-Croatian, in Latin letters.
"""

import subprocess
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Annotated

import typer
from wordfreq import top_n_list

from resolver.language.names import given_names
from resolver.language.places import place_names
from resolver.language.romanization import fold, romanize
from resolver.language.tables import read_table

LANGUAGES = ("en", "ru", "uk", "pl", "cs", "sl", "bg", "sr", "de", "fr")
LISTS = {"sr": "sh"}  # the names that wordfreq has for languages, where they are other ones
FOLDER = Path(__file__).parents[2] / "resolver" / "mentions" / "frequent"
WRITTEN = [name.lower() for _, names in read_table("places") for name in names if not name.startswith("~")]
DIGRAPHS = {"lj": "љ", "nj": "њ", "dž": "џ"}
LETTERS = str.maketrans("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш")
HEADER = """\
# The {count:,} most frequent words of the language that are written in small letters, by their first two letters.
# Source: wordfreq 3.1.1 (Robyn Speer, https://github.com/rspeer/wordfreq), data under CC BY-SA 4.0, as is this file;
# checked against the hunspell dictionary of the language. Written by tests/bench/frequent.py.
"""


def main(
    dictionaries: Annotated[Path, typer.Argument(help="Folder with LANG/index.aff and LANG/index.dic.")],
    count: Annotated[int, typer.Option(help="Words of each language.")] = 12_000,
) -> None:
    """Write the tables of all languages."""
    for lang in LANGUAGES:
        listed = [word for word in top_n_list(LISTS.get(lang, lang), 3 * count) if word.isalpha() and len(word) > 1]
        common = (word for word in written_small(listed, lang, dictionaries / lang / "index") if not is_place(word))
        kept = sorted(islice(common, count))
        rows = [f"{initial}: {', '.join(words)}" for initial, words in groupby(kept, key=lambda word: word[:2])]
        (FOLDER / f"{lang}.txt").write_text(HEADER.format(count=len(kept)) + "\n".join(rows) + "\n", encoding="utf-8")


def written_small(words: list[str], lang: str, dictionary: Path) -> Iterator[str]:
    """Those of the words that a hunspell dictionary takes in small letters, in order; in German also nouns."""
    style = {"sr": to_cyrillic}.get(lang, str)
    taken = accepted([style(word) for word in words], dictionary)
    nouns = german_nouns(words, dictionary) if lang == "de" else set()
    return (word for word in words if style(word) in taken or word in nouns)


def german_nouns(words: list[str], dictionary: Path) -> set[str]:
    """Those of the words that are German with a capital, and no names of people, firms or places."""
    capitals = {word.capitalize(): word for word in words if not is_given(word) and not is_place(word, wholly=False)}
    nouns = {capitals[word] for word in accepted(list(capitals), dictionary)}
    for other in ("en", "fr"):
        elsewhere = dictionary.parents[1] / other / "index"
        names = {capitals[word] for word in accepted(list(capitals), elsewhere)}
        nouns -= names - accepted(words, elsewhere)
    return nouns


def accepted(words: list[str], dictionary: Path) -> set[str]:
    """Those of the words that a hunspell dictionary takes."""
    command = ["hunspell", "-d", str(dictionary), "-i", "utf-8", "-G"]
    checked = subprocess.run(command, input="\n".join(words), capture_output=True, text=True, check=True)
    return set(checked.stdout.split())


def to_cyrillic(word: str) -> str:
    """A Serbian word in Cyrillic letters, as its dictionary is written."""
    for latin, cyrillic in DIGRAPHS.items():
        word = word.replace(latin, cyrillic)
    return word.translate(LETTERS)


def is_given(word: str) -> bool:
    """Whether a word is a given name as the table of given names writes it."""
    return bool(given_names(fold(romanize(word))))


def is_place(word: str, *, wholly: bool = True) -> bool:
    """Whether a word is the name of a place, `wholly` as the table of places writes it or a case form of that."""
    named = place_names(fold(romanize(word)))
    if not named or any(name.is_people for name in named):
        return False
    return not wholly or any(word.startswith(name[: max(4, len(name) - 2)]) for name in WRITTEN)


if __name__ == "__main__":
    typer.run(main)
