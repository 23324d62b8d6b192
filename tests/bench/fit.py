#!/usr/bin/env python3
"""Fits the weights of evidence on labelled queries, and says how well they do on queries they were not fitted on.

    python tests/bench/fit.py SET_DIR... [--primary SET] [--out resolver/weights.txt] [--ridge 2.0] [--sample N]

A set is a folder with registry.jsonl {id, type, names} and queries.jsonl {q, expected|null, type, lang}. The model is a
conditional logit with "none" as the outside option (see resolver/decision.py). Each query is seen twice, with its type
and without it. Ridge pulls every weight but "none" to zero, and the weights of a type, which come on top, harder. Half
of the queries are held out for the figures that are printed; the weights that are written are then fitted on all.
What agrees cannot weigh against, and the reverse: see `sign_of`.
"""

import argparse
import json
import random
import sys
import zlib
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from resolver import Alias, Entity, Mention, Registry, Resolver
from resolver.decision import Policy, bits_of
from resolver.evidence import findings
from resolver.forms import analyse
from resolver.model import ENTITY_TYPES

FIXED = {  # rules that labelled data do not speak about enough: those of the registry, offices, sound alone
    "letter_case.differs": -8.0,
    "letter_case.acronym": -6.0,
    "match_policy.loose": -8.0,
    "requirement.type": -12.0,
    "requirement.cue": -12.0,
    "never.listed": -24.0,
    "context.cue": 4.0,
    "office.differs": -6.0,
    "spelling.share_sound": -4.0,
}


def rows(folder: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8") if line.strip()]


def build(folder: Path, primary_only: bool) -> Resolver:
    entities = []
    for row in rows(folder, "registry"):
        kind = {"vessel": "product"}.get(row["type"], row["type"])
        names = list(dict.fromkeys(name for name in row["names"] if name.strip()))
        aliases = () if primary_only else tuple(Alias(name) for name in names[1:])
        entities.append(Entity(row["id"], names[0], kind if kind in ENTITY_TYPES else "other", aliases))
    return Resolver(Registry.from_entities(entities))


def examples(
    folder: Path, sample: int, rng: random.Random, primary_only: bool = False
) -> list[tuple[str, int, list[dict[str, float]]]]:
    """(query, index of the right candidate or -1 for none, feature values by candidate) of each query."""
    resolver = build(folder, primary_only)
    policy = Policy()
    queries = rows(folder, "queries")
    if sample:
        queries = rng.sample(queries, min(sample, len(queries)))
    found = []
    for query in queries:
        kind = {"vessel": "product"}.get(query.get("type"), query.get("type"))
        lang = query.get("lang") if query.get("lang") != "und" else None
        for shown in (kind, None):
            mention = Mention(query["q"], type=shown, lang=lang)
            form = analyse(mention.text, lang)
            if form is None:
                continue
            best: dict[str, tuple[float, dict[str, float]]] = {}
            for pair, _ in resolver._compare(mention, form):
                seen = findings(pair)
                kind = pair.entry.entity.type
                values = {f"{name}.{k}": v for name, finding in seen for k, v in finding.values.items()}
                values |= {f"{key}@{kind}": v for key, v in values.items() if key not in FIXED}
                values[f"none@{kind}"] = 1.0
                bits = bits_of(seen, policy.by_type[kind])
                if pair.entry.entity.id not in best or bits > best[pair.entry.entity.id][0]:
                    best[pair.entry.entity.id] = (bits, values)
            ids = sorted(best)
            right = ids.index(query["expected"]) if query["expected"] in best else -1
            if query["expected"] is not None and right < 0:
                continue  # not reachable: teaches nothing about weights
            found.append((query["q"], right, [best[i][1] for i in ids]))
    return found


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
            f1 = 2 * right / (len(linked) + known)
            part = f"  >={accept}: P {right / max(1, len(linked)):.3f} R {right / known:.3f} F1 {f1:.3f}"
            part += f" FPR {wrong_nil / max(1, len(self.right) - known):.3f}\n"
            line += part
            best = max(best, f1)
        return line


_BOUNDS = {1: (0.0, None), -1: (None, 0.0)}
_AGREE = ("words_in_common", "acronym", "names_held", "spelling.identical", "spelling.same_letters", "spelling.ratio")
_AGAINST = ("words_missing", "loose_word", "given_name", "surname", "twin", "gender", "generic", "kind_word", "demonym")


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
    args = parser.parse_args()
    rng = random.Random(1)  # noqa: S311 (a sample, no secret)
    by_set = {folder.name: examples(folder, args.sample, rng) for folder in args.sets}
    for folder in args.sets:
        if folder.name in args.primary:
            by_set[f"{folder.name}, primary names"] = examples(folder, args.sample, rng, primary_only=True)
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
