"""The audit of `seeds/` with the bundled registry, byte for byte as in `golden/`: any change of a decision shows there.

If a change is meant, read the difference and keep it: `pytest tests/test_golden.py --update-golden`, then `git diff`.
"""

import json
from pathlib import Path

import pytest

from resolver import Resolver
from resolver.audit import read_occurrences, write_audit
from resolver.corpus import read_corpus
from resolver.review import build_queue, load_queue, save_queue

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
OF_THE_VERSION = ("version", "registry", "accept", "review")  # they change though no decision does


@pytest.fixture(scope="module")
def bundled() -> Resolver:
    return Resolver.load()


@pytest.fixture
def audit(bundled: Resolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a new audit of the seeds, with its queue, as the command line writes it."""
    return write(bundled, tmp_path / "audit", monkeypatch)


def write(resolver: Resolver, folder: Path, monkeypatch: pytest.MonkeyPatch, *, workers: int = 1) -> Path:
    """Audit the seeds; documents are named by their path from the root of the project."""
    monkeypatch.chdir(ROOT)
    write_audit(folder, read_corpus(["seeds"]), resolver, workers=workers)
    save_queue(build_queue(read_occurrences(folder), resolver.registry), folder / "queue.jsonl")
    return folder


def report_of(folder: Path) -> str:
    """The report without what changes with the version."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return json.dumps({k: v for k, v in report.items() if k not in OF_THE_VERSION}, ensure_ascii=False, indent=1) + "\n"


def queue_of(folder: Path) -> str:
    """The queue as it is on disk."""
    return (folder / "queue.jsonl").read_text(encoding="utf-8")


def golden(name: str, text: str, *, update: bool) -> str:
    """The text of a golden file, which is rewritten first if asked for."""
    if update:
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
    return (GOLDEN / name).read_bytes().decode()


def test_report_is_golden(audit: Path, update_golden: bool) -> None:
    """Who is named in the seeds, under which spellings, and who is not known."""
    report = report_of(audit)

    assert golden("seeds_audit.json", report, update=update_golden) == report


def test_queue_is_golden(audit: Path, update_golden: bool) -> None:
    """What a curator is asked about the seeds."""
    queue = queue_of(audit)

    assert golden("seeds_queue.jsonl", queue, update=update_golden) == queue


def test_two_workers_find_the_same(
    bundled: Resolver, audit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte: report, mentions and queue."""
    other = write(bundled, tmp_path / "other", monkeypatch, workers=2)

    for name in ("report.json", "mentions.jsonl", "queue.jsonl"):
        assert (other / name).read_bytes() == (audit / name).read_bytes(), name


def test_queue_on_disk_is_the_queue(bundled: Resolver, audit: Path, tmp_path: Path) -> None:
    """Read back from both of its formats it is the same."""
    queue = build_queue(read_occurrences(audit), bundled.registry)
    save_queue(queue, tmp_path / "queue.yaml")

    assert list(load_queue(tmp_path / "queue.yaml")) == list(queue)
    assert list(load_queue(audit / "queue.jsonl")) == list(queue)
