"""Tests of resolver.audit: counting, order, any number of workers, and what is left on disk."""

import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import pytest

from resolver.audit import (
    MENTIONS,
    REPORT,
    Annotated,
    Annotator,
    Counts,
    DocumentRow,
    EntityRow,
    Recorder,
    annotate_corpus,
    annotate_document,
    audit,
    document_row,
    parallel,
    read_occurrences,
    report_json,
    write_audit,
    write_gathered,
)
from resolver.audit.annotate import LOST, SENTENCE, digest_of, near, sentence_around, why
from resolver.audit.parallel import map_in_order
from resolver.audit.rows import IN_MEMORY, Rows
from resolver.audit.writing import JOURNAL
from resolver.corpus import Document, Unreadable
from resolver.decision import Policy
from resolver.errors import CorpusError, Problem, RegistryError
from resolver.files import held
from resolver.mentions.segments import sentences
from resolver.model import Alias, Candidate, Entity, Evidence, Mention, Occurrence, Resolution
from resolver.pipeline import Resolver
from resolver.registry import Registry

BRECHALOV = Entity("person:aleksandr-brechalov", "Aleksandr Brechalov", "person")
KUPOL = Entity("organization:kupol", "Kupol", "organization", (Alias("Купол", lang="ru"),))
DOCUMENTS = (
    Document("1.txt", "Aleksandr Brechalov visited the Kupol plant. Kupol is in Izhevsk.", "en"),
    Unreadable("2.txt", "binary file, not text"),
    Document("3.txt", "Nothing to see here."),
    Document("4.txt", "The governor, Aleksandr\nBrechalov, met Anya Petrova at Kupol. Anya Petrova left."),
)


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(Registry.from_entities([BRECHALOV, KUPOL]))


def corpus(size: int) -> Iterator[Document | Unreadable]:
    """A larger corpus: the same documents, again and again, each with a different number."""
    for number in range(size):
        document = DOCUMENTS[number % len(DOCUMENTS)]
        if isinstance(document, Document):
            yield Document(f"{number}-{document.id}", f"{document.text} Number {number}.", document.lang)
        else:
            yield Unreadable(f"{number}-{document.id}", document.reason)


# ------------------------------------------------------------------------------------------------- one document


def test_occurrence_holds_its_place_its_sentence_and_its_entity(resolver: Resolver) -> None:
    """All that a curator needs to judge it, with offsets into the text of the document."""
    document = DOCUMENTS[0]
    assert isinstance(document, Document)
    result = annotate_document(document, resolver)

    assert isinstance(result, Annotated)
    found = result.occurrences[0]
    assert (found.document, found.start, found.end, found.text) == ("1.txt", 0, 19, "Aleksandr Brechalov")
    assert (found.status, found.entity_id, found.type, found.lang) == ("resolved", BRECHALOV.id, "person", "en")
    assert (found.sentence, found.sentence_start) == ("Aleksandr Brechalov visited the Kupol plant.", 0)
    assert found.candidates[0][:2] == (BRECHALOV.id, found.score)


def test_offsets_point_into_the_document(resolver: Resolver) -> None:
    """Mention and sentence are slices of the text, in text order."""
    for document in DOCUMENTS:
        if isinstance(document, Document):
            result = annotate_document(document, resolver)
            assert isinstance(result, Annotated)
            starts = [found.start for found in result.occurrences]
            assert starts == sorted(starts)
            for found in result.occurrences:
                assert document.text[found.start : found.end] == found.text
                assert document.text[found.sentence_start :].startswith(found.sentence)
                assert found.text in found.sentence


def test_document_that_the_resolver_refuses_is_listed() -> None:
    """An error of the package on one document is its reason; the next document is read."""

    class Refusing(Resolver):
        def annotate(self, text: str, *args: object, **options: object) -> list[object]:  # type: ignore[override]
            raise RegistryError([Problem("aliases/people.yaml", 3, "gone")])

    refusing = Refusing(Registry.from_entities([KUPOL]))

    assert annotate_document(Document("a", "Kupol"), refusing) == Unreadable("a", "aliases/people.yaml:3: gone")


@pytest.mark.parametrize(
    ("text", "mention", "sentence"),
    [
        ("It rained. Brechalov spoke. Nobody came.", "Brechalov", "Brechalov spoke."),
        ("Heading\nBrechalov spoke", "Brechalov", "Brechalov spoke"),
        ("He met A. V. Brechalov. Then he left.", "Brechalov", "He met A. V. Brechalov."),
        ("Aleksandr\nBrechalov spoke. Nobody came.", "Aleksandr\nBrechalov", "Aleksandr\nBrechalov"),
        ("Brechalov", "Brechalov", "Brechalov"),
    ],
)
def test_sentence_around(text: str, mention: str, sentence: str) -> None:
    """The sentence of the mention, and no other; a mention across lines is never cut."""
    start = text.index(mention)
    first, last = sentence_around(text, sentences(text), start, start + len(mention))

    assert text[first:last] == sentence


@pytest.mark.parametrize("filler", ["word ", "x", "слово "])
def test_long_sentence_is_cut_around_the_mention(filler: str) -> None:
    """At words where there are any, and never longer than the bound."""
    text = filler * 2000 + " Brechalov " + filler * 2000
    start = text.index("Brechalov")
    first, last = sentence_around(text, sentences(text), start, start + 9)

    assert first <= start < start + 9 <= last
    assert last - first <= SENTENCE
    assert filler == "x" or text[first - 1] == text[last] == " "


def test_why_names_the_contradiction_before_anything_else() -> None:
    """A veto decides, however much agrees."""
    agree = Evidence("tokens", "agree", 20.0, "same surname")
    veto = Evidence("given_name", "contradict", -3.0, "Igor is not Aleksandr")

    assert why(Candidate(BRECHALOV, Alias("x"), 0.6, (agree, veto))) == "Igor is not Aleksandr"
    assert why(Candidate(BRECHALOV, Alias("x"), 0.6, (agree,))) == "same surname"
    assert why(Candidate(BRECHALOV, Alias("x"), 0.6, ())) == ""


def test_why_tells_what_agrees_and_what_speaks_against_it() -> None:
    """Both sides of the case, but not what says nothing of the two names."""
    evidence = (
        Evidence("none", "absent", -13.0, "most names that look alike mean someone else"),
        Evidence("words_in_common", "agree", 8.0, "Tor"),
        Evidence("names_held", "agree", 3.0, "6 names known"),
        Evidence("number", "absent", -2.0, "number M2E only in the registry"),
        Evidence("context", "absent", -1.0, "no cue"),
    )

    assert why(Candidate(BRECHALOV, Alias("x"), 0.1, evidence)) == "Tor; but number M2E only in the registry"


def test_only_candidates_that_are_near_are_kept() -> None:
    """A shared given name is no reason to look; the best is kept longer, as the reason speaks of it."""
    scores = [0.02, 0.2, 0.06, 0.04, 0.001]

    def kept(*scores: float) -> list[float]:
        candidates = tuple(Candidate(BRECHALOV, Alias("x"), score, ()) for score in scores)
        return [candidate.score for candidate in near(Resolution(Mention("x"), "unresolved", candidates, ""))]

    assert kept(*sorted(scores, reverse=True)) == [0.2, 0.06]
    assert kept(0.02, 0.01) == [0.02]
    assert kept(0.001) == []
    assert kept() == []


# ------------------------------------------------------------------------------------------------- the report


def test_report_counts_documents_entities_and_spellings(resolver: Resolver) -> None:
    """Mentions, documents and spellings of an entity; a line break inside a name is no other spelling."""
    report = audit(DOCUMENTS, resolver)

    assert [row.id for row in report.documents] == ["1.txt", "3.txt", "4.txt"]
    assert report.unreadable == (Unreadable("2.txt", "binary file, not text"),)
    assert report.documents[1] == DocumentRow("3.txt", 0, 0, 0, 0, digest_of(DOCUMENTS[2]))
    assert EntityRow(BRECHALOV.id, BRECHALOV.name, "person", 2, 2, (("Aleksandr Brechalov", 2),)) in report.entities
    kupol = next(row for row in report.entities if row.id == KUPOL.id)
    assert (kupol.count, kupol.documents) == (3, 2)


def test_report_lists_names_without_an_entity(resolver: Resolver) -> None:
    """Each once, with its count, its documents and a reason."""
    report = audit(DOCUMENTS, resolver)
    petrova = next(row for row in report.unresolved if row.text == "Anya Petrova")

    assert (petrova.count, petrova.documents) == (2, 1)
    assert petrova.reason


def test_totals_and_coverage_add_up(resolver: Resolver) -> None:
    """Every mention is counted once, by its status."""
    report = audit(DOCUMENTS, resolver)

    assert sum(report.totals.values()) == report.mentions
    assert report.totals["resolved"] == sum(row.count for row in report.entities)
    assert report.totals["unresolved"] == sum(row.count for row in report.unresolved)
    assert report.coverage == report.totals["resolved"] / report.mentions


def test_coverage_of_nothing_is_none(resolver: Resolver) -> None:
    """Without mentions there is no share."""
    assert audit([], resolver).coverage is None


def test_report_says_what_it_was_made_with(resolver: Resolver) -> None:
    """Version, registry and thresholds: the same with the same corpus give the same report."""
    report = audit([], resolver)

    assert report.registry == resolver.registry.fingerprint
    assert (report.accept, report.review) == (resolver.policy.accept, resolver.policy.review)
    assert report.version


# ------------------------------------------------------------------------------------------------- workers


def test_names_that_a_document_gives_are_the_ones_that_are_audited(resolver: Resolver) -> None:
    """Those that another program found, and no others."""
    result = annotate_document(Document("a", "Moscow, Kupol, Kupol", None, ((8, 13),)), resolver)

    assert isinstance(result, Annotated)
    assert [(one.text, one.entity_id) for one in result.occurrences] == [("Kupol", KUPOL.id)]


@pytest.fixture(params=multiprocessing.get_all_start_methods())
def start_method(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each way in which this system can start a process."""
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method(request.param, force=True)
    yield request.param
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.usefixtures("start_method")
def test_order_does_not_depend_on_the_number_of_workers(resolver: Resolver) -> None:
    """Results come in corpus order, whoever was fastest."""
    expected = list(annotate_corpus(corpus(50), resolver))

    assert list(annotate_corpus(corpus(50), resolver, workers=2)) == expected


def test_corpus_is_read_only_a_little_ahead(resolver: Resolver) -> None:
    """Memory stays bounded however large the corpus is."""
    read: list[str] = []

    def counted() -> Iterable[Document | Unreadable]:
        for document in corpus(10_000):
            read.append(document.id)
            yield document

    results = annotate_corpus(counted(), resolver, workers=2)

    assert len(list(islice(results, 3))) == 3
    assert len(read) < 2_000


def test_error_of_a_corpus_reaches_the_caller(resolver: Resolver) -> None:
    """Also when workers are busy."""

    def broken() -> Iterator[Document | Unreadable]:
        yield from corpus(20)
        raise CorpusError("the disk is gone")

    with pytest.raises(CorpusError, match="the disk is gone"):
        list(annotate_corpus(broken(), resolver, workers=2))


def test_heavy_items_are_read_less_far_ahead() -> None:
    """Ten books under way are not ten notes."""
    read: list[int] = []

    def counted() -> Iterator[int]:
        for number in range(100):
            read.append(number)
            yield number

    results = map_in_order(abs, counted(), workers=4, weight=lambda number: 400, batch=8)

    assert list(islice(results, 50)) == list(range(50))
    assert len(read) <= 53


AUDIT_THAT_WAITS = """
import os, time
from resolver.audit.parallel import map_in_order

def work(number):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(0.1)

list(map_in_order(work, range(10_000), workers=2, batch=1))
"""


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_workers_end_with_a_parent_that_was_killed() -> None:
    """It cannot tell them any more; they must not stay for ever with all their memory."""
    workers: set[int] = set()
    with subprocess.Popen([sys.executable, "-c", AUDIT_THAT_WAITS], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        while len(workers) < 2:
            workers.add(int(parent.stdout.readline()))
        parent.kill()
    deadline = time.monotonic() + 30
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not any(map(is_running, workers))


@pytest.mark.skipif(os.name != "posix", reason="a signal as POSIX has it")
def test_workers_leave_ctrl_c_to_their_parent() -> None:
    """A terminal sends it to all of them: who dies of it would be replaced, or say so in the midst of what is said."""
    workers: set[int] = set()
    with subprocess.Popen([sys.executable, "-c", AUDIT_THAT_WAITS], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        while len(workers) < 2:
            workers.add(int(parent.stdout.readline()))
        for worker in workers:
            os.kill(worker, signal.SIGINT)
        later = {int(parent.stdout.readline()) for _ in range(8)}
        parent.kill()

    assert later <= workers


DEATH_IN_A_MESSAGE = """
import os, signal, struct
from resolver.audit.parallel import _Process

process = _Process(abs)
process.receive()
os.write(1, b"%d\\n" % process._process.pid)
os.write(process.connection.fileno(), struct.pack("!i", 1000) + b"half of it")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_worker_ends_with_a_parent_that_was_killed_in_the_middle_of_a_message() -> None:
    """It would wait for the rest for ever, and hold the journal of the audit."""
    code = subprocess.run([sys.executable, "-c", DEATH_IN_A_MESSAGE], stdout=subprocess.PIPE, text=True, timeout=60)
    deadline = time.monotonic() + 30
    while is_running(int(code.stdout)) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert not is_running(int(code.stdout))


class Dying(Resolver):
    """A resolver whose process dies at a text, always or until a file is there."""

    def __init__(self, registry: Registry, way: str, once: Path | None = None) -> None:
        super().__init__(registry)
        self.parent, self.way, self.once = os.getpid(), way, once

    def annotate(self, text: str, *args: object, **options: object) -> list[Resolution]:  # type: ignore[override]
        """Die, or annotate."""
        if "deadly" in text and os.getpid() != self.parent and not (self.once and self.once.exists()):
            if self.once:
                self.once.touch()
            if self.way == "memory":
                raise MemoryError
            os.kill(os.getpid(), signal.SIGKILL) if self.way == "kill" else os._exit(3)
        return super().annotate(text, *args, **options)  # type: ignore[arg-type]


@pytest.fixture
def forking() -> Iterator[None]:
    """Processes that share what the test has made."""
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("a process cannot be forked here")
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method("fork", force=True)
    yield
    multiprocessing.set_start_method(before, force=True)


def end_badly(_: object) -> None:
    """As Ctrl-C does."""
    raise KeyboardInterrupt


def many(*deadly: int) -> list[Document | Unreadable]:
    """Documents in several batches, some of them deadly."""
    filler = "Nothing happened on that day. " * 60
    return [
        Document(f"{number:03}.txt", f"Kupol. {'A deadly text.' if number in deadly else filler}")
        for number in range(60)
    ]


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("way", ["kill", "exit", "memory"])
@pytest.mark.parametrize("deadly", [(0,), (59,), (7, 8, 31)], ids=str)
def test_a_document_that_kills_its_process_is_listed(
    tmp_path: Path, resolver: Resolver, way: str, deadly: tuple[int, ...]
) -> None:
    """And all others are done, each once and in order, as if it had been unreadable."""
    documents = many(*deadly)
    lost = [Unreadable(item.id, LOST) if n in deadly else item for n, item in enumerate(documents)]
    write_audit(tmp_path / "expected", lost, resolver)
    report = write_audit(tmp_path / "found", documents, Dying(resolver.registry, way), workers=2)

    assert content(tmp_path / "found") == content(tmp_path / "expected")
    assert [row.id for row in report.unreadable] == [f"{number:03}.txt" for number in deadly]


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("way", ["kill", "memory"])
def test_a_process_that_dies_once_does_not_show(tmp_path: Path, resolver: Resolver, way: str) -> None:
    """Its documents are done again."""
    write_audit(tmp_path / "expected", many(7), resolver)
    write_audit(tmp_path / "found", many(7), Dying(resolver.registry, way, tmp_path / "died"), workers=2)

    assert (tmp_path / "died").exists()
    assert content(tmp_path / "found") == content(tmp_path / "expected")


@pytest.mark.usefixtures("forking")
def test_a_resumed_run_does_not_try_a_lost_document_again(tmp_path: Path, resolver: Resolver) -> None:
    """The journal has it, and what follows it."""
    dying = Dying(resolver.registry, "kill")
    write_audit(tmp_path / "whole", many(3), dying, workers=2)
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path / "cut", many(3), dying, workers=2, finish=end_badly)
    journal = tmp_path / "cut" / JOURNAL
    os.truncate(journal, journal.stat().st_size * 2 // 3)
    write_audit(tmp_path / "cut", many(3), resolver, resume=True)

    assert content(tmp_path / "cut") == content(tmp_path / "whole")


@pytest.mark.usefixtures("forking")
def test_work_that_nobody_can_do_without_is_an_error() -> None:
    """Without `lost` nothing may be left out."""

    def work(number: int) -> int:
        if number == 5:
            os._exit(1)
        return number

    with pytest.raises(CorpusError, match="a worker process was killed, perhaps out of memory; try fewer workers"):
        list(map_in_order(work, range(20), workers=2))


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize(("deaths", "is_done"), [(1, True), (3, True), (9, False)])
def test_a_process_may_die_before_it_is_ready(
    deaths: int, is_done: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By chance, and no item is to blame; if one after the other does, something is wrong, and nobody waits."""
    log, serve = tmp_path / "deaths", parallel._serve

    def die_first(*arguments: object) -> None:
        with log.open("ab", buffering=0) as file:
            file.write(b"x")
            number = file.tell()
        if number <= deaths:
            os._exit(1)
        serve(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(parallel, "_serve", die_first)
    if is_done:
        assert list(map_in_order(abs, range(100), workers=2, batch=1)) == list(range(100))
    else:
        with pytest.raises(CorpusError, match="a worker process cannot start, perhaps out of memory"):
            list(map_in_order(abs, range(100), workers=2))


@pytest.mark.usefixtures("forking")
def test_an_error_of_the_work_reaches_the_caller_in_its_turn() -> None:
    """After the results before it; it is no death."""

    def work(number: int) -> int:
        if number == 50:
            raise ValueError("fifty")
        return number

    found = []
    with pytest.raises(ValueError, match="fifty"):
        found.extend(map_in_order(work, range(100), workers=2, batch=10))
    results = map_in_order(work, range(100), workers=2, batch=10)
    assert list(islice(results, 50)) == list(range(50))


# ------------------------------------------------------------------------------------------------- rows


@pytest.mark.parametrize("size", [0, 3, 3 * IN_MEMORY // 100], ids=["none", "few", "more than stay in memory"])
def test_rows_are_the_sequence_that_was_appended(size: int) -> None:
    """Wherever they are kept, and also if rows come after the first reading."""
    expected = [Unreadable(f"{number}.txt", "half of a pair \ud800" * 5) for number in range(size)]
    rows = Rows(Unreadable, ["id", "reason"])
    for number, row in enumerate(expected):
        assert len(rows) == number
        rows.append(row)

    assert list(rows) == list(rows) == expected
    assert rows == tuple(expected)
    assert rows != [*expected, Unreadable("more.txt", "")]
    for part in (slice(2), slice(1, None, 2), slice(None, None, -1), slice(-1, 0, -2), slice(5, 2)):
        assert rows[part] == tuple(expected[part])
    if size:
        assert (rows[0], rows[-1]) == (expected[0], expected[-1])
    with pytest.raises(IndexError):
        rows[size]


# ------------------------------------------------------------------------------------------------- on disk


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_processes_that_have_just_started_can_be_ended() -> None:
    """Nothing is left to do: no signal is lost between their start and their first line, as SIGTERM was."""
    code = """
import signal, sys
from resolver.audit.parallel import map_in_order
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as the command has it
for _ in range(100):
    assert list(map_in_order(abs, [], workers=2)) == []
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_files_are_the_same_for_any_number_of_workers(tmp_path: Path, resolver: Resolver) -> None:
    """Byte for byte, and nothing else is left behind."""
    for workers in (1, 2):
        write_audit(tmp_path / str(workers), corpus(40), resolver, workers=workers)

    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert list(content(tmp_path / "1")) == [MENTIONS, REPORT]


@pytest.mark.parametrize("parts", [1, 2, 5, 40])
def test_files_are_the_same_when_parts_are_counted_elsewhere(tmp_path: Path, resolver: Resolver, parts: int) -> None:
    """Each part counts for itself; the counts are merged in the order of the corpus, the lines follow each other."""
    write_audit(tmp_path / "whole", corpus(40), resolver)
    documents, record = list(corpus(40)), Recorder(Annotator(resolver))
    counts = Counts()
    rows: list[tuple[DocumentRow | Unreadable, bytes]] = []
    for part in range(parts):
        own = Counts()
        for document in documents[part * 40 // parts : (part + 1) * 40 // parts]:
            result = record(document).result
            if isinstance(result, Annotated):
                own.add(result)
            row = result if isinstance(result, Unreadable) else document_row(result)
            rows.append((row, record(document).mentions))
        for key, value in own.parts():
            counts.merge(key, value)

    write_gathered(tmp_path / "parts", rows, counts, resolver)

    for name in (MENTIONS, REPORT):
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_of_equal_scores_the_first_place_is_shown() -> None:
    """Merged counts keep that of the part that came first."""
    parts = []
    for document, reason, score in [("a", "first", 0.2), ("b", "second", 0.2), ("c", "best", 0.3)]:
        counts = Counts()
        occurrence = Occurrence(document, 0, 3, "Tor", "Tor", 0, "unresolved", None, score, reason)
        counts.add(Annotated(document, (occurrence,)))
        parts += counts.parts()
    two, three = Counts(), Counts()
    for key, part in parts[:2]:
        two.merge(key, part)
    for key, part in parts:
        three.merge(key, part)

    assert [(row.reason, row.count, row.documents) for row in two.name_rows("unresolved")] == [("first", 2, 2)]
    assert [(row.reason, row.count) for row in three.name_rows("unresolved")] == [("best", 3)]


def test_occurrences_read_back(tmp_path: Path, resolver: Resolver) -> None:
    """What the review reads is what the audit found."""
    write_audit(tmp_path, DOCUMENTS, resolver)
    results = annotate_corpus(DOCUMENTS, resolver)
    expected = [found for result in results if isinstance(result, Annotated) for found in result.occurrences]

    assert list(read_occurrences(tmp_path)) == list(read_occurrences(tmp_path / MENTIONS)) == expected


def test_report_is_written_as_json(tmp_path: Path, resolver: Resolver) -> None:
    """With totals and coverage, for programs."""
    report = write_audit(tmp_path, DOCUMENTS, resolver)

    assert (tmp_path / REPORT).read_text(encoding="utf-8") == report_json(report)
    data = json.loads(report_json(report))
    assert data["totals"]["mentions"] == report.mentions
    assert data["coverage"] == report.coverage
    assert report == audit(DOCUMENTS, resolver)


def test_progress_hears_of_every_document_once(tmp_path: Path, resolver: Resolver) -> None:
    """In corpus order, the unreadable ones included."""
    heard: list[str] = []
    write_audit(tmp_path, DOCUMENTS, resolver, progress=heard.append)

    assert heard == ["1.txt", "2.txt", "3.txt", "4.txt"]


def test_half_of_a_surrogate_pair_is_written_as_an_escape(tmp_path: Path, resolver: Resolver) -> None:
    """A document made by a program may hold what UTF-8 cannot."""
    document = Document("a\ud800", "Kupol is \ud800 here.")
    report = write_audit(tmp_path, [document], resolver)

    assert report.documents[0].id == "a\ud800"
    assert next(read_occurrences(tmp_path)).document == "a\ud800"


def interrupted(documents: Iterable[Document | Unreadable], after: int) -> Iterator[Document | Unreadable]:
    """The first documents, and then the end of the run."""
    yield from islice(documents, after)
    raise KeyboardInterrupt


def test_killed_run_leaves_the_earlier_files_alone(tmp_path: Path, resolver: Resolver) -> None:
    """Only a complete audit takes the final names."""
    write_audit(tmp_path, corpus(4), resolver)
    before = content(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path, interrupted(corpus(40), 20), resolver)

    after = content(tmp_path)
    assert after.pop(JOURNAL)
    assert after == before


@pytest.mark.parametrize("damage", [b"", b'{"digest": "0", "docu', b"\0\0\0\n"])
def test_resumed_run_gives_the_same_files_without_doing_the_work_again(
    tmp_path: Path, resolver: Resolver, damage: bytes
) -> None:
    """The journal is taken up after its last complete line."""
    write_audit(tmp_path / "whole", corpus(40), resolver)
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path / "cut", interrupted(corpus(40), 20), resolver)
    with (tmp_path / "cut" / JOURNAL).open("ab") as journal:
        journal.write(damage)
    annotated: list[str] = []

    class Watched(Resolver):
        def annotate(self, text: str, *args: object, **options: object) -> list[object]:  # type: ignore[override]
            annotated.append(text)
            return super().annotate(text, **options)  # type: ignore[arg-type, return-value]

    write_audit(tmp_path / "cut", corpus(40), Watched(resolver.registry), resume=True)

    assert content(tmp_path / "cut") == content(tmp_path / "whole")
    assert annotated == [document.text for document in islice(corpus(40), 20, 40) if isinstance(document, Document)]


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("workers", [1, 2])
def test_journal_may_end_anywhere(tmp_path: Path, resolver: Resolver, kept: float, workers: int) -> None:
    """Also between two mentions of a document, or in the middle of one."""
    write_audit(tmp_path / "whole", corpus(40), resolver)
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path / "cut", interrupted(corpus(40), 20), resolver)
    journal = tmp_path / "cut" / JOURNAL
    os.truncate(journal, int(journal.stat().st_size * kept))
    write_audit(tmp_path / "cut", corpus(40), resolver, resume=True, workers=workers)

    assert content(tmp_path / "cut") == content(tmp_path / "whole")


@pytest.mark.parametrize(
    ("found", "damage"),
    [
        (rb'"mentions": [1-9]', b'"mentions": -1'),
        (rb'"mentions": [1-9]', b'"mentions": ' + b"[" * 3000),
        (rb'"text": "\w+', b'"text": [], "note": "'),
        (rb'"start": \d+', b'"start": []'),
    ],
    ids=["fewer than none", "nested brackets", "more than there is", "a number that is none"],
)
def test_what_is_damaged_in_the_journal_is_done_again(
    tmp_path: Path, resolver: Resolver, found: bytes, damage: bytes
) -> None:
    """With what follows it."""
    write_audit(tmp_path / "whole", corpus(40), resolver)
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path / "cut", interrupted(corpus(40), 20), resolver)
    journal = tmp_path / "cut" / JOURNAL
    before = journal.read_bytes()
    journal.write_bytes(re.sub(found, damage, before, count=1))
    assert journal.read_bytes() != before
    write_audit(tmp_path / "cut", corpus(40), resolver, resume=True)

    assert content(tmp_path / "cut") == content(tmp_path / "whole")


def test_every_occurrence_is_told_also_by_a_resumed_run(tmp_path: Path, resolver: Resolver) -> None:
    """Whoever listens misses nothing, and hears nothing twice."""
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path, interrupted(corpus(40), 20), resolver)
    heard: list[Occurrence] = []
    write_audit(tmp_path, corpus(40), resolver, resume=True, found=heard.append)

    assert heard == list(read_occurrences(tmp_path))


def test_resumed_run_does_changed_documents_again(tmp_path: Path, resolver: Resolver) -> None:
    """What follows a changed document in the journal is not trusted either."""
    changed = [Document("new.txt", "Kupol.") if index == 5 else item for index, item in enumerate(corpus(20))]
    write_audit(tmp_path / "whole", changed, resolver)
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path / "cut", interrupted(corpus(40), 20), resolver)
    write_audit(tmp_path / "cut", changed, resolver, resume=True)

    assert content(tmp_path / "cut") == content(tmp_path / "whole")


@pytest.mark.parametrize(
    "other",
    [
        Resolver(Registry.from_entities([KUPOL])),
        Resolver(Registry.from_entities([BRECHALOV, KUPOL]), policy=Policy(accept=0.99)),
    ],
    ids=["registry", "policy"],
)
def test_resumed_run_begins_anew_under_other_conditions(tmp_path: Path, resolver: Resolver, other: Resolver) -> None:
    """A result of another registry or policy is no result."""
    write_audit(tmp_path / "whole", corpus(20), other)
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path / "cut", interrupted(corpus(20), 10), resolver)
    write_audit(tmp_path / "cut", corpus(20), other, resume=True)

    assert content(tmp_path / "cut") == content(tmp_path / "whole")


def test_run_that_is_not_resumed_begins_anew(tmp_path: Path, resolver: Resolver) -> None:
    """The journal of a killed run is no trap."""
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path / "cut", interrupted(corpus(20), 10), resolver)
    write_audit(tmp_path / "cut", DOCUMENTS, resolver)
    write_audit(tmp_path / "whole", DOCUMENTS, resolver)

    assert content(tmp_path / "cut") == content(tmp_path / "whole")


def test_two_audits_of_one_folder_do_not_mix(tmp_path: Path, resolver: Resolver) -> None:
    """The second is told so, and the first does not notice."""
    write_audit(tmp_path / "whole", corpus(20), resolver)

    def with_another() -> Iterator[Document | Unreadable]:
        yield from islice(corpus(20), 10)
        with pytest.raises(CorpusError, match="another audit writes there at this moment"):
            write_audit(tmp_path / "out", corpus(3), resolver)
        yield from islice(corpus(20), 10, None)

    write_audit(tmp_path / "out", with_another(), resolver)

    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_a_run_that_ends_badly_at_its_end_can_be_resumed(tmp_path: Path, resolver: Resolver) -> None:
    """The journal stays until all that is made of the report is there."""
    write_audit(tmp_path / "whole", corpus(20), resolver)
    with pytest.raises(KeyboardInterrupt):
        write_audit(tmp_path / "out", corpus(20), resolver, finish=end_badly)
    assert JOURNAL in content(tmp_path / "out")
    write_audit(tmp_path / "out", corpus(20), Dying(resolver.registry, "exit"), resume=True)

    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_what_a_killed_run_left_goes(tmp_path: Path, resolver: Resolver) -> None:
    """A temporary file of any of the outputs; what is not ours stays."""
    for name in (".queue.yaml.0123456789ab.tmp", ".report.html.0123456789ab.tmp", "mine.tmp"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    write_audit(tmp_path, corpus(4), resolver)

    assert list(content(tmp_path)) == ["mentions.jsonl", "mine.tmp", "report.json"]


def test_what_is_left_of_a_killed_run_is_waited_for(
    tmp_path: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its processes hold the journal a moment longer than it lived."""
    fcntl = pytest.importorskip("fcntl")
    flock = fcntl.flock
    with ExitStack() as others:
        others.enter_context(held(tmp_path / JOURNAL))

        def lock(*arguments: object) -> None:
            try:
                flock(*arguments)
            except BlockingIOError:
                others.close()
                raise

        monkeypatch.setattr(fcntl, "flock", lock)
        write_audit(tmp_path, corpus(4), resolver)

    assert list(content(tmp_path)) == ["mentions.jsonl", "report.json"]


def test_output_folder_that_is_a_file_is_an_error(tmp_path: Path, resolver: Resolver) -> None:
    """Before any document is read."""
    (tmp_path / "out").write_text("mine", encoding="utf-8")

    with pytest.raises(CorpusError, match="out: is a file; name a folder"):
        write_audit(tmp_path / "out", corpus(4), resolver)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("blocked", [JOURNAL, MENTIONS, REPORT])
def test_output_that_cannot_be_written_is_an_error(tmp_path: Path, resolver: Resolver, blocked: str) -> None:
    """A folder in the place of a file stands for all that may be wrong with permissions and disks."""
    (tmp_path / blocked / "x").mkdir(parents=True)

    with pytest.raises(CorpusError, match="cannot write the audit there"):
        write_audit(tmp_path, corpus(4), resolver)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (None, "run `resolver audit` with this output folder first"),
        ("{", "mentions.jsonl:1: not a line of an audit"),
        ("[]", "mentions.jsonl:1: not a line of an audit"),
        ('{"text": "Kupol"}', "mentions.jsonl:1: not a line of an audit"),
        ('{"candidates": [], "unknown": 1}', "mentions.jsonl:1: not a line of an audit"),
        ('{"candidates": [["x"]]}', "mentions.jsonl:1: not a line of an audit"),
    ],
)
def test_what_is_no_audit_cannot_be_read(tmp_path: Path, line: str | None, message: str) -> None:
    """The line is named, and what to do."""
    if line is not None:
        (tmp_path / MENTIONS).write_text(line, encoding="utf-8")

    with pytest.raises(CorpusError, match=message):
        list(read_occurrences(tmp_path))
