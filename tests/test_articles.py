"""Five whole articles against the bundled registry: what a person read in them, and what `annotate` finds.

The reading is `cases/articles.yaml`. The articles are not part of this project: where `../shared/seeds` is absent,
these tests are skipped. A link is right if its span and its id are both those of the reading.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from resolver import Registry, Resolution, Resolver

SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"
READING = Path(__file__).parent / "cases" / "articles.yaml"
FOUND_AT_LEAST = 0.97  # share of the mentions that are linked with the right span and id
WRONG_AT_MOST = 0.01  # share of the links that are not in the reading
BRECHALOV = "person:aleksandr-brechalov"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no articles in {SEEDS}")

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a person read it: the entity at each span, other names, and the block that is no prose."""

    name: str
    text: str
    mentions: dict[Offsets, str]
    unknown: frozenset[Offsets]
    markup: Offsets

    def is_markup(self, resolution: Resolution) -> bool:
        """Whether a resolution lies in the block of metadata."""
        return overlap(offsets(resolution), self.markup)

    def show(self, span: Offsets, verdict: str) -> str:
        """One line of a failure message."""
        return f"{self.name} {span[0]}-{span[1]} {self.text[slice(*span)]!r}: {verdict}"


def offsets(resolution: Resolution) -> Offsets:
    """The span of a resolution."""
    return resolution.mention.start, resolution.mention.start + len(resolution.mention.text)


def overlap(one: Offsets, other: Offsets) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def read_articles() -> list[Article]:
    """The articles with their reading; a span that does not hold the text it claims is an error of the reading."""
    reading = yaml.safe_load(READING.read_text(encoding="utf-8"))
    articles = []
    for name, rows in reading.items():
        text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
        mentions = {span: row["id"] for row in rows["mentions"] for span in spans_of(row, text)}
        unknown = frozenset(span for row in rows["unknown"] for span in spans_of(row, text))
        start, end = rows.get("markup", (0, 0))
        articles.append(Article(name, text, mentions, unknown, (start, end)))
    return articles


def spans_of(row: dict[str, Any], text: str) -> list[Offsets]:
    """The spans of a row of the reading."""
    spans = [(start, end) for start, end in row["spans"]]
    assert [row["text"]] * len(spans) == [text[slice(*span)] for span in spans]
    return spans


@pytest.fixture(scope="module")
def bundled() -> Resolver:
    return Resolver.load()


@pytest.fixture(scope="module")
def annotated(bundled: Resolver) -> list[tuple[Article, list[Resolution]]]:
    return [(article, bundled.annotate(article.text)) for article in read_articles()]


def told(lines: Iterable[str]) -> str:
    """The lines of a failure message, each on its own line."""
    return "\n".join(["", *lines])


def test_reading_names_entities_of_the_registry(bundled: Resolver) -> None:
    """Each id of the reading is in the bundled registry, and no two spans overlap."""
    for article in read_articles():
        spans = sorted([*article.mentions, *article.unknown])

        assert [entity_id for entity_id in article.mentions.values() if entity_id not in bundled.registry] == []
        assert [pair for pair in pairwise(spans) if overlap(*pair)] == []


def test_mentions_are_found(annotated: list[tuple[Article, list[Resolution]]]) -> None:
    """Nearly every mention is linked, with exactly its span, to the entity it names."""
    misses, count = [], 0
    for article, found in annotated:
        count += len(article.mentions)
        links = {offsets(resolution): resolution.entity_id for resolution in found}
        for span, entity_id in article.mentions.items():
            if links.get(span) != entity_id:
                got = [repr(resolution) for resolution in found if overlap(offsets(resolution), span)]
                misses.append(article.show(span, f"expected {entity_id}, got {', '.join(got) or 'nothing'}"))

    assert 1 - len(misses) / count >= FOUND_AT_LEAST, told(misses)


def test_links_are_right(annotated: list[tuple[Article, list[Resolution]]]) -> None:
    """Hardly a link leads to an entity that the reading does not have there; where it ends is tested above."""
    wrong, count = [], 0
    for article, found in annotated:
        links = [r for r in found if r.status == "resolved" and not article.is_markup(r)]
        count += len(links)
        for link in links:
            meant = {id_ for span, id_ in article.mentions.items() if overlap(offsets(link), span)}
            if link.entity_id not in meant:
                wrong.append(article.show(offsets(link), f"{link!r}, expected {sorted(meant) or 'none'}"))

    assert len(wrong) / count <= WRONG_AT_MOST, told(wrong)


def test_queue_holds_only_names(annotated: list[tuple[Article, list[Resolution]]]) -> None:
    """What waits for a curator is a name of the reading or a part of one, never a word of prose or metadata."""
    offenders = [
        article.show(offsets(resolution), repr(resolution))
        for article, found in annotated
        for resolution in found
        if resolution.status != "resolved"
        and not any(overlap(offsets(resolution), span) for span in (*article.mentions, *article.unknown))
    ]

    assert offenders == [], told(offenders)


@pytest.mark.parametrize("name", ["Brechalov", "Aleksandr Bechalov", "Alexander Brechalov", "Igor Brechalov"])
def test_spellings_of_the_articles_are_one_person(bundled: Resolver, name: str) -> None:
    """Each way in which the articles write one person leads to one id."""
    assert bundled.resolve(name).entity_id == BRECHALOV


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("Garpiya", "product:garpiya"),
        ("Garpiya-A1", "product:garpiya"),
        ("Harpiya-A1", "product:garpiya"),
        ("Andriy Kovalenko", "person:andrii-kovalenko"),
        ("Andrii Kovalenko", "person:andrii-kovalenko"),
        ("Kupol", "organization:kupol"),
        ("Izhevsk Electromechanical Plant Kupol", "organization:kupol"),
        ("Centre for Counteracting Disinformation", "organization:ccd"),
        ("Center for Countering Disinformation", "organization:ccd"),
        ("Osa-AKM", "product:osa-akm"),
        ("Tor-M2E", "product:tor-m2e"),
        ("Head of the Udmurt Republic", "other:head-of-udmurtia"),
    ],
)
def test_names_of_the_articles_resolve_alone(bundled: Resolver, name: str, entity_id: str) -> None:
    """Variants of one thing meet in one id; a variant of a weapon and an office are things of their own."""
    assert bundled.resolve(name).entity_id == entity_id


@pytest.mark.parametrize("name", ["OSA", "Tor", "Astra", "ASTRA", "Baza", "Liga", "Kovalenko", "NATO Summit"])
def test_names_that_need_their_article_do_not_resolve_alone(bundled: Resolver, name: str) -> None:
    """A word or surname with many meanings is linked only beside a cue."""
    assert bundled.resolve(name).entity_id is None


def without_misnomer(registry: Registry) -> Registry:
    """The registry as it was before somebody noted the wrong given name."""
    entities = [
        replace(entity, aliases=tuple(alias for alias in entity.aliases if alias.kind != "misnomer"))
        for entity in registry.entities
    ]
    return Registry.from_entities(entities, blocked=registry.blocked)


def test_wrong_given_name_resolves_only_as_a_noted_misnomer(bundled: Resolver) -> None:
    """Without the line that notes the error, the wrong given name contradicts, and the reason says so."""
    resolution = Resolver(without_misnomer(bundled.registry)).resolve("Igor Brechalov")

    assert resolution.status == "unresolved"
    assert "given names differ" in resolution.reason


def test_wrong_given_name_in_an_article_waits_for_a_curator(bundled: Resolver) -> None:
    """Without that line the article that errs links nobody, and shows the name with its reason."""
    article = read_articles()[0]
    span = next(span for span, entity_id in article.mentions.items() if entity_id == BRECHALOV)

    found = Resolver(without_misnomer(bundled.registry)).annotate(article.text)

    assert BRECHALOV not in {resolution.entity_id for resolution in found}
    assert [
        (resolution.status, "given names differ" in resolution.reason)
        for resolution in found
        if offsets(resolution) == span
    ] == [("unresolved", True)]
