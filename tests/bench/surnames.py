"""Write the table of surnames, resolver/language/surnames.txt.

    pip download --no-deps rigour==1.1.1 && unzip rigour-1.1.1*.whl
    python tests/bench/surnames.py rigour/data/names/persons.txt

The file has a line for each surname or given name of Wikidata: its spellings, and its id. Kept are those with a folded
spelling that ends as Slavic surnames do. Names that share a folded spelling are one here, however Wikidata counts them.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from resolver.language.lexicon import key_of
from resolver.language.names import given_names
from resolver.language.romanization import script_of

TABLE = Path(__file__).parents[2] / "resolver" / "language" / "surnames.txt"
HEADER = """\
# {count:,} Slavic surnames, by the first two letters of their folded spelling; "=" joins the spellings of one name.
# Source: the names of Wikidata (CC0), as rigour 1.1.1 ships them. Written by tests/bench/surnames.py.
"""
_SURELY_SLAVIC = re.compile("(?:[eo]va?|sk[iy]|enko|skaia|[aeo]vic|c[aiy]k)$")
_SLAVIC = re.compile(_SURELY_SLAVIC.pattern + "|(?:in|[aiu]k|ic|ec|ina|ska|[aiu][lr]|[aeo]i|[aiu]n|[klprtd]a|ko)$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST = 5  # letters of a folded surname


def main(file: Annotated[Path, typer.Argument(metavar="PERSONS_TXT", exists=True, dir_okay=False)]) -> None:
    """Write the table."""
    names = sorted("=".join(keys) for keys in joined(read_keys(file)))
    rows = [f"{initial}: {', '.join(found)}" for initial, found in groupby(names, key=lambda name: name[:2])]
    TABLE.write_text(HEADER.format(count=len(names)) + "\n".join(rows) + "\n", encoding="utf-8")


def read_keys(file: Path) -> Iterator[list[str]]:
    """The folded spellings of each Slavic surname."""
    for line in file.read_text(encoding="utf-8").splitlines():
        spellings = [text for text in line.partition(" => ")[0].split(", ") if _WORD.fullmatch(text)]
        scripts = {script_of(text) for text in spellings}
        keys = sorted({key_of(text) for text in spellings if script_of(text) in ("Latn", "Cyrl")})
        keys = [key for key in keys if len(key) >= _SHORTEST and key.isalpha() and not given_names(key)]
        if any((_SLAVIC if "Cyrl" in scripts else _SURELY_SLAVIC).search(key) for key in keys):
            yield keys


def joined(names: Iterable[list[str]]) -> list[list[str]]:
    """The names, those that share a key as one."""
    holders: dict[str, set[str]] = {}
    for keys in names:
        one = set(keys).union(*(holders.get(key, ()) for key in keys))
        holders.update(dict.fromkeys(one, one))
    return [sorted(one) for one in {id(one): one for one in holders.values()}.values()]


if __name__ == "__main__":
    typer.run(main)
