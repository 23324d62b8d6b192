"""Write the tables of frequent words, resolver/mentions/frequent/LANG.txt.

    pip install wordfreq==3.1.1; apt-get install hunspell
    for lang in en ru uk pl cs sl bg; do npm pack dictionary-$lang; done    # unpack each into DICTIONARIES/LANG
    python tests/bench/frequent.py DICTIONARIES

A word is kept if `wordfreq` holds it for frequent, the spelling dictionary of the language takes it in small letters,
and it names no place: that leaves names out, which frequency lists write in small letters too.
"""

import subprocess
from itertools import groupby, islice
from pathlib import Path
from typing import Annotated

import typer
from wordfreq import top_n_list

from resolver.language.places import place_names
from resolver.language.romanization import fold, romanize
from resolver.language.tables import read_table

LANGUAGES = ("en", "ru", "uk", "pl", "cs", "sl", "bg")
FOLDER = Path(__file__).parents[2] / "resolver" / "mentions" / "frequent"
WRITTEN = [name.lower() for _, names in read_table("places") for name in names if not name.startswith("~")]
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
        listed = [word for word in top_n_list(lang, 2 * count) if word.isalpha() and len(word) > 1]
        common = (word for word in small(listed, dictionaries / lang / "index") if not is_place(word))
        kept = sorted(islice(common, count))
        rows = [f"{initial}: {', '.join(words)}" for initial, words in groupby(kept, key=lambda word: word[:2])]
        (FOLDER / f"{lang}.txt").write_text(HEADER.format(count=len(kept)) + "\n".join(rows) + "\n", encoding="utf-8")


def small(words: list[str], dictionary: Path) -> filter:
    """Those of the words that a hunspell dictionary takes in small letters, in order."""
    command = ["hunspell", "-d", str(dictionary), "-i", "utf-8", "-G"]
    checked = subprocess.run(command, input="\n".join(words), capture_output=True, text=True, check=True)
    return filter(set(checked.stdout.split()).__contains__, words)


def is_place(word: str) -> bool:
    """Whether a word is the name of a place as the table of places writes it, or a case form of one."""
    named = place_names(fold(romanize(word)))
    if not named or any(name.is_people for name in named):
        return False
    return any(word.startswith(name[: max(4, len(name) - 2)]) for name in WRITTEN)


if __name__ == "__main__":
    typer.run(main)
