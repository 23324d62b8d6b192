"""The audit by Spark, on a session with two cores: the files are those of the local engine, byte for byte."""

import gzip
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command_line import ARTICLE, OUTPUT

from resolver import CorpusError, Entity, Occurrence, Policy, Registry, Resolver
from resolver.cli import main

pytest.importorskip("pyspark", reason="pip install 'resolver[spark]'")
pytest.importorskip("pyarrow")
from resolver.integrations.spark_audit import (
    OCCURRENCES,
    audit_frame,
    start_session,
    write_spark_audit,
)
from resolver.integrations.spark_audit.files import _rows
from resolver.integrations.spark_audit.session import _gist

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the sockets of the gateway, closed by their finaliser
]
NAMES = (
    "Aleksandr Bechalov",
    "Brechalov",
    "Kupol",
    "Купол",
    "Garpiya-A1",
    "Osa",
    "Ivan Petrenko",
    "Mykola Zoria",
    "Tor",
)
FIELDS = [field.name for field in OCCURRENCES]


@pytest.fixture(scope="module")
def spark() -> Iterator["SparkSession"]:
    """A session of this machine, the same for all tests: to start one takes seconds."""
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = start_session("local[2]")
    session.conf.set("spark.sql.shuffle.partitions", 4)
    yield session
    session.stop()
    if before is None:
        del os.environ["PYSPARK_PYTHON"]


@pytest.fixture(scope="module")
def bundled() -> Resolver:
    """The registry that comes with the package."""
    return Resolver.load(ROOT / "aliases")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Files of every kind, good ones and bad ones, and some names that stand in many of them."""
    folder = tmp_path / "corpus"
    (folder / "2025-05-05 a").mkdir(parents=True)
    write_texts(folder)
    rows = [
        {"id": f"r{n % 30}", "text": article(n), "lang": "en", "date": f"2025-01-{n % 28 + 1:02}"} for n in range(40)
    ]
    lines = "\n".join(map(json.dumps, [*rows, {"nr": 1}, {"text": "Kupol", "spans": [{"start": 0, "end": 5}]}]))
    (folder / "rows.jsonl").write_text(lines + "\nno JSON\n", encoding="utf-8")
    (folder / "rows.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (folder / "damaged.txt.gz").write_bytes(gzip.compress(b"Kupol " * 1000)[:-20])
    (folder / "table.csv").write_text('id;text\n7;"Kupol; Osa"\n;Brechalov\n', encoding="utf-8")
    (folder / "page.html").write_text('<html lang="uk"><p>Купол &amp; Гарпію-А1', encoding="utf-8")
    (folder / "empty.jsonl").write_text("", encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"\0\1\2")
    (folder / "latin.txt").write_bytes("Kupol caf\xe9".encode("latin-1"))
    (folder / "image.png").write_bytes(b"png")
    return folder


def write_texts(folder: Path) -> None:
    """Plain texts, in folders whose names sort otherwise as paths than as strings."""
    for number in range(12):
        (folder / "2025-05-05 a" / f"{number}.txt").write_text(article(number), encoding="utf-8")
        (folder / f"2025-05-05 a-{number}.txt").write_text(article(number + 100), encoding="utf-8")


def article(number: int) -> str:
    """A text with a few of the names."""
    rng = random.Random(number)  # noqa: S311 (test data, no secret)
    return " ".join(
        f"Then {rng.choice(NAMES)} came to the plant of {rng.choice(NAMES)}." for _ in range(rng.randint(1, 6))
    )


def run(*arguments: str | Path) -> int:
    """The exit code of a command in this process."""
    with pytest.raises(SystemExit) as leaving:
        main([str(argument) for argument in arguments])
    return int(leaving.value.code or 0)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rows_of(frame: "DataFrame") -> list[Occurrence]:
    """The rows as the values that they are made of."""
    found: list[dict[str, Any]] = [row.asDict() for row in frame.collect()]
    return [Occurrence(**{**row, "candidates": tuple(map(tuple, row["candidates"]))}) for row in found]


# Files


@pytest.mark.parametrize("prefix", ["", "file://"], ids=["paths of this machine", "paths that Spark reads"])
def test_the_audit_of_seeds_is_that_of_the_local_engine(
    prefix: str, spark: "SparkSession", bundled: Resolver, tmp_path: Path
) -> None:
    """All four files, byte for byte."""
    assert run("audit", ROOT / "seeds", "--aliases", ROOT / "aliases", "--out", tmp_path / "local") == 0

    write_spark_audit(f"{prefix}{ROOT / 'seeds'}", tmp_path / "spark", bundled, spark=spark)

    assert sorted(contents(tmp_path / "spark")) == OUTPUT
    assert contents(tmp_path / "spark") == contents(tmp_path / "local")


@pytest.mark.parametrize("prefix", ["", "file:"], ids=["paths of this machine", "paths that Spark reads"])
def test_formats_order_and_unreadable_documents_are_those_of_the_local_engine(
    prefix: str, spark: "SparkSession", aliases: Path, corpus: Path, tmp_path: Path
) -> None:
    """HTML, rows, tables and gzip, damaged files and rows, equal ids, and one spelling in most documents."""
    assert run("audit", corpus, "--aliases", aliases, "--out", tmp_path / "local") == 0

    done = write_spark_audit(f"{prefix}{corpus}", tmp_path / "spark", Resolver.load(aliases), spark=spark)

    assert len(done.report.unreadable) > 5
    assert len(done.queue) > 1
    assert contents(tmp_path / "spark") == contents(tmp_path / "local")


def test_several_paths_are_read_in_their_order_and_each_once(
    spark: "SparkSession", aliases: Path, tmp_path: Path
) -> None:
    """A file, then the folder that holds it, from Spark as from here; and globs."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(3):
        (corpus / f"rows.{number}.jsonl").write_text(json.dumps({"text": article(number)}), encoding="utf-8")
    (corpus / "image.png").write_text("Kupol", encoding="utf-8")
    paths = [corpus / "rows.2.jsonl", corpus, corpus / "image.png"]
    assert run("audit", *paths, "--aliases", aliases, "--out", tmp_path / "local") == 0
    resolver = Resolver.load(aliases)

    write_spark_audit(paths, tmp_path / "here", resolver, spark=spark)
    write_spark_audit([f"file://{path}" for path in paths[:2]], tmp_path / "remote", resolver, spark=spark)
    globbed = write_spark_audit(f"file://{corpus}/rows.[01].*", tmp_path / "globbed", resolver, spark=spark)

    assert contents(tmp_path / "here") == contents(tmp_path / "local")
    here, remote = (read_lines(tmp_path / name / "mentions.jsonl") for name in ("here", "remote"))
    assert remote == here
    assert [row.id for row in globbed.report.documents] == ["rows.0.jsonl#1", "rows.1.jsonl#1"]


@pytest.mark.parametrize(
    ("listed", "ids"),
    [
        ({"s3a://b/news": ["s3a://b/news/2/a.txt", "s3a://b/news/10.txt"]}, ["10.txt", "2/a.txt"]),
        ({"s3a://b/news/": ["s3a://b/news/x y.txt"]}, ["x y.txt"]),
        ({"hdfs:///news": ["hdfs://host:8020/news/a-b.txt", "hdfs://host:8020/news/a/b.txt"]}, ["a/b.txt", "a-b.txt"]),
        ({"hdfs:///a.txt": ["hdfs://host:8020/a.txt"]}, ["a.txt"]),
        ({"s3a://b/*/x.txt": ["s3a://b/2/x.txt", "s3a://b/1/x.txt"]}, ["1/x.txt", "2/x.txt"]),
        ({"s3a://b/y": ["s3a://b/y/1.txt"], "s3a://b/x": ["s3a://b/x/1.txt"]}, ["y/1.txt", "x/1.txt"]),
        (
            {"s3a://b/x/1.txt": ["s3a://b/x/1.txt"], "s3a://b/x": ["s3a://b/x/0.txt", "s3a://b/x/1.txt"]},
            ["1.txt", "0.txt"],
        ),
        ({"s3a://b/x": ["s3a://b/x/1.txt"], "hdfs:///x": ["hdfs://h/x/1.txt"]}, ["s3a:/b/x/1.txt", "hdfs:/h/x/1.txt"]),
    ],
)
def test_ids_of_paths_with_a_scheme(listed: dict[str, list[str]], ids: list[str]) -> None:
    """Relative to the deepest folder that holds the roots, sorted as folders are walked."""
    assert [row[1] for row in _rows(listed)] == ids


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_decisions_in_a_queue_are_kept(spark: "SparkSession", resolver: Resolver, tmp_path: Path) -> None:
    """An audit into the same folder adds to what a curator has decided."""
    frame = spark.createDataFrame([("a", "Mykola Zoria came to Kupol.")], "id string, text string")
    write_spark_audit(frame, tmp_path / "out", resolver)
    queue = tmp_path / "out" / "queue.yaml"
    text = queue.read_text(encoding="utf-8")
    queue.write_text(text.replace("  decision:", "  decision: unsure", 1), encoding="utf-8")

    write_spark_audit(frame, tmp_path / "out", resolver)

    assert queue.read_text(encoding="utf-8").count("decision: unsure") == 1


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["no such folder"], "no such file or folder"),
        (["file:///no/such/folder"], "Spark finds nothing there"),
        (["-"], "stdin cannot be read in parts"),
        (["seeds", "file:///tmp"], "some have a scheme"),
    ],
)
def test_paths_that_cannot_be_read(
    paths: list[str], message: str, spark: "SparkSession", resolver: Resolver, tmp_path: Path
) -> None:
    """They are told before any work is done."""
    with pytest.raises(CorpusError, match=message):
        write_spark_audit(paths, tmp_path / "out", resolver, spark=spark)

    assert not (tmp_path / "out").exists()


# Frames


def test_a_frame_gives_the_occurrences_of_its_rows(spark: "SparkSession", resolver: Resolver) -> None:
    """In their order, with the columns named; a row without text has none."""
    rows = [(7, ARTICLE, "en-GB", "2025-07-01T09:30"), (8, None, None, None), (9, "Купол", None, None)]
    frame = spark.createDataFrame(rows, "nr int, body string, tongue string, day string").coalesce(1)

    found = audit_frame(frame, resolver, text="body", id="nr", lang="tongue", date="day")

    assert found.columns == FIELDS
    occurrences = rows_of(found)
    assert [one.text for one in occurrences if one.document == "9"] == ["Купол"]
    assert {one.document for one in occurrences} == {"7", "9"}
    assert {(one.lang, one.date) for one in occurrences if one.document == "7"} == {("en", "2025-07-01")}


def test_a_frame_gives_what_is_written_of_it(spark: "SparkSession", aliases: Path, tmp_path: Path) -> None:
    """The occurrences are those of mentions.jsonl, and the order is that of the rows over all partitions."""
    rows = [{"id": f"d{n}", "text": article(n)} for n in range(50)]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("audit", tmp_path / "rows.jsonl", "--aliases", aliases, "--out", tmp_path / "local") == 0
    frame = spark.createDataFrame([(row["id"], row["text"]) for row in rows], "id string, text string").repartition(1)
    frame = frame.repartitionByRange(5, "id").sortWithinPartitions("id")
    ordered = sorted(rows, key=lambda row: row["id"])
    (tmp_path / "sorted.jsonl").write_text("\n".join(map(json.dumps, ordered)), encoding="utf-8")
    assert run("audit", tmp_path / "sorted.jsonl", "--aliases", aliases, "--out", tmp_path / "local") == 0

    resolver = Resolver.load(aliases)
    write_spark_audit(frame, tmp_path / "spark", resolver)
    lazily = rows_of(audit_frame(frame, resolver))

    assert contents(tmp_path / "spark") == contents(tmp_path / "local")
    assert [one.text for one in lazily] == [
        json.loads(line)["text"] for line in read_lines(tmp_path / "spark" / "mentions.jsonl")
    ]


def test_rows_without_text_or_id_are_listed(spark: "SparkSession", resolver: Resolver, tmp_path: Path) -> None:
    """A null is no text; a row without an id is named by its place."""
    frame = spark.createDataFrame([("a", None), (None, "Kupol")], "id string, text string").coalesce(1)

    report = write_spark_audit(frame, tmp_path, resolver).report

    assert [(row.id, row.reason) for row in report.unreadable] == [("a", "the field 'text' holds null, not a text")]
    assert [row.id for row in report.documents] == ["part 0#1"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"text": "body"}, r"no column 'body' \(columns: id, text, size\)"),
        ({"id": "nr"}, "no column 'nr'"),
        ({"date": "day"}, "no column 'day'"),
        ({"text": "size"}, "'size' holds int, not texts"),
    ],
)
def test_columns_that_are_not_there(
    columns: dict[str, str], message: str, spark: "SparkSession", resolver: Resolver
) -> None:
    """Said at once, not when the frame is collected."""
    frame = spark.createDataFrame([("a", "Kupol", 1)], "id string, text string, size int")

    with pytest.raises(CorpusError, match=message):
        audit_frame(frame, resolver, **columns)


def test_an_empty_frame_has_an_empty_audit(spark: "SparkSession", resolver: Resolver, tmp_path: Path) -> None:
    """No documents, no mentions, no questions, and all four files."""
    out = tmp_path / "out"
    done = write_spark_audit(spark.createDataFrame([], "id string, text string"), out, resolver)

    assert (len(done.report.documents), done.report.mentions, len(done.queue)) == (0, 0, 0)
    assert sorted(contents(out)) == OUTPUT


def test_the_policy_and_a_registry_without_files_are_sent(spark: "SparkSession") -> None:
    """What counts is the resolver, not where it came from."""
    osa = Entity("product:osa", "Osa", "product", never=("Osa Peninsula",))
    registry = Registry.from_entities([osa])
    frame = spark.createDataFrame([("a", "The Osa was seen.")], "id string, text string")

    sure, unsure = (
        rows_of(audit_frame(frame, Resolver(registry, policy=policy)))[0].status
        for policy in (Policy(), Policy(accept=1.0, accept_lone=1.0))
    )

    assert (sure, unsure) == ("resolved", "unresolved")


# The driver


def test_the_driver_gets_one_tally_of_each_name(
    spark: "SparkSession", resolver: Resolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty partitions count the same names; Spark merges their counts before the driver asks for them."""
    from resolver.audit import Counts
    from resolver.review import QueueBuilder

    keys: list[str] = []
    for kind in (Counts, QueueBuilder):
        merge = kind.merge
        monkeypatch.setattr(
            kind, "merge", lambda self, key, part, merge=merge: (keys.append(key), merge(self, key, part))[1]
        )
    rows = [(str(n), "Mykola Zoria came to Kupol.") for n in range(80)]
    frame = spark.createDataFrame(rows, "id string, text string").repartition(40)

    report = write_spark_audit(frame, tmp_path, resolver).report

    assert report.mentions == 160
    assert len(keys) == len(set(keys)) == 3  # the plant, and the name in the report and in the queue


# The command line


def test_the_command_writes_the_same(aliases: Path, tmp_path: Path) -> None:
    """`--engine spark` in a process of its own, which leaves nothing of Spark's log on stderr."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (corpus / "b.pdf").write_text("%PDF", encoding="utf-8")
    assert run("audit", corpus, "--aliases", aliases, "--out", tmp_path / "local") == 0
    command = [sys.executable, "-m", "resolver", "audit", str(corpus), "--aliases", str(aliases)]

    done = subprocess.run(
        [*command, "--out", str(tmp_path / "spark"), "--engine", "spark", "--master", "local[2]"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable},
    )

    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "spark") == contents(tmp_path / "local")
    assert "WARN " not in done.stderr
    assert "log4j" not in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--master", "local[2]"], "--master is for --engine spark"),
        (["--engine", "spark", "--resume"], "--resume is for --engine local"),
    ],
)
def test_options_of_one_engine_only(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """They are not passed over in silence."""
    assert run("audit", ROOT / "seeds", "--out", tmp_path / "out", *options) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "environment", "message"),
    [
        ("sys.modules['pyspark'] = None", {}, "--engine spark needs pyspark: pip install 'resolver[spark]'"),
        ("pass", {"JAVA_HOME": "/nowhere"}, "Spark needs Java 17 or newer"),
    ],
    ids=["no pyspark", "no Java"],
)
def test_what_is_missing_is_named(line: str, environment: dict[str, str], message: str, tmp_path: Path) -> None:
    """The line to install it, and no trace."""
    code = f"import sys; {line}; from resolver.cli import main; main()"
    arguments = ["audit", str(ROOT / "seeds"), "--out", str(tmp_path / "out"), "--engine", "spark"]

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env={**os.environ, **environment}
    )

    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("message", "gist"),
    [
        (
            "An exception was thrown:\nTraceback (most recent call last):\n  File\nValueError: no\n\tat java",
            "ValueError: no",
        ),
        ("[PATH_NOT_FOUND] Path does not exist\n\tat org.apache", "[PATH_NOT_FOUND] Path does not exist"),
        ("", "unknown error"),
    ],
)
def test_errors_of_spark_in_one_line(message: str, gist: str) -> None:
    """What a worker raised, else what Spark says first."""
    assert _gist(message) == gist
