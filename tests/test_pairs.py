"""Labelled pairs of names: `cases/pairs/*.yaml`. The same entity or not, which rule says so, and how sure it is.

    name, aliases   the entity, as a registry names it        mention, lang   the name in a text
    type            the kind of the entity; a person unless stated. The mention does not say its type
    same            whether they mean the same entity         rule            one of `RULES`
    quality         STRONG: anyone in the field demands it    MEDIUM: a good matcher gets it    WEAK: hard, or a guess
    fails           why a known failure fails (strict)        note            who is meant, if it is unclear

Each pair stands in a registry of its own: the entity, and those of `background.yaml`.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml
from factories import entity, mention

from resolver import Policy, Registry, Resolver

PAIRS = Path(__file__).parent / "cases" / "pairs"
BACKGROUND = PAIRS / "background.yaml"
QUALITIES = ("STRONG", "MEDIUM", "WEAK")
FIELDS = {"name", "aliases", "mention", "same", "rule", "quality", "type", "lang", "note", "fails"}
RULES = {
    "romanisation": "schemes and habits of other languages, in Latin letters",
    "script": "Cyrillic and Latin letters",
    "inflection": "case endings and definite articles",
    "given_name": "a given name in another language; another given name",
    "diminutive": "short forms of given names",
    "patronymic": "patronymics that agree, are absent, or contradict",
    "initial": "initials of given names and patronymics",
    "title": "honorifics, ranks and offices",
    "nickname": "a nickname in quotes between the names",
    "relative": "people of one family",
    "gender": "women's and men's forms of surnames",
    "twin": "surnames that differ by little",
    "legal_form": "legal forms that are absent, or written in another language",
    "translation": "generic words in translation",
    "acronym": "initials of organisations, own and translated",
    "sister": "companies of one group",
    "generic_only": "names of nothing but generic words",
    "unit": "numbers and kinds of military units",
    "designation": "designations of weapons",
    "place": "regions, neighbours, and countries that sound alike",
    "exonym": "places and bodies that languages call by other words or letters",
    "embedded": "places within the names of other things",
    "homoglyph": "look-alike letters of another script",
    "joined": "words that are joined or split",
    "cut": "words that are cut short or left out",
    "typo": "misspellings",
    "common_word": "names that are words too",
    "short_name": "names of few letters",
    "arabic": "articles, vowels and compounds of Arabic names",
    "persian": "Persian names",
    "hebrew": "names in Hebrew letters",
    "han": "Chinese names: order, spaces, pinyin, characters",
    "japanese": "Japanese names by Hepburn and Polivanov",
    "korean": "Korean names: hyphens, order, schemes",
    "vietnamese": "Vietnamese names: marks, family names that many share",
    "caucasian": "Georgian, Armenian and Azerbaijani names",
    "turkish": "dotted and dotless i, and other letters of Turkish",
    "iberian": "second surnames of Spanish and Portuguese names",
    "name_order": "the surname first",
    "place_and_kind": "only a place and the kind of firm agree",
    "syllables": "names of syllables, of which none is left out",
    "class": "words for what a product is, beside its name",
}

Pair = dict[str, Any]


def files() -> list[Path]:
    """The files of pairs, in the order of their names."""
    return [path for path in sorted(PAIRS.glob("*.yaml")) if path != BACKGROUND]


def read(path: Path) -> Any:
    """What a YAML file holds, all scalars as strings."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the one in C is ten times as fast
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 (strings only)


PAIRS_OF_ALL = [pair for path in files() for pair in read(path)]
OTHERS = [entity(name, type=kind) for kind, names in read(BACKGROUND).items() for name in names]
POLICY = Policy()


@cache
def resolver_for(name: str, kind: str, aliases: tuple[str, ...]) -> Resolver:
    """A resolver over the background and one entity, whose id is "entity"."""
    registry = Registry.from_entities([entity(name, *aliases, type=kind, id="entity"), *OTHERS])
    return Resolver(registry, policy=POLICY)


def resolver_of(pair: Pair) -> Resolver:
    """The resolver that knows the entity of a pair."""
    return resolver_for(pair["name"], pair.get("type", "person"), tuple(pair.get("aliases", ())))


def score(pair: Pair) -> float:
    """The probability that the mention means the entity; none where something contradicts it."""
    candidate = resolver_of(pair).explain(mention(pair["mention"], lang=pair.get("lang")), "entity")
    return 0.0 if candidate.vetoes else candidate.score


def params() -> Iterator[object]:
    """The pairs with readable ids; known failures are strict."""
    for pair in PAIRS_OF_ALL:
        sign = "=" if pair["same"] == "true" else "≠"
        marks = [pytest.mark.xfail(strict=True, reason=pair["fails"])] if "fails" in pair else []
        label = f"{pair['rule']} {pair['quality']}: {pair['name']} {sign} {pair['mention']}"
        yield pytest.param(pair, id=label, marks=marks)


@pytest.mark.parametrize("pair", list(params()))
def test_pair(pair: Pair) -> None:
    """The mention resolves to the entity, or does not."""
    resolution = resolver_of(pair).resolve(mention(pair["mention"], lang=pair.get("lang")))

    assert (pair["same"] == "true") == (resolution.entity_id == "entity"), resolution


def test_mean_scores_fall_from_sure_to_sure_not() -> None:
    """The surer a pair is the same, the higher its score; the surer it is not, the lower."""
    order = [("true", quality) for quality in QUALITIES] + [("false", quality) for quality in reversed(QUALITIES)]
    means = [mean(score(p) for p in PAIRS_OF_ALL if (p["same"], p["quality"]) == group) for group in order]

    assert means == sorted(set(means), reverse=True), dict(zip(order, means, strict=True))


def test_pairs_are_well_formed() -> None:
    """No unknown field, rule or quality; no pair twice."""
    assert not [pair for pair in PAIRS_OF_ALL if not pair.keys() <= FIELDS]
    assert {pair["quality"] for pair in PAIRS_OF_ALL} == set(QUALITIES)
    assert {pair["same"] for pair in PAIRS_OF_ALL} == {"true", "false"}
    assert not [pair for pair, n in Counter((p["name"], p["mention"]) for p in PAIRS_OF_ALL).items() if n > 1]


def test_pairs_that_differ_are_as_many_as_those_that_do_not() -> None:
    """A matcher that links everything must not look good."""
    different = sum(pair["same"] == "false" for pair in PAIRS_OF_ALL)

    assert len(PAIRS_OF_ALL) >= 400
    assert 0.45 <= different / len(PAIRS_OF_ALL) <= 0.55


def test_every_rule_has_pairs_of_both_kinds() -> None:
    """A rule that only ever links, or only ever refuses, is no rule."""
    used = {(pair["rule"], pair["same"]) for pair in PAIRS_OF_ALL}

    assert used == {(rule, same) for rule in RULES for same in ("true", "false")}
