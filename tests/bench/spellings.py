#!/usr/bin/env python3
"""How many spellings of one name are seen to be one, across scripts and languages, and how many of others.

    pip download --no-deps rigour==1.1.1 && unzip rigour-1.1.1*.whl
    python tests/bench/spellings.py rigour/data/names/persons.txt [--sample 2000] [--seed 1]

The file has a line for each surname or given name of Wikidata: its spellings, and its id. Taken are names with a
Cyrillic spelling that ends as Slavic surnames do, and two Latin ones. Words are compared alone, by `compare_words`.
Printed is in how many of 100 pairs the two agree, by how; and the same for pairs of different names that begin alike.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from resolver.evidence.alignment import compare_words
from resolver.forms import Token, analyse
from resolver.language.romanization import script_of

_SLAVIC = re.compile("(?:[оеёі]в|[иы]н|[иы]й|ко|[иі]ч|[ую]к|[аи]к|е[цч]ь?|ськ|[оеё]ва|ская|ська)$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LATIN = 6  # spellings of a name that are taken
_OTHERS = 40  # different names that each is compared with
_SURE = frozenset({"same", "romanised", "respelt", "heard", "inflected", "given", "nickname", "patronymic"})


class Name(NamedTuple):
    """A name of Wikidata, by its id: its Cyrillic and its Latin spellings."""

    id: str
    cyrillic: tuple[Token, ...]
    latin: tuple[Token, ...]


def main(
    file: Annotated[Path, typer.Argument(metavar="PERSONS_TXT", exists=True, dir_okay=False)],
    sample: Annotated[int, typer.Option(help="Names to take.")] = 2000,
    seed: int = 1,
) -> None:
    """Print the shares."""
    chance = random.Random(seed)  # noqa: S311 (a sample, no secret)
    names = list(read_names(file))
    chosen = chance.sample(names, min(sample, len(names)))
    print(f"{len(names):,} names, {len(chosen):,} of them taken")
    show("Cyrillic and Latin", ((chance.choice(name.cyrillic), word) for name in chosen for word in name.latin))
    show("Latin and Latin", ((chance.choice(name.latin), word) for name in chosen for word in name.latin[1:]))
    show("other names", others(names, chosen, chance))


def read_names(file: Path) -> Iterator[Name]:
    """The names with spellings in both scripts."""
    for line in file.read_text(encoding="utf-8").splitlines():
        spellings, _, key = line.partition(" => ")
        words = [token for text in spellings.split(", ") if _WORD.fullmatch(text) for token in _word(text)]
        cyrillic = tuple(word for word in words if script_of(word.text) == "Cyrl" and _SLAVIC.search(word.text))
        latin = tuple(word for word in words if script_of(word.text) == "Latn")
        if cyrillic and len(latin) > 1:
            yield Name(key, cyrillic, latin[:_LATIN])


def _word(text: str) -> Sequence[Token]:
    """The only word of a text, if it is one."""
    form = analyse(text.capitalize())
    return form.tokens if form and len(form.tokens) == 1 else ()


def others(names: Sequence[Name], chosen: Iterable[Name], chance: random.Random) -> Iterator[tuple[Token, Token]]:
    """Pairs of words that begin alike and are spellings of no common name."""
    ids: dict[str, set[str]] = defaultdict(set)
    beginning: dict[str, list[Token]] = defaultdict(list)
    for name in names:
        for word in (*name.cyrillic, *name.latin):
            ids[word.text].add(name.id)
        beginning[name.latin[0].key[:2]].append(name.latin[0])
    for name in chosen:
        word = chance.choice((*name.cyrillic, *name.latin))
        near = beginning[word.key[:2]]
        yield from (
            (word, other)
            for other in chance.sample(near, min(_OTHERS, len(near)))
            if ids[word.text].isdisjoint(ids[other.text])
        )


def show(what: str, pairs: Iterable[tuple[Token, Token]]) -> None:
    """Print how pairs agree."""
    ways: Counter[str] = Counter()
    for one, other in pairs:
        if one.text != other.text:
            found = compare_words(one, other)
            ways[found[0] if found else "not"] += 1
    total = ways.total() or 1
    sure = sum(count for way, count in ways.items() if way in _SURE)
    listed = ", ".join(f"{way} {100 * count / total:.2f}" for way, count in ways.most_common())
    print(f"{what}: {total:,} pairs, surely one {100 * sure / total:.2f} %: {listed}")


if __name__ == "__main__":
    typer.run(main)
