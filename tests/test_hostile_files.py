"""Files and folders of a stranger, and names that are paths: nothing hangs, nothing leads out, and all is told."""

import gzip
import io
import json
import os
import socket
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from resolver import Entity, Registry, Resolver
from resolver.audit import write_audit
from resolver.audit.folder import WRITTEN
from resolver.corpus import Document, Unreadable, read_corpus
from resolver.corpus.formats import MAX_EXPANSION
from resolver.errors import CorpusError
from resolver.exchange import FORMATS, Intake, read_records

PATHS = [
    "../../owned", "/etc/owned", "..\\..\\owned", "C:\\owned", "\\\\host\\share", "a/../../../owned", "~/owned", ".",
    "..", "CON", "nul.txt", "a\0b", "a\nb", "x" * 5_000, "%2e%2e%2fowned", "-rf", "$(touch owned)",
    "`touch owned`", "|touch owned", "a\u202eb", "\ud800",
]  # fmt: skip


def read(*paths: Path, **options: Any) -> dict[str, str]:
    """Id -> text, or why there is none, in brackets."""
    found = read_corpus(paths, **options)
    return {each.id: each.text if isinstance(each, Document) else f"[{each.reason}]" for each in found}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one sound file."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("Osa", encoding="utf-8")
    return folder


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices of POSIX")
@pytest.mark.parametrize(
    "kind", ["a loop of folders", "a loop of links", "a pipe", "a device", "a socket", "a link to nothing"]
)
def test_what_is_no_file_is_not_opened(kind: str, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would never end, or wait for ever."""
    monkeypatch.chdir(corpus)  # the path of a socket must be short
    strange = corpus / "b.txt"
    if kind == "a loop of folders":
        (corpus / "below").mkdir()
        (corpus / "below" / "b.txt").symlink_to(corpus, target_is_directory=True)
        strange = corpus / "below" / "b.txt"
    elif kind == "a loop of links":
        strange.symlink_to(strange)
    elif kind == "a pipe":
        os.mkfifo(strange)
    elif kind == "a device":
        strange.symlink_to("/dev/zero")
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("b.txt")
    else:
        strange.symlink_to("/nowhere")
    found = read(corpus)

    assert found.pop("a.txt") == "Osa"
    assert set(found) <= {strange.relative_to(corpus).as_posix()}
    assert all(reason.startswith("[") for reason in found.values())


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_link_to_a_folder_leads_nowhere(corpus: Path, tmp_path: Path) -> None:
    """What lies outside of the corpus by a link is not read with it."""
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "diary.txt").write_text("secret", encoding="utf-8")
    (corpus / "link").symlink_to(tmp_path / "private", target_is_directory=True)

    assert "secret" not in "".join(read(corpus).values())


def test_an_archive_is_not_unpacked(corpus: Path) -> None:
    """Members that would lead out, or that are a thousand times as large, stay where they are."""
    with zipfile.ZipFile(corpus / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("../../owned.txt", "/owned.txt", "c.txt"):
            archive.writestr(name, "0" * 1_000_000)
    nested = gzip.compress(gzip.compress(b"x" * 10_000_000))
    (corpus / "c.txt.gz.gz").write_bytes(nested)
    (corpus / "d.tar.gz").write_bytes(nested)
    found = read(corpus)

    assert found.pop("a.txt") == "Osa"
    assert set(found) == {"b.zip", "c.txt.gz.gz", "d.tar.gz"}
    assert all("unknown kind of file" in reason for reason in found.values())


@pytest.mark.parametrize("name", ["b.txt.gz", "b.html.gz", "b.json.gz", "b.jsonl.gz", "b.csv.gz", "b.tsv.gz"])
@pytest.mark.parametrize("line", [b"0" * 999 + b"\n", b"0" * 4096], ids=["lines", "one line"])
def test_a_bomb_of_gzip_is_stopped(name: str, line: bytes, corpus: Path) -> None:
    """In every format: by its size or by its ratio."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as file:
        for _ in range(20_000):
            file.write(line)
    (corpus / name).write_bytes(packed.getvalue())
    found = read(corpus / name, limit=1_000_000)

    assert len(packed.getvalue()) * MAX_EXPANSION < 20_000 * len(line)
    assert sum(map(len, found.values())) < 30_000_000
    assert all(reason.startswith("[") for reason in found.values())


@pytest.mark.parametrize("is_dictionary", [True, False], ids=["one text again and again", "texts that shrink"])
def test_a_bomb_of_parquet_is_stopped(is_dictionary: bool, corpus: Path) -> None:
    """Its texts are read one by one, and only as far as honest ones go."""
    pa = pytest.importorskip("pyarrow", reason="pip install 'resolver[dataframes]'")
    from pyarrow import parquet

    texts = [("" if is_dictionary else str(number)) + "a " * 500_000 for number in range(30)]
    options = {"compression": "zstd", "use_dictionary": is_dictionary}
    parquet.write_table(pa.table({"text": texts}), corpus / "b.parquet", **options)
    tracemalloc.start()
    found = read(corpus / "b.parquet", limit=2_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (corpus / "b.parquet").stat().st_size < 10_000
    assert len(found) < 5
    assert (len(found) > 1) is is_dictionary  # what the file itself says of its size is believed first
    assert peak < 10_000_000
    assert "expands to more than 200 times its size" in list(found.values())[-1]


def test_ids_of_documents_are_no_paths(corpus: Path, tmp_path: Path) -> None:
    """Whatever a row calls itself, an audit writes its own files and no others."""
    rows = [json.dumps({"id": path, "text": "Osa and Stanislav Petrovskyy"}) for path in PATHS]
    (corpus / "b.jsonl").write_text("\n".join(rows), encoding="utf-8")
    resolver = Resolver(Registry.from_entities([Entity("product:osa", "Osa", "product")]))
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    report = write_audit(tmp_path / "out", read_corpus(corpus), resolver)
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - before

    assert {path.parent for path in written} == {tmp_path / "out"}
    assert {path.name for path in written} == {"mentions.jsonl", "report.json"}
    assert len(report.documents) == len(PATHS) + 1
    assert all((len(row.id) <= 500 and row.id.isprintable()) or "\u202e" in row.id for row in report.documents)


@pytest.mark.parametrize("path", [path for path in PATHS if ".." in path or "\\" in path or not path.isprintable()])
def test_ids_of_an_import_are_no_paths(path: str, tmp_path: Path) -> None:
    """A registry of a stranger may not bring ids that lead out of a folder, or that cannot be seen."""
    file = tmp_path / "list.jsonl"
    row = {"id": path, "schema": "Person", "properties": {"name": ["Ada Petrovskyy"]}}
    file.write_text(json.dumps(row), encoding="utf-8")
    intake = Intake(file)
    records = list(read_records(file, FORMATS["ftm"], intake))

    assert path not in [record.entity.id for record in records]


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
@pytest.mark.parametrize("name", [*WRITTEN, ".report.json.tmp", ".mentions.jsonl.tmp"])
def test_no_link_leads_out_of_an_output_folder(name: str, corpus: Path, tmp_path: Path) -> None:
    """It may have come with the folder; the file that it leads to stays as it is."""
    (tmp_path / "diary").write_text("precious", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).symlink_to("../diary")
    resolver = Resolver(Registry.from_entities([Entity("product:osa", "Osa", "product")]))
    try:
        write_audit(tmp_path / "out", read_corpus(corpus), resolver)
    except CorpusError as error:
        assert f"{name} is a link" in str(error)  # noqa: PT017 (those of temporary files are only removed)

    assert (tmp_path / "diary").read_text(encoding="utf-8") == "precious"


def test_names_of_files_are_ids_that_can_be_shown(corpus: Path) -> None:
    """No line break, no control character, no half of a surrogate pair."""
    for name in (b"\x1b[31m.txt", b"a\nb.txt", b"\xff.txt", "\u2028.txt".encode()):
        Path(os.fsdecode(os.fsencode(corpus) + b"/" + name)).write_bytes(b"Osa")
    found = read(corpus)

    assert len(found) == 5
    assert not [name for name in found if set(name) & set("\n\x1b\u2028\udcff")]


def test_tens_of_thousands_of_files_are_listed_one_by_one(corpus: Path) -> None:
    """Nothing of them is kept: the first one is there before the last one is looked at."""
    for number in range(3_000):
        (corpus / f"{number:05}.txt").touch()
    found = read_corpus(corpus)

    assert isinstance(next(iter(found)), Document | Unreadable)
    assert len(list(found)) == 3_000
