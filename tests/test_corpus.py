"""Tests of resolver.corpus: every kind of file, and everything that may be wrong with one."""

import datetime
import gzip
import io
import json
import os
import sys
import time
from itertools import chain
from pathlib import Path

import pytest

from resolver.corpus import (
    Document,
    Meter,
    ReadOptions,
    Unreadable,
    corpus_size,
    list_corpus,
    read_corpus,
    read_file,
    read_stream,
)
from resolver.corpus.markup import visible_text
from resolver.errors import CorpusError


def write(path: Path, content: str | bytes) -> Path:
    """A file with this content, its folders made; gzipped if its name says so."""
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def read(*paths: Path | str, **options: object) -> list[Document | Unreadable]:
    return list(read_corpus(paths, **options))  # type: ignore[arg-type]


def texts(*paths: Path | str, **options: object) -> dict[str, str]:
    """The texts by id; nothing may be unreadable."""
    results = read(*paths, **options)
    assert [result for result in results if isinstance(result, Unreadable)] == []
    return {result.id: result.text for result in results if isinstance(result, Document)}


def reasons(*paths: Path | str, **options: object) -> dict[str, str]:
    """Why documents could not be read, by id."""
    return {result.id: result.reason for result in read(*paths, **options) if isinstance(result, Unreadable)}


# ------------------------------------------------------------------------------------------------- which files


def test_folder_is_read_recursively_in_sorted_order(tmp_path: Path) -> None:
    """Ids are POSIX paths relative to the folder."""
    for name in ("b.txt", "a/z.md", "a/b/c.txt"):
        write(tmp_path / name, name)

    assert list(texts(tmp_path)) == ["a/b/c.txt", "a/z.md", "b.txt"]


def test_hidden_files_and_folders_are_skipped(tmp_path: Path) -> None:
    """What begins with a dot is not part of a corpus, and not reported either."""
    for name in (".git/a.txt", ".b.txt", "c.txt"):
        write(tmp_path / name, "Kupol")

    assert [result.id for result in read(tmp_path)] == ["c.txt"]


def test_ids_are_relative_to_the_folder_that_holds_all_arguments(tmp_path: Path) -> None:
    """Files of the same name in two folders keep different ids."""
    write(tmp_path / "2024" / "a.txt", "1")
    write(tmp_path / "2025" / "a.txt", "2")

    assert list(texts(tmp_path / "2024", tmp_path / "2025")) == ["2024/a.txt", "2025/a.txt"]


def test_folder_glob_and_single_files_give_the_same_ids(tmp_path: Path) -> None:
    """Whether the shell expands a pattern or not does not change an id."""
    files = [write(tmp_path / name, name) for name in ("a.txt", "b.txt")]

    assert texts(tmp_path) == texts(*files) == texts(tmp_path / "*.txt") == {"a.txt": "a.txt", "b.txt": "b.txt"}


def test_single_path_may_be_given_without_a_list(tmp_path: Path) -> None:
    """A plain string is one path, not a list of letters."""
    write(tmp_path / "a.txt", "Kupol")

    assert [Document("a.txt", "Kupol")] == list(read_corpus(str(tmp_path)))


def test_file_that_two_arguments_reach_is_read_once(tmp_path: Path) -> None:
    """Overlapping arguments do not count a text twice."""
    file = write(tmp_path / "a.txt", "Kupol")

    assert list(texts(tmp_path, file)) == ["a.txt"]


def test_recursive_glob(tmp_path: Path) -> None:
    """`**` goes down all folders."""
    write(tmp_path / "a/b/c.txt", "1")
    write(tmp_path / "d.txt", "2")

    assert sorted(texts(tmp_path / "**/*.txt")) == ["a/b/c.txt", "d.txt"]


def test_file_with_brackets_in_its_name_is_no_pattern(tmp_path: Path) -> None:
    """A name that exists is taken as it is."""
    file = write(tmp_path / "a[1].txt", "Kupol")

    assert texts(file) == {"a[1].txt": "Kupol"}


def test_excluded_folder_is_left_out(tmp_path: Path) -> None:
    """An output folder inside the corpus must not be read as a part of it."""
    write(tmp_path / "a.txt", "1")
    write(tmp_path / "out" / "mentions.jsonl", '{"text": "2"}')

    assert list(texts(tmp_path, exclude=[tmp_path / "out"])) == ["a.txt"]


def test_linked_folder_is_listed_and_not_followed(tmp_path: Path) -> None:
    """A link to a folder above would never end."""
    write(tmp_path / "a.txt", "1")
    (tmp_path / "loop").symlink_to(tmp_path)

    assert reasons(tmp_path) == {"loop": "linked folder, not followed"}


def test_stdin_is_one_text() -> None:
    """`-` reads all of stdin."""
    assert texts("-", stdin=io.BytesIO("Купол\n".encode())) == {"stdin": "Купол\n"}


def test_name_that_is_no_unicode_becomes_an_id_that_is(tmp_path: Path) -> None:
    """File names are bytes; ids go into UTF-8 files."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:  # noqa: PTH123 (Path takes no bytes)
        file.write(b"Kupol")

    assert texts(tmp_path) == {"caf\\udce9.txt": "Kupol"}


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("missing.txt", "no such file or folder"),
        ("missing/*.txt", "no file matches this pattern"),
        ("empty", "nothing to read in this folder"),
        ("images", "nothing to read in this folder"),
    ],
)
def test_argument_without_anything_to_read_is_an_error_before_the_first_document(
    tmp_path: Path, argument: str, message: str
) -> None:
    """A mistyped path must not look like a corpus without names."""
    (tmp_path / "empty").mkdir()
    write(tmp_path / "images" / "a.png", b"\x89PNG")
    write(tmp_path / "good.txt", "Kupol")

    with pytest.raises(CorpusError, match=message):
        read_corpus([tmp_path / "good.txt", tmp_path / argument])


def test_no_argument_is_an_error() -> None:
    """Nothing named is nothing read."""
    with pytest.raises(CorpusError, match="no corpus named"):
        read_corpus([])


# ------------------------------------------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Бречалов".encode(), "Бречалов"),
        ("Бречалов".encode("utf-8-sig"), "Бречалов"),
        ("Бречалов".encode("utf-16"), "Бречалов"),
        (b"a\r\nb", "a\r\nb"),
        (b"", ""),
    ],
)
def test_text_is_taken_as_it_is_but_for_the_byte_order_mark(tmp_path: Path, data: bytes, text: str) -> None:
    """Offsets refer to the text of the document, so line ends stay."""
    assert {"a.txt": text} == texts(write(tmp_path / "a.txt", data))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", "Купол".encode("cp1251"), "not UTF-8 at byte 0; save the file as UTF-8"),
        ("a.txt", b"Kupol \xff", "not UTF-8 at byte 6; save the file as UTF-8"),
        ("a.txt", b"\xef\xbb\xbfKupol \xff", "not UTF-8 at byte 9; save the file as UTF-8"),
        ("a.txt", b"\xff\xfea\x00\x00\xd8", "not UTF-16 at byte 4; save the file as UTF-8"),
        ("a.txt", b"\x89PNG\0\0", "binary file, not text"),
        ("a.jsonl", b"\x89PNG\0\0", "binary file, not text"),
        ("a.csv", b"\x89PNG\0\0", "binary file, not text"),
        ("a.png", b"\x89PNG", "unknown kind of file (.png); name the file itself to read it as text"),
        ("README", b"text", "unknown kind of file (no suffix); name the file itself to read it as text"),
        ("a.txt.gz", None, "damaged gzip file: Not a gzipped file (b'Ku')"),
        ("a.jsonl", b"\n\n", "holds no documents"),
        ("a.csv", b"", "holds no documents"),
        ("a.json", b"[]", "holds no documents"),
    ],
)
def test_damaged_file_is_listed_and_the_next_one_read(
    tmp_path: Path, name: str, data: bytes | None, reason: str
) -> None:
    """One bad document never stops an audit; the reason says where and what to do."""
    if data is None:
        (tmp_path / name).write_bytes(b"Kupol")
    else:
        write(tmp_path / name, data)
    write(tmp_path / "z.txt", "Kupol")

    assert [Unreadable(name, reason), Document("z.txt", "Kupol")] == read(tmp_path)


def test_file_named_as_argument_is_read_as_text_whatever_its_suffix(tmp_path: Path) -> None:
    """The user knows best."""
    assert texts(write(tmp_path / "notes.log", "Kupol")) == {"notes.log": "Kupol"}


def test_file_that_is_gone_when_its_turn_comes_is_listed(tmp_path: Path) -> None:
    """Reading is lazy: a file can vanish, or its permissions change, during a run."""
    gone = write(tmp_path / "a.txt", "1")
    write(tmp_path / "b.txt", "2")
    results = read_corpus([gone, tmp_path / "b.txt"])
    gone.unlink()

    assert [Unreadable("a.txt", "cannot be read: No such file or directory"), Document("b.txt", "2")] == list(results)


def test_broken_link_and_pipe_are_listed(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever."""
    write(tmp_path / "a.txt", "1")
    (tmp_path / "b.txt").symlink_to("missing")
    os.mkfifo(tmp_path / "c.txt")

    assert dict.fromkeys(["b.txt", "c.txt"], "broken link, or not a regular file") == reasons(tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.txt.gz"])
def test_document_larger_than_the_limit_is_listed(tmp_path: Path, name: str) -> None:
    """Memory stays bounded, also after decompression."""
    file = write(tmp_path / name, "x" * 101)

    assert {name: "larger than 100 bytes; split it or raise the limit"} == reasons(file, limit=100)


# ------------------------------------------------------------------------------------------------- gzip


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt.gz", "Kupol", {"a.txt.gz": "Kupol"}),
        ("a.HTML.GZ".lower(), "<p>Kupol", {"a.html.gz": "Kupol"}),
        ("a.jsonl.gz", '{"text": "Kupol"}', {"a.jsonl.gz#1": "Kupol"}),
        ("a.csv.gz", "text\nKupol\n", {"a.csv.gz#2": "Kupol"}),
    ],
)
def test_every_kind_may_be_gzipped(tmp_path: Path, name: str, content: str, expected: dict[str, str]) -> None:
    """The suffix before `.gz` picks the reader."""
    assert expected == texts(write(tmp_path / name, content))


def test_truncated_gzip_gives_the_rows_before_the_damage(tmp_path: Path) -> None:
    """What could be read is kept, and the damage is listed."""
    rows = "".join(json.dumps({"text": os.urandom(400).hex()}) + "\n" for _ in range(200))
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(gzip.compress(rows.encode())[:-20_000])
    *documents, damage = read(file)

    assert len(documents) > 10
    assert Unreadable("a.jsonl.gz", damage.reason) == damage  # type: ignore[union-attr]
    assert "damaged gzip file" in damage.reason  # type: ignore[union-attr]


@pytest.mark.parametrize("content", [b"\n" * 3_000_000, b"x" * 3_000_000])
def test_decompression_bomb_is_stopped(tmp_path: Path, content: bytes) -> None:
    """Three megabytes out of three kilobytes is no text, in short lines or in one."""
    file = write(tmp_path / "a.jsonl.gz", content)

    assert "expands to more than 200 times" in reasons(file, limit=1000)["a.jsonl.gz"]


# ------------------------------------------------------------------------------------------------- rows


def test_json_lines_are_one_document_each(tmp_path: Path) -> None:
    """A row without an id gets the number of its line; blank lines count as lines."""
    file = write(tmp_path / "a.jsonl", '{"text": "1"}\n\n{"id": 7, "text": "2", "lang": "uk-UA"}\n')

    assert [Document("a.jsonl#1", "1"), Document("7", "2", "uk")] == read(file)


def test_fields_of_another_name(tmp_path: Path) -> None:
    """The caller names the fields that hold text and id."""
    file = write(tmp_path / "a.ndjson", '{"url": "x", "body": "Kupol"}')

    assert texts(file, text_field="body", id_field="url") == {"x": "Kupol"}


@pytest.mark.parametrize(
    ("row", "spans"),
    [
        (
            '"ents": [{"start": 6, "end": 11, "label": "ORG"}, {"start": 0, "end": 3, "label": "PRODUCT"}]',
            ((0, 3), (6, 11)),
        ),
        ('"spans": [{"start": 0, "end": 3}], "tokens": []', ((0, 3),)),
        ('"ents": []', ()),
        ('"spans": {"sc": []}', None),
        ('"spans": "0-3"', None),
    ],
)
def test_names_that_another_program_found(tmp_path: Path, row: str, spans: tuple[tuple[int, int], ...] | None) -> None:
    """As spaCy and Prodigy write them, in text order; what has another shape is something else."""
    file = write(tmp_path / "a.jsonl", f'{{"text": "Osa by Kupol", {row}}}')

    assert read(file) == [Document("a.jsonl#1", "Osa by Kupol", None, spans)]


@pytest.mark.parametrize(
    "span",
    [
        '{"start": 3, "end": 3}',
        '{"start": -1, "end": 3}',
        '{"start": 0, "end": 13}',
        "[0, 3]",
        '{"start": "0", "end": 3}',
        '{"start": true, "end": 3}',
        '{"end": 3}',
    ],
)
def test_span_outside_its_text_makes_the_row_unreadable(tmp_path: Path, span: str) -> None:
    """Offsets of another text, or in bytes, would cut other names."""
    file = write(tmp_path / "a.jsonl", f'{{"text": "Osa by Kupol", "ents": [{{"start": 0, "end": 3}}, {span}]}}')

    assert reasons(file)["a.jsonl#1"].startswith("line 1: ents[1] is no span of the text: start ")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "line 2: not JSON: Expecting ',' delimiter (column 13)"),
        (b"[1, 2]", "line 2: a list, where an object with the field 'text' is needed"),
        (b'{"body": "a"}', "line 2: no field 'text' (fields: body); name the field that holds the text"),
        (b'{"text": null}', "line 2: the field 'text' holds null, not a text"),
        (b'{"text": 5}', "line 2: the field 'text' holds a number, not a text"),
        (b'{"text": "a\\ud800"}', "line 2: not valid Unicode at character 1 of the text; save it as UTF-8"),
        (b'{"text": "\xd0"}', "line 2: not UTF-8 at byte 24 of the file"),
        (b"1" * 5000, "line 2: not usable JSON"),
        (b'{"text":' + b"[" * 200_000, "line 2: not usable JSON"),
        (b'{"text": "' + b"x" * 300_000 + b'"}', "line 2: longer than 250,000 bytes"),
    ],
)
def test_bad_json_line_is_listed_with_its_number_and_the_next_one_read(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    """A damaged row is one row."""
    file = write(tmp_path / "a.jsonl", b'{"text": "1"}\n' + line + b'\n{"text": "3"}\n')
    results = read(file, limit=250_000)

    assert [Document("a.jsonl#1", "1"), Document("a.jsonl#3", "3")] == [results[0], results[-1]]
    assert reasons(file, limit=250_000)["a.jsonl#2"].startswith(reason)
    assert len(results) == 3


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"text": "1"}', {"a.json": "1"}),
        ('{"id": "x", "text": "1"}', {"x": "1"}),
        ('[{"text": "1"}, {"id": "x", "text": "2"}]', {"a.json#1": "1", "x": "2"}),
    ],
)
def test_json_object_or_list(tmp_path: Path, content: str, expected: dict[str, str]) -> None:
    """An object is one document, a list holds one in each item."""
    assert expected == texts(write(tmp_path / "a.json", content))


def test_bad_json_file_is_listed_with_its_line(tmp_path: Path) -> None:
    """JSON that people edit has line breaks."""
    assert "(line 2, column 1)" in reasons(write(tmp_path / "a.json", '{"text":\n}'))["a.json"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'id,text\nx,"Kupol, ""the"" plant\nin Izhevsk"\n,b\n'),
        ("a.csv", 'id;text\nx;"Kupol, ""the"" plant\nin Izhevsk"\n;b\n'),
        ("a.csv", '\ufeffid,text\nx,"Kupol, ""the"" plant\nin Izhevsk"\n\n,b\n'.replace("\n\n", "\n")),
        ("a.tsv", 'id\ttext\nx\t"Kupol, ""the"" plant\nin Izhevsk"\n\tb\n'),
    ],
)
def test_table_rows_are_documents_named_by_their_first_line(tmp_path: Path, name: str, content: str) -> None:
    """Quoted fields may run over lines; spreadsheets in Europe write semicolons."""
    assert {"x": 'Kupol, "the" plant\nin Izhevsk', f"{name}#4": "b"} == texts(write(tmp_path / name, content))


def test_cell_longer_than_the_default_of_the_csv_module(tmp_path: Path) -> None:
    """Articles are longer than 131,072 characters at times."""
    assert texts(write(tmp_path / "a.csv", f"text\n{'x' * 200_000}\n")) == {"a.csv#2": "x" * 200_000}


@pytest.mark.parametrize(
    ("content", "listed", "reason"),
    [
        (b"id,body\nx,y\n", "a.csv", "no field 'text' (fields: id, body); name the field that holds the text"),
        (b"id,text\nx\n", "x", "no field 'text' (fields: id); name the field that holds the text"),
        (b"id,text\nx,\xd0\n", "x", "not valid Unicode at character 0 of the text; save it as UTF-8"),
        (b'id,text\nx,"' + b"y\n" * 600, "x", "larger than 1,000 bytes; split it or raise the limit"),
    ],
)
def test_bad_table_is_listed(tmp_path: Path, content: bytes, listed: str, reason: str) -> None:
    """The row or the table is named; a quote that is never closed takes the rest of the file with it."""
    assert {listed: reason} == reasons(write(tmp_path / "a.csv", content), limit=1000)


# ------------------------------------------------------------------------------------------------- html


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Kupol</p><p>Izhevsk</p>", "Kupol\nIzhevsk"),
        ("Kupol <b>plant</b>,\n  <i>Izh</i>evsk", "Kupol plant, Izhevsk"),
        ("<table><tr><td>Kupol<td>Izhevsk</table>", "Kupol\nIzhevsk"),
        ("a<br>b<BR/>c<hr>d", "a\nb\nc\nd"),
        ("<head><title>Kupol</title><meta content='x'></head><body>Izhevsk", "Kupol\nIzhevsk"),
        ("<style>p {}</style><SCRIPT>if (a < b) '<p>'</script >Kupol", "Kupol"),
        ('<script type="application/ld+json">{"name": "Tor"}</script>Kupol', "Kupol"),
        ("<noscript><p>Turn it on</p></noscript><template>Tor</template>Kupol", "Kupol"),
        ("<svg><text>Tor</text></svg>Ku<svg/>pol", "Kupol"),
        ("Ku<!-- <p> -->pol<!-- Tor", "Kupol"),
        ('<a title="a > b">Kupol</a>', "Kupol"),
        ("<p title=don't>Kupol</p>", "Kupol"),
        ("<summary>Kupol</summary><summer>Izh</summer>evsk", "Kupol\nIzhevsk"),
        ("&lt;p&gt; &amp; &#1050;упол&nbsp;&quot;x&quot;", '<p> & Купол "x"'),
        ("3 < 5 and 7 > 5", "3 < 5 and 7 > 5"),
        ("<!doctype html><?xml version='1.0'?><![CDATA[x]]>Kupol", "Kupol"),
        ("<script>Tor", ""),
        ("", ""),
    ],
)
def test_visible_text(page: str, text: str) -> None:
    """What a reader sees is kept, one line for each block; all else is gone."""
    assert text == visible_text(page)


@pytest.mark.parametrize(
    ("data", "document"),
    [
        ('<html lang="uk"><p>Купол'.encode(), Document("a.html", "Купол", "uk")),
        ('<meta charset="windows-1251"><p>Купол'.encode("cp1251"), Document("a.html", "Купол")),
        ('<meta charset="windows-1251"><p>Купол'.encode(), Document("a.html", "Купол")),
        (
            '<meta http-equiv=Content-Type content="text/html; charset=KOI8-R">Купол'.encode("koi8-r"),
            Document("a.html", "Купол"),
        ),
        (
            '<meta charset="punycode"><p>Купол'.encode("cp1251"),
            Unreadable("a.html", "not UTF-8 at byte 28; save the file as UTF-8"),
        ),
        (
            '<meta charset="cp9999"><p>Купол'.encode("cp1251"),
            Unreadable("a.html", "declares the unknown character set 'cp9999'; save the file as UTF-8"),
        ),
    ],
)
def test_page_tells_its_language_and_its_character_set(
    tmp_path: Path, data: bytes, document: Document | Unreadable
) -> None:
    """UTF-8 is tried first, since a declaration is often a relic."""
    assert [document] == read(write(tmp_path / "a.html", data))


def test_time_is_linear_in_hostile_markup() -> None:
    """A page of unclosed comments, tags or quotes takes milliseconds, not minutes."""
    started = time.perf_counter()
    for piece in ("<!--", "<a ", '<a b="', "<a b='", "<![", "<?", "</a ", "<svg ", "<script", "<svg><svg/>", "<p =\n"):
        visible_text(piece * (200_000 // len(piece)) + ">")

    assert time.perf_counter() - started < 10


# ------------------------------------------------------------------------------------------------- how far it is


def test_meter_tells_how_much_of_the_corpus_was_read(tmp_path: Path) -> None:
    """Bytes as they lie on the disk, in the end all of them; a file that is not opened does not count."""
    write(tmp_path / "a.txt", "Купол")
    write(tmp_path / "b.jsonl.gz", gzip.compress(b'{"text": "Kupol"}\n' * 1000))
    write(tmp_path / "c.bin", b"\0" * 100)
    size = corpus_size(tmp_path)
    meter = Meter()
    seen = [meter.done for _ in read_corpus(tmp_path, meter=meter)]

    assert size == sum((tmp_path / name).stat().st_size for name in ("a.txt", "b.jsonl.gz"))
    assert seen == sorted(seen)
    assert (seen[0], meter.done) == (10, size)


def test_size_of_stdin_is_unknown() -> None:
    """It ends when it ends."""
    assert corpus_size("-") is None


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "Osa", None),
        ("2024-11-17_a.txt", "Osa", "2024-11-17"),
        ("2024-11-31.txt", "Osa", None),
        ("20241117.txt", "Osa", None),
        ("a.jsonl", '{"text": "Osa", "date": "2025-07-01T09:30:00"}', "2025-07-01"),
        ("a.jsonl", '{"text": "Osa", "date": "soon", "created_at": "2025-07-02"}', "2025-07-02"),
        ("2024-11-17.jsonl", '{"text": "Osa", "published": "2025-07-01"}', "2025-07-01"),
        ("2024-11-17.jsonl", '{"text": "Osa", "date": 1751328000}', "2024-11-17"),
        ("a.csv", "text,date\nOsa,2025-07-01\n", "2025-07-01"),
        ("a.html", '<meta content="2025-07-01T00:00" property="article:published_time"><p>Osa', "2025-07-01"),
        ("a.html", "<meta name=date content=2025-07-01><p>Osa", "2025-07-01"),
        ("a.html", '<script>{"datePublished": "2025-07-01"}</script><p>Osa', "2025-07-01"),
        ("a.html", "<p>Osa<time datetime='2025-07-01'>yesterday</time>", "2025-07-01"),
        ("a.html", "<p>Osa, 2025-07-01", None),
        ("a.html", '<meta name="candidate" content="2025-07-01"><p>Osa', None),
    ],
)
def test_a_document_has_the_day_that_its_source_states(
    tmp_path: Path, name: str, content: str, expected: str | None
) -> None:
    """Its own before that of its file; a day that the calendar does not have is none."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    (document,) = read(tmp_path / name)

    assert isinstance(document, Document)
    assert document.date == expected


def test_a_page_of_nothing_but_dates_takes_no_time(tmp_path: Path) -> None:
    """The search for the day is bounded."""
    (tmp_path / "a.html").write_text("<meta " + "pubdate " * 200_000 + "<p>Osa", encoding="utf-8")
    began = time.process_time()
    (document,) = read(tmp_path / "a.html")

    assert isinstance(document, Document)
    assert document.date is None
    assert time.process_time() - began < 5


# Parquet


def parquet_file(path: Path, **columns: list[object]) -> Path:
    pa = pytest.importorskip("pyarrow", reason="pip install 'resolver[dataframes]'")
    from pyarrow import parquet

    parquet.write_table(pa.table(columns), path, row_group_size=100)
    return path


def test_each_row_of_parquet_is_a_document(tmp_path: Path) -> None:
    """With its own id, language, day and names, where it has columns for them."""
    spans = [[{"start": 0, "end": 3}], []]
    day = [datetime.date(2025, 7, 1), None]
    file = parquet_file(
        tmp_path / "a.parquet",
        text=["Osa", "Tor"],
        id=["x", None],
        lang=["uk", None],
        date=day,
        spans=spans,
        other=[1, 2],
    )

    assert read(file) == [
        Document("x", "Osa", "uk", ((0, 3),), "2025-07-01"),
        Document("a.parquet#2", "Tor", None, ()),
    ]


def test_parquet_of_many_rows_streams(tmp_path: Path) -> None:
    """In order, over row groups and batches."""
    file = parquet_file(tmp_path / "a.parquet", body=[f"Osa {number}" for number in range(500)])

    assert [document.text for document in read(file, text_field="body")] == [f"Osa {number}" for number in range(500)]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"body": ["Osa"]}, "no field 'text' (fields: body)"),
        ({"text": [1]}, "the field 'text' holds a number, not a text"),
        ({"text": [None]}, "the field 'text' holds null, not a text"),
    ],
)
def test_parquet_without_texts_says_so(tmp_path: Path, columns: dict[str, list[object]], reason: str) -> None:
    """As the other tables do."""
    (problem,) = read(parquet_file(tmp_path / "a.parquet", **columns))

    assert isinstance(problem, Unreadable)
    assert reason in problem.reason


@pytest.mark.parametrize("cut", [0, 10, -20])
def test_damaged_parquet_is_listed(tmp_path: Path, cut: int) -> None:
    """It never stops an audit."""
    file = parquet_file(tmp_path / "a.parquet", text=["Osa"] * 300)
    file.write_bytes(file.read_bytes()[:cut])
    (problem,) = read(file)

    assert isinstance(problem, Unreadable)
    assert "damaged Parquet file after row 0" in problem.reason


def test_parquet_with_a_text_that_is_no_utf8_is_listed(tmp_path: Path) -> None:
    """What is read before it counts."""
    file = parquet_file(tmp_path / "a.parquet", text=["Osa", "Tor"])
    file.write_bytes(file.read_bytes().replace(b"Tor", b"T\xffr"))
    document, problem = read(file)

    assert document == Document("a.parquet#1", "Osa")
    assert isinstance(problem, Unreadable)
    assert "damaged Parquet file after row 1: 'utf-8' codec can't decode" in problem.reason


def test_gzipped_parquet_is_refused(tmp_path: Path) -> None:
    """It can only be read by seeking."""
    file = parquet_file(tmp_path / "a.parquet", text=["Osa"])
    packed = tmp_path / "b.parquet.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))

    assert read(packed) == [Unreadable("b.parquet.gz", "gzipped Parquet; gunzip it, as Parquet is compressed inside")]


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of the corpus is read."""
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (tmp_path / "b.txt").write_text("Osa", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    assert read(tmp_path) == [
        Unreadable("a.parquet", "Parquet needs pyarrow: pip install 'resolver[dataframes]'"),
        Document("b.txt", "Osa"),
    ]


def test_listed_files_read_one_by_one_are_the_corpus(tmp_path: Path) -> None:
    """What a program needs that reads the files itself, or elsewhere."""
    (tmp_path / "2025-07-01 a.txt").write_text("Kupol", encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Osa"}\n{}\n'))
    (tmp_path / "c.png").write_bytes(b"png")
    (tmp_path / "d.txt.gz").write_bytes(b"no gzip")
    options = ReadOptions()
    listed = list(list_corpus(tmp_path))
    files = [
        [Unreadable(name, problem)] if problem else list(read_file(path, name, options))
        for name, path, problem in listed
    ]
    streams = [
        list(read_stream(io.BytesIO(path.read_bytes()), path.name, name, options, size=path.stat().st_size))
        for name, path, problem in listed
        if not problem
    ]

    assert list(chain.from_iterable(files)) == list(read_corpus(tmp_path))
    assert streams == [found for found, (_, _, problem) in zip(files, listed, strict=True) if not problem]


def test_stdin_is_not_listed() -> None:
    """It can be read once, and by this process alone."""
    with pytest.raises(CorpusError, match="stdin cannot be read in parts"):
        list_corpus("-")
