"""A corpus of any size for load tests: wires made of the project's seeds, the same for the same seed.

What comes in is a size in bytes; what goes out is a folder with as many text files as JSON lines, by bytes.

- A tenth of a wire are sentences of `seeds/`, one name in each replaced by a name of the registry, as often as not with
  one letter changed. There are `sentences` of them and no more: news repeats itself, and an audit keeps a row for each
  different name, so it is at a constant number of names that memory has to be constant.
- The rest is running text of the words of the same seed in lower case, shuffled: most of a wire names nobody.

Documents are written as they are made, none is kept.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.service import names_of

from resolver import Registry

SEEDS = Path(__file__).parents[2] / "seeds"
PER_FOLDER = 1_000  # files: a folder of a million takes long to list
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]")
_NAME = re.compile(r"[A-ZА-ЯІЇЄ]\w+(?: [A-ZА-ЯІЇЄ]\w+)*")
_WORD = re.compile(r"\b[a-zа-яіїєґ]{2,}\b")
_SIZES = (1_500, 12_000)  # bytes of a wire, of the smallest and of the largest
_NAMED = 0.1  # of the bytes of a wire: sentences with names


@dataclass(frozen=True)
class Corpus:
    """A corpus on disk."""

    path: Path
    size: int
    documents: int


def write_corpus(folder: Path, size: int, *, sentences: int, seed: int, registry: Registry) -> Corpus:
    """Write a corpus of at least so many bytes into a folder: half as files, half as one file of JSON lines."""
    made = Wires(registry, sentences=sentences, seed=seed)
    (folder / "wires").mkdir(parents=True)
    written = documents = 0
    for document in made:
        if written >= size / 2:
            break
        path = folder / "wires" / f"{documents // PER_FOLDER:04}" / f"{documents % PER_FOLDER:03}.txt"
        path.parent.mkdir(exist_ok=True)
        content = document.encode()
        path.write_bytes(content)
        written, documents = written + len(content), documents + 1
    with (folder / "wires.jsonl").open("wb") as file:
        for document in made:
            if written >= size:
                break
            written += file.write(json.dumps({"text": document}, ensure_ascii=False).encode() + b"\n")
            documents += 1
    return Corpus(folder, written, documents)


class Wires:
    """Wires without end; the same registry, number of names and seed make the same ones."""

    def __init__(self, registry: Registry, *, sentences: int, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (no secret)
        texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
        share = -(-sentences // len(texts))
        self._sources = [(self._named(registry, text, share), sorted(set(_WORD.findall(text)))) for text in texts]

    def __iter__(self) -> Iterator[str]:
        while True:
            yield self._wire(self._random.randint(*_SIZES))

    def _wire(self, size: int) -> str:
        sentences, words = self._random.choice(self._sources)
        parts: list[str] = []
        left, named = size, round(size * _NAMED)
        while left > 0:
            is_named = named > 0
            part = self._random.choice(sentences) if is_named else " ".join(self._random.choices(words, k=14)) + "."
            length = len(part.encode())
            left, named = left - length, named - length
            parts.append(part)
        self._random.shuffle(parts)
        return "\n".join(parts) + "\n"

    def _named(self, registry: Registry, text: str, count: int) -> list[str]:
        """Sentences of a text, each with another name in the place of one."""
        sentences = _sentences(text)
        return [self._renamed(self._random.choice(sentences), registry) for _ in range(count)]

    def _renamed(self, sentence: str, registry: Registry) -> str:
        replaced = self._random.choice(list(_NAME.finditer(sentence)))
        return sentence[: replaced.start()] + names_of(registry, self._random) + sentence[replaced.end() :]


def _sentences(text: str) -> list[str]:
    """The sentences of a text that name somebody."""
    return [found.strip() for found in _SENTENCE.findall(text) if _NAME.search(found)]
