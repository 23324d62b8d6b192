#!/usr/bin/env python3
"""Fits the weights of evidence on labelled queries, and says how well they do on queries they were not fitted on.

    python tests/bench/fit.py SET_DIR[=TIMES]... [--primary SET] [--out resolver/weights.txt] [--pairs TIMES]
                                                 [--ridge 1.0] [--sample N] [--left-out SHARE...]

A set is a folder with registry.jsonl {id, type, names} and queries.jsonl {q, expected|null, type, lang}. The model is a
conditional logit with "none" as the outside option (see resolver/decision.py). Each query is seen twice, with its type
and without it. Some entities are also asked for as if the registry did not hold them, so that their sisters, twins and
namesakes in the same list teach what a near miss looks like. The labelled pairs of `cases/pairs` come in as well, each
in a registry of its own. The queries of a set, and the pairs, count so many TIMES. Ridge pulls every weight but "none"
to zero, and the weights of a type, which come on top, harder. Half of the queries are held out for the figures that are
printed; the weights that are written are then fitted on all. What agrees cannot weigh against, and the reverse: see
`sign_of`.
"""

import argparse
import itertools
import random
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sets import build_resolver, language_of, read_rows, type_of

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the labelled pairs
import test_pairs

from resolver import Mention, Resolver
from resolver.decision import Policy, cases
from resolver.forms import analyse
from resolver.model import ENTITY_TYPES

FIXED = {  # rules that labelled data do not speak about enough: those of the registry, offices, sound alone, sisters,
    # endings of another language, consonants without vowels, how many letters of a word may be wrong
    "given_name.front": -1.0,
    "letter_case.differs": -8.0,
    "letter_case.acronym": -6.0,
    "match_policy.loose": -8.0,
    "requirement.type": -12.0,
    "requirement.cue": -12.0,
    "never.listed": -24.0,
    "context.cue": 4.0,
    "office.differs": -6.0,
    "spelling.edits": -4.0,
    "spelling.foreign": -2.0,
    "spelling.forename": -8.0,
    "spelling.known": 5.0,
    "spelling.lone_adjective": -4.0,
    "spelling.no_ending": -4.0,
    "spelling.nominative": -12.0,
    "spelling.plural": -3.0,
    "spelling.possessive": -4.0,
    "spelling.share_respelt": -1.0,
    "spelling.share_sound": -4.0,
    "spelling.share_spelt": -1.0,
    "sister.acronym_differs": -8.0,
    "sister.known_apart": -8.0,
    "sister.longer": -2.5,
    "sister.trade_longer": -6.0,
    "sister.trade_shorter": -2.0,
    "spelt_otherwise.fuller": -5.0,
    "spelt_otherwise.in_words": -6.0,
    "spelt_otherwise.slip": -2.0,
    "surname.syllable": -5.0,
    "words_missing.initial": -1.5,
}


Example = tuple[str, int, list[dict[str, float]]]


def candidates(resolver: Resolver, mention: Mention, *, without: str | None = None) -> dict[str, dict[str, float]]:
    """Feature values of the candidates of a mention by entity id, each by the alias that the present weights prefer.

    As if the registry did not hold the entity `without`, by which others would look spelt otherwise.
    """
    form = analyse(mention.text, mention.lang)
    pairs = resolver._compare(mention, form) if form else []
    held = cases([pair for pair in pairs if pair[0].entry.entity.id != without], Policy())
    values = {}
    for entity_id, case in sorted(held.items()):
        kind = case.pair.entry.entity.type
        seen = {f"{name}.{k}": v for name, finding in case.found for k, v in finding.values.items()}
        seen |= {f"{key}@{kind}": v for key, v in seen.items() if key not in FIXED}
        values[entity_id] = seen | {f"none@{kind}": 1.0}
    return values


def asked(folder: Path, resolver: Resolver, sample: int, rng: random.Random) -> Iterator[Example]:
    """(query, index of the right candidate or -1 for none, feature values by candidate), with the type and without."""
    queries = read_rows(folder, "queries")
    for query in rng.sample(queries, min(sample or len(queries), len(queries))):
        for shown in (type_of(query), None):
            found = candidates(resolver, Mention(query["q"], type=shown, lang=language_of(query)))
            if query["expected"] is None or query["expected"] in found:  # else not reachable: it teaches nothing
                right = list(found).index(query["expected"]) if query["expected"] else -1
                yield query["q"], right, list(found.values())


def left_out(resolver: Resolver, share: float, rng: random.Random) -> Iterator[Example]:
    """Names of entities as if the registry did not hold them: what is near then is a sister, a twin or a namesake."""
    entities = list(resolver.registry)
    holders = Counter(form.key for entity in entities for form in {analyse(name.text) for name in entity.names} if form)
    for entity in rng.sample(entities, int(share * len(entities))):
        form = analyse(entity.name)
        if form and holders[form.key] == 1:
            found = candidates(resolver, Mention(entity.name, type=entity.type), without=entity.id)
            yield entity.name, -1, list(found.values())


def labelled() -> Iterator[Example]:
    """The labelled pairs of names, with the known failures: a mention, and the entity that it means or does not."""
    for pair in test_pairs.PAIRS_OF_ALL:
        found = candidates(test_pairs.resolver_of(pair), Mention(pair["mention"], lang=pair.get("lang")))
        is_same = pair["same"] == "true"
        if not is_same or "entity" in found:
            yield pair["mention"], list(found).index("entity") if is_same else -1, list(found.values())


class Data:
    """Examples as sparse arrays: one row a candidate. Each example counts `times`."""

    def __init__(self, found: list[tuple[Example, float]], features: list[str]) -> None:
        column = {name: i for i, name in enumerate(features)}
        found = [item for item in found if item[0][2]]
        sizes = [len(candidates) for (_, _, candidates), _ in found]
        first = np.cumsum([0, *sizes[:-1]])
        right = np.array([right for (_, right, _), _ in found])
        rows = [values for (_, _, candidates), _ in found for values in candidates]
        self.times = np.array([times for _, times in found])
        self.owner = np.repeat(np.arange(len(found)), sizes)
        self.right = np.where(right >= 0, first + right, -1)
        self.offset = np.array([sum(FIXED.get(name, 0.0) * value for name, value in row.items()) for row in rows])
        self.offset *= np.log(2)
        cells = [
            (i, column[name], value) for i, row in enumerate(rows) for name, value in row.items() if name in column
        ]
        cells += [(i, column["none"], 1.0) for i in range(len(rows))]
        at, columns, values = zip(*cells, strict=True)
        self.x = csr_matrix((values, (at, columns)), shape=(len(rows), len(features)))

    def probabilities(self, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each candidate, and of none for each example."""
        s = np.exp(np.clip(self.x @ w + self.offset, -50, 50))
        total = 1.0 + np.bincount(self.owner, s, minlength=len(self.right))
        return s / total[self.owner], 1.0 / total

    def loss(self, w: np.ndarray, ridge: np.ndarray) -> tuple[float, np.ndarray]:
        """Negative log-likelihood with ridge, and its gradient."""
        p, none = self.probabilities(w)
        linked, times = self.right >= 0, self.times
        sure = np.where(linked, p[self.right], none)  # of what is right: the entity, or none
        value = -times @ np.log(sure + 1e-300)
        gradient = self.x.T @ (p * times[self.owner]) - self.x[self.right[linked]].T @ times[linked]
        return value + 0.5 * (ridge * w * w).sum(), gradient + ridge * w

    def report(self, w: np.ndarray) -> str:
        """Precision, recall, F1 and false positives at some thresholds."""
        p, _ = self.probabilities(w)
        top: dict[int, tuple[float, int]] = {}
        for row, owner in enumerate(self.owner):
            if p[row] > top.get(owner, (-1.0, -1))[0]:
                top[owner] = (p[row], row)
        known = (self.right >= 0).sum()
        best, line = 0.0, ""
        for accept in (0.5, 0.6, 0.7, 0.8, 0.9):
            linked = [(owner, row) for owner, (score, row) in top.items() if score >= accept]
            right = sum(self.right[owner] == row for owner, row in linked)
            wrong_nil = sum(self.right[owner] < 0 for owner, _ in linked)
            f1 = 2 * right / max(1, len(linked) + known)
            part = f"  >={accept}: P {right / max(1, len(linked)):.3f} R {right / max(1, known):.3f} F1 {f1:.3f}"
            part += f" FPR {wrong_nil / max(1, len(self.right) - known):.3f}\n"
            line += part
            best = max(best, f1)
        return line


_BOUNDS = {1: (0.0, None), -1: (None, 0.0)}
_AGREE = (
    "words_in_common",
    "words_missing.elsewhere",
    "acronym",
    "related",
    "names_held.names",
    "names_held.alike",
    "spelling.identical",
    "spelling.same_letters",
    "spelling.ratio",
    "spelling.as_written",
)
_AGAINST = (
    "spelling.short",
    "spelling.reworded",
    "spelt_otherwise",
    "odd_name",
    "words_missing",
    "loose_word",
    "given_name",
    "surname",
    "twin",
    "gender",
    "generic",
    "kind_word",
    "demonym",
    "sister",
)


def sign_of(feature: str) -> int:
    """The sign that a weight must have, so that more agreement never speaks against: 1, -1, or 0 for any."""
    name = feature.partition("@")[0]
    if name.startswith(_AGREE) or name.endswith(".agrees"):
        return 1
    return -1 if name.startswith(_AGAINST) or name.endswith((".differs", ".extra", ".absent")) else 0


def fit(found: list[tuple[Example, float]], features: list[str], ridge: float) -> np.ndarray:
    data = Data(found, features)
    bounds = [_BOUNDS.get(sign_of(name), (None, None)) for name in features]
    penalty = np.array([0.0 if name == "none" else 2 * ridge if "@" in name else ridge for name in features])
    return minimize(data.loss, np.zeros(len(features)), args=(penalty,), jac=True, method="L-BFGS-B", bounds=bounds).x


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="SET_DIR[=TIMES]")
    parser.add_argument("--primary", action="append", default=[], help="a set to see also with primary names only")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--pairs", type=float, default=7.0, metavar="TIMES", help="how often each labelled pair counts")
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--left-out", type=float, nargs="+", default=[0.12], help="share of the entities of each set")
    args = parser.parse_args()
    rng = random.Random(1)  # noqa: S311 (a sample, no secret)
    by_set: dict[str, list[tuple[Example, float]]] = {}
    for given, share in zip(args.sets, itertools.cycle(args.left_out), strict=False):
        path, _, times = given.partition("=")
        folder = Path(path)
        views = (False, True) if folder.name in args.primary else (False,)
        for primary_only in views:
            resolver = build_resolver(folder, primary_only=primary_only)
            name = f"{folder.name}, primary names" if primary_only else folder.name
            by_set[name] = [(each, float(times or 1)) for each in asked(folder, resolver, args.sample, rng)]
            by_set[f"{name}, left out"] = [(each, 1.0) for each in left_out(resolver, share / len(views), rng)]
    by_set["pairs"] = [(each, args.pairs) for each in labelled()]
    found = [each for group in by_set.values() for each in group]
    names = {key for (_, _, c), _ in found for values in c for key in values}
    features = ["none", *sorted(names - FIXED.keys())]
    weights = fit([each for each in found if is_odd(each)], features, args.ridge)
    for name, group in by_set.items():
        even = Data([each for each in group if not is_odd(each)], features)
        print(name, "held out, reachable only\n" + even.report(weights), file=sys.stderr)
    weights = fit(found, features, args.ridge)
    lines = ["# Bits per unit of each feature, written by tests/bench/fit.py; the rules at the end are set by hand."]
    bits = with_other({name: weight / np.log(2) for name, weight in zip(features, weights, strict=True)})
    lines.append(f"none: {bits.pop('none'):.3f}")
    lines += [f"{name}: {weight:.3f}" for name, weight in sorted(bits.items()) if abs(weight) >= 0.05]
    lines += [f"{name}: {bits}" for name, bits in sorted(FIXED.items())]
    text = "\n".join(lines) + "\n"
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


def with_other(bits: dict[str, float]) -> dict[str, float]:
    """The weights with those of entities of type "other", of which no set has any: what a type adds in the mean."""
    kinds = [kind for kind in ENTITY_TYPES if kind != "other"]
    typed = {name.partition("@")[0] for name in bits if "@" in name}
    added = {name: sum(bits.get(f"{name}@{kind}", 0.0) for kind in kinds) / len(kinds) for name in typed}
    return bits | {f"{name}@other": weight for name, weight in added.items()}


def is_odd(example: tuple[Example, float]) -> bool:
    """Whether a query is of the half on which the weights of the printed figures are fitted."""
    return bool(zlib.crc32(example[0][0].encode()) % 2)


if __name__ == "__main__":
    sys.exit(main())
