"""Whatever comes from outside is taken or refused, soon and in little memory. `tests/soak` tries it longer."""

import random
import time
from pathlib import Path

import pytest
from fuzzing.mutation import LONGEST, Mutator
from fuzzing.nasty import KINDS
from fuzzing.pages import ask_page, ask_service
from fuzzing.running import Tally, fuzz, judge, repeat, seconds_for
from fuzzing.targets import TARGETS, WrongAnswerError

from resolver.corpus.documents import SPAN_LENGTH
from resolver.errors import CorpusError

RUNS = 300  # inputs for each unit of weight: some 100,000 altogether
SEED = 1

# Inputs that once raised something else than an error of the project, each beside what was mended.
MENDED: dict[str, tuple[str, bytes]] = {
    "a reference of thousands of digits": ("corpus .html", b"<p>&#" + b"9" * 5000 + b";</p>"),
    "a reference of thousands of hexadecimal digits": ("corpus .html", b"<p>&#x" + b"f" * 5000 + b";</p>"),
    "an old line end in the header of a table": ("corpus .csv", b"id;\rtext\n1;a\n"),
    "an old line end in the header of a table with tabs": ("corpus .tsv", b"id\t\rtext\n1\ta\n"),
    "an old line end in the second line of a header": ("corpus .csv", b'id,text,"\n"a\rb\n1,a,b\n'),
    "a key that is a list": ("registry", b"- id: p:a\n  type: person\n  name: A\n  aliases:\n  - [a]: b\n"),
    "a phrase whose key is a list": ("blocked.yaml", b"- ? [a]\n  : b\n"),
    "settings with nested brackets": ("settings", b"aliases = " + b"[" * 3000),
    "settings with a number of thousands of digits": ("settings", b"[audit]\nworkers = " + b"9" * 5000),
    "a decision whose id is no text": (
        "ledger",
        b'{"id": {}, "application": "a", "on": "2025-07-01", "by": "a", "item": {"key": "a", "name": "A", '
        b'"status": "unresolved", "count": 1, "documents": 1, "variants": {"A": 1}}, "additions": []}\n',
    ),
    "an addition without a name": (
        "ledger",
        b'{"id": "a", "application": "a", "on": "2025-07-01", "by": "a", "item": {"key": "a", "name": "A", '
        b'"status": "unresolved", "count": 1, "documents": 1, "variants": {"A": 1}}, "additions": '
        b'[{"file": "all.yaml", "key": "entity", "entity": "p:a", "value": {"text": "A"}}]}\n',
    ),
    "a decision that takes back a list": ("ledger", b'{"undoes": [], "on": "2025-07-01", "by": "a"}\n'),
    "a journal of nested brackets": ("journal of a change", b"[" * 3000),
    "a journal with a null character": ("journal of a change", b'{"rename": [], "remove": ["\\u0000"]}'),
    "a journal with half a surrogate pair": ("journal of a change", b'{"rename": [], "remove": ["\\ud800"]}'),
    "a report whose documents are numbers": (
        "report of an audit",
        b'{"version": "1", "registry": "a", "accept": 0.5, "review": 0.1, "documents": [1]}',
    ),
    "a report of nested brackets": ("report of an audit", b'{"version": ' + b"[" * 3000),
    "a report whose threshold is a text": (
        "report of an audit",
        b'{"version": "1", "registry": "a", "accept": "much", "review": 0.1, "documents": []}',
    ),
    "a mention whose text is a list": (
        "mentions of an audit",
        b'{"document": "a.txt", "start": 0, "end": 1, "text": [], "sentence": "", "sentence_start": 0, '
        b'"status": "resolved", "entity_id": null, "score": 0, "reason": "", "candidates": []}\n',
    ),
    "a mention whose candidates are numbers": (
        "mentions of an audit",
        b'{"document": "a.txt", "start": 0, "end": 1, "text": "A", "sentence": "", "sentence_start": 0, '
        b'"status": "resolved", "entity_id": null, "score": 0, "reason": "", "candidates": [[1, 2, 3]]}\n',
    ),
    "half a surrogate pair in a text": (
        "annotate, no Unicode",
        "Kupol «К\udcd0у» Brechalov\udcd0".encode("utf-8", "surrogatepass"),
    ),
    "half a surrogate pair beside a letter": ("resolve", b"\xd0\xd0Kupol"),
    "an address that is none, in Turtle": (
        "import turtle",
        b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        b'<urn:a> a skos:Concept ; skos:prefLabel "Kupol"@en ; skos:exactMatch <http://[::1> .\n',
    ),
}


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_inputs(name: str) -> None:
    """Each is accepted, or refused by an error that says why."""
    tally = fuzz(name, RUNS * TARGETS[name].weight, SEED)

    assert [failure.reason for failure in tally.failures] == []
    assert tally.inputs == tally.accepted + tally.refused == RUNS * TARGETS[name].weight


@pytest.mark.parametrize("name", MENDED)
def test_mended_inputs(name: str) -> None:
    """What was found once is not found again."""
    target, content = MENDED[name]

    assert [failure.reason for failure in repeat(target, content).failures] == []


@pytest.mark.parametrize("name", TARGETS)
def test_sound_inputs_are_accepted(name: str) -> None:
    """What is damaged was sound before: else only the first lines of a reader were tried."""
    tally = Tally(name)
    with TARGETS[name].taking() as take:
        for content in TARGETS[name].sound():
            judge(tally, take, content)

    assert tally.failures == []
    assert tally.accepted > 0


# Addresses


def test_requests_to_the_review_page(tmp_path: Path) -> None:
    """No error of the server, and no file is changed by a request that is refused."""
    told = ask_page(tmp_path, 200, SEED)
    statuses = {status for _, status in told}

    assert {200, 400, 403, 405} <= statuses
    assert max(statuses) < 500


def test_requests_to_the_service(tmp_path: Path) -> None:
    """No error of the server, and each answer is as the description says."""
    pytest.importorskip("schemathesis")
    told = ask_service(tmp_path, 140, SEED)

    assert {200, 400} <= {status for _, status in told}


# Spans that others give


@pytest.mark.parametrize(("length", "is_taken"), [(SPAN_LENGTH, True), (SPAN_LENGTH + 1, False)])
def test_a_name_that_others_give_has_a_length(length: int, is_taken: bool) -> None:
    """Ten thousand names of a megabyte each would be ten gigabytes of mentions."""
    row = b'{"text": "%s", "spans": [{"start": 0, "end": %d}]}\n' % (b"a" * length, length)
    tally = repeat("corpus .jsonl", row)

    assert (tally.accepted, tally.refused) == (int(is_taken), int(not is_taken))


# The harness itself


def test_a_seed_makes_the_same_inputs() -> None:
    """So that a failure can be repeated; another seed makes others."""

    def made(seed: int) -> list[bytes]:
        mutator = Mutator(TARGETS["queue.yaml"].sound(), random.Random(seed))  # noqa: S311 (it is to be repeated)
        return [mutator.input() for _ in range(200)]

    assert made(1) == made(1)
    assert made(1) != made(2)
    assert max(map(len, made(1))) <= LONGEST


@pytest.mark.parametrize("length", [1, 100, 3_000])
def test_texts_that_cost_much_have_any_length(length: int) -> None:
    """As many characters as were asked for, or nearly so."""
    assert {
        name: len(make(length))
        for name, make in KINDS.items()
        if not length / 2 - 1 <= len(make(length)) <= length + 25
    } == {}


def _accept(_: bytes) -> bool:
    return True


def _refuse(_: bytes) -> bool:
    raise CorpusError("no such thing")


def _refuse_silently(_: bytes) -> bool:
    raise CorpusError(" ")


def _stumble(_: bytes) -> bool:
    raise KeyError("x")


def _be_wrong(_: bytes) -> bool:
    raise WrongAnswerError("two of one")


def _take_long(_: bytes) -> bool:
    end = time.process_time() + seconds_for(b"") + 0.2
    while time.process_time() < end:
        pass
    return True


@pytest.mark.parametrize(
    ("take", "reason"),
    [
        (_accept, None),
        (_refuse, None),
        (_refuse_silently, "an error without a message"),
        (_stumble, "KeyError"),
        (_be_wrong, "two of one"),
        (_take_long, "s for 1 bytes"),
    ],
)
def test_what_counts_as_a_failure(take: object, reason: str | None) -> None:
    """Everything but an answer in time and an error of the project."""
    tally = Tally("made up")
    judge(tally, take, b"x")  # type: ignore[arg-type]

    assert tally.inputs == 1
    assert [reason in failure.reason for failure in tally.failures if reason] == [True] * (reason is not None)
    assert len(tally.failures) == (reason is not None)
