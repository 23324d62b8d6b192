#!/usr/bin/env python3
"""Fits the weights of evidence on labelled queries, and says how well they do on queries they were not fitted on.

    python tests/bench/fit.py SET_DIR... [--primary SET] [--out resolver/weights.txt] [--ridge 2.0] [--sample N]
                                         [--left-out SHARE...]

A set is a folder with registry.jsonl {id, type, names} and queries.jsonl {q, expected|null, type, lang}. The model is a
conditional logit with "none" as the outside option (see resolver/decision.py). Each query is seen twice, with its type
and without it. Some entities are also asked for as if the registry did not hold them, so that their sisters, twins and
namesakes in the same list teach what a near miss looks like. Ridge pulls every weight but "none" to zero, and the
weights of a type, which come on top, harder. Half of the queries are held out for the figures that are printed; the
weights that are written are then fitted on all. What agrees cannot weigh against, and the reverse: see `sign_of`.
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
from sets import build_resolver, language_of, read_rows, type_of

from resolver import Mention, Resolver
from resolver.decision import Policy, bits_of
from resolver.evidence import findings
from resolver.forms import analyse

FIXED = {  # rules that labelled data do not speak about enough: those of the registry, offices, sound alone, sisters,
    # endings of another language, consonants without vowels, another entity of the very spelling
    "letter_case.differs": -8.0,
    "letter_case.acronym": -6.0,
    "match_policy.loose": -8.0,
    "requirement.type": -12.0,
    "requirement.cue": -12.0,
    "never.listed": -24.0,
    "context.cue": 4.0,
    "office.differs": -6.0,
    "spelling.foreign": -2.0,
    "spelling.share_respelt": -1.0,
    "spelling.share_sound": -4.0,
    "spelling.share_spelt": -1.0,
    "sister.acronym_differs": -8.0,
    "sister.longer": -1.5,
    "sister.trade_longer": -6.0,
    "sister.trade_shorter": -2.0,
    "spelt_otherwise.listed": -2.5,
    "spelt_otherwise.listed@person": 1.0,
    "words_missing.initial": -1.5,
}


Example = tuple[str, int, list[dict[str, float]]]


def candidates(resolver: Resolver, mention: Mention) -> dict[str, dict[str, float]]:
    """Feature values of the candidates of a mention by entity id, each by the alias that the present weights prefer."""
    policy = Policy()
    best: dict[str, tuple[float, dict[str, float]]] = {}
    form = analyse(mention.text, mention.lang)
    for pair, _ in resolver._compare(mention, form) if form else ():
        seen = findings(pair)
        kind = pair.entry.entity.type
        values = {f"{name}.{k}": v for name, finding in seen for k, v in finding.values.items()}
        values |= {f"{key}@{kind}": v for key, v in values.items() if key not in FIXED}
        values[f"none@{kind}"] = 1.0
        bits = bits_of(seen, policy.by_type[kind])
        if pair.entry.entity.id not in best or bits > best[pair.entry.entity.id][0]:
            best[pair.entry.entity.id] = (bits, values)
    return {entity_id: values for entity_id, (_, values) in sorted(best.items())}


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
            found = candidates(resolver, Mention(entity.name, type=entity.type))
            found.pop(entity.id, None)
            yield entity.name, -1, list(found.values())


class Data:
    """Examples as flat arrays: one row a candidate."""

    def __init__(self, found: list, features: list[str]) -> None:
        self.offset = np.zeros(0)
        column = {name: i for i, name in enumerate(features)}
        found = [item for item in found if item[2]]
        sizes = [len(candidates) for _, _, candidates in found]
        self.x = np.zeros((sum(sizes), len(features)))
        self.offset = np.zeros(sum(sizes))
        self.owner = np.repeat(np.arange(len(found)), sizes)
        self.right = np.full(len(found), -1)
        row = 0
        for i, (_, right, candidates) in enumerate(found):
            if right >= 0:
                self.right[i] = row + right
            for values in candidates:
                for name, value in values.items():
                    if name in column:
                        self.x[row, column[name]] = value
                    else:
                        self.offset[row] += FIXED.get(name, 0.0) * np.log(2)
                row += 1
        self.x[:, column["none"]] = 1.0

    def probabilities(self, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each candidate, and of none for each example."""
        s = np.exp(np.clip(self.x @ w + self.offset, -50, 50))
        total = 1.0 + np.bincount(self.owner, s, minlength=len(self.right))
        return s / total[self.owner], 1.0 / total

    def loss(self, w: np.ndarray, ridge: np.ndarray) -> tuple[float, np.ndarray]:
        """Negative log-likelihood with ridge, and its gradient."""
        p, none = self.probabilities(w)
        linked = self.right >= 0
        value = -np.log(p[self.right[linked]] + 1e-300).sum() - np.log(none[~linked] + 1e-300).sum()
        gradient = self.x.T @ p - self.x[self.right[linked]].sum(axis=0)
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
    "acronym",
    "related",
    "names_held.names",
    "names_held.alike",
    "spelling.identical",
    "spelling.same_letters",
    "spelling.ratio",
)
_AGAINST = (
    "spelling.short",
    "spelling.reworded",
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


def fit(found: list, features: list[str], ridge: float) -> np.ndarray:
    data = Data(found, features)
    bounds = [_BOUNDS.get(sign_of(name), (None, None)) for name in features]
    penalty = np.array([0.0 if name == "none" else 4 * ridge if "@" in name else ridge for name in features])
    return minimize(data.loss, np.zeros(len(features)), args=(penalty,), jac=True, method="L-BFGS-B", bounds=bounds).x


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--primary", action="append", default=[], help="a set to see also with primary names only")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--ridge", type=float, default=2.0)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--left-out", type=float, nargs="+", default=[0.12], help="share of the entities of each set")
    args = parser.parse_args()
    rng = random.Random(1)  # noqa: S311 (a sample, no secret)
    by_set: dict[str, list[Example]] = {}
    for folder, share in zip(args.sets, itertools.cycle(args.left_out), strict=False):
        views = (False, True) if folder.name in args.primary else (False,)
        for primary_only in views:
            resolver = build_resolver(folder, primary_only=primary_only)
            name = f"{folder.name}, primary names" if primary_only else folder.name
            by_set[name] = list(asked(folder, resolver, args.sample, rng))
            by_set[f"{name}, left out"] = list(left_out(resolver, share / len(views), rng))
    names = {key for found in by_set.values() for _, _, c in found for values in c for key in values}
    features = ["none", *sorted(names - FIXED.keys())]
    odd = {name: [e for e in found if zlib.crc32(e[0].encode()) % 2] for name, found in by_set.items()}
    even = {name: [e for e in found if not zlib.crc32(e[0].encode()) % 2] for name, found in by_set.items()}
    weights = fit([e for found in odd.values() for e in found], features, args.ridge)
    for name in by_set:
        print(name, "held out, reachable only\n" + Data(even[name], features).report(weights), file=sys.stderr)
    weights = fit([e for found in by_set.values() for e in found], features, args.ridge)
    lines = ["# Bits per unit of each feature, written by tests/bench/fit.py; the rules at the end are set by hand."]
    bits = [(name, weight / np.log(2)) for name, weight in zip(features, weights, strict=True)]
    lines += [f"{name}: {weight:.3f}" for name, weight in bits if abs(weight) >= 0.05]
    lines += [f"{name}: {bits}" for name, bits in sorted(FIXED.items())]
    text = "\n".join(lines) + "\n"
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
