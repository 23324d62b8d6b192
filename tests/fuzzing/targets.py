"""What is fuzzed, as a table: each target has sound inputs, and a function that takes any bytes at all.

A target returns whether it took the input. `ResolverError` says that it refused it; any other exception is a bug, and
so is an answer that cannot be true, such as offsets outside a text.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer
from conftest import TINY
from factories import entity, item

from resolver import Mention, Resolver
from resolver.audit import read_occurrences, write_audit
from resolver.audit.diff import compare_audits
from resolver.audit.writing import JOURNAL as AUDIT_JOURNAL
from resolver.audit.writing import MENTIONS, REPORT
from resolver.cli import app
from resolver.cli.settings import FILES, read_settings
from resolver.corpus import Document, ReadOptions, read_stream
from resolver.corpus.formats import READERS
from resolver.exchange import FORMATS, Intake, export_lines, find_format, plan_import, read_records
from resolver.files import JOURNAL
from resolver.index.arrays import StaleError
from resolver.index.compiled import open_tables, write_tables
from resolver.model import Alias, Resolution
from resolver.registry import Registry, RegistryChange
from resolver.review import Ledger, Queue, load_queue, plan_application, plan_undo, save_queue

ROOT = Path(__file__).parents[2]
Take = Callable[[bytes], bool]
KEY = "fuzzing"

OTHER = """\
# Comments stay.
- id: person:oleksandr-syrskyi   # here too
  type: person
  name: "Oleksandr Syrskyi"
  aliases:
    - {text: Сирський, lang: uk, kind: short, case: exact, match: inflected, requires: type, note: 'a: b'}
    - text: |
        Олександр Сирський
      from: 2024-02-08
  redirects: [person:syrskyi]
  identifiers: {wikidata: "Q56403383"}
  cues: [general]
  never:
  - Syrskyi Street
  expect: {resolve: [Syrsky], reject: [Syrets]}
"""
SETTINGS = """\
aliases = "aliases"
policy = "strict"

[audit]
workers = 4
fail-on = ["unresolved"]
[review.apply]
by = "a"
"""
ROWS = (
    '{"id": "1", "text": "Brechalov came to Kupol.", "lang": "ru-RU", "date": "2025-07-01T10:00:00Z"}\n'
    '{"text": "Купол і Оса", "spans": [{"start": 0, "end": 5}, {"start": 8, "end": 11, "label": "ORG"}]}\n'
    '{"text": "Osa", "ents": [{"start": 0, "end": 3, "label": "PRODUCT"}], "published": "1 May"}\n'
)
TABLE = 'id,text,lang,date\n1,"Brechalov, ""the head""",ru,2025-07-01\n2,"two\nlines",,\n'
PAGE = (
    '<!doctype html><html lang="uk-UA"><head><meta charset="windows-1251"><title>Купол &amp; Ко</title>'
    '<meta property="article:published_time" content="2025-07-01T09:30:00Z"><script>var x = "<p>";</script>'
    '<style>p {}</style></head><body><p class="a b" title=don\'t>Izhevsk&nbsp;&#1050;<br/>Udm<b>urtia</b></p>'
    '<svg viewBox="0"><path/></svg><!-- no --><time datetime=2025-07-01>1 July</time></body></html>'
)
TEXTS = (
    "Aleksandr Brechalov visited IEMZ Kupol in Izhevsk (Udmurtia). The head of Udmurtia met Gen. A. Ivanov.",
    "Встреча с Бречаловым у 9К33: ОАО «ИЭМЗ „Купол“», г. Ижевск, 155-я бригада — 1 июля 2025 г.",
    "Голова Удмуртії Олександр Бречалов; дрони «Гарпія-А1» (Garpiya), О'Коннор, Служба безпеки України (СБУ).",
    "Garpiya-\nA1 & Gar-\npiya, Osa and Tor-M2E missile systems; https://example.org/Kupol @kupol &amp;c.",
    "北京 习近平 محمد بن سلمان ירושלים กรุงเทพ 서울 Λεωνίδας Ἀθῆναι საქართველო Հայաստան ქ. आदित्य Łódź Çelik",
    '{"title": "Kupol", "body": ["Osa"]}\n```\nKupol = Osa()\n```\n| Kupol | Osa |\n|---|---|\n# KUPOL PLANT HIT\n',
)
SOUND = (
    entity("Aleksandr Brechalov", Alias("Бречалов", lang="ru"), identifiers=(("wikidata", "Q4095854"),), note="n"),
    entity("Kupol", "IEMZ Kupol", type="organization", redirects=("x:old",), identifiers=(("wikidata", "Q2"),)),
)


@dataclass(frozen=True)
class Target:
    """Something that takes bytes from outside.

    sound   inputs that it takes
    taking  opens what is needed, and gives what takes an input: whether it was accepted, or ResolverError
    weight  how many inputs it gets, beside the others: cheap readers get more
    """

    sound: Callable[[], Sequence[bytes]]
    taking: Callable[[], Any]  # a context manager that gives a Take
    weight: int = 1


class WrongAnswerError(Exception):
    """What came out of an input cannot be true."""


@cache
def tiny() -> Resolver:
    """A resolver over the tiny registry."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "all.yaml").write_text(TINY, encoding="utf-8")
        return Resolver(Registry.load(folder))


@cache
def large() -> Resolver:
    """A resolver over the registry of the project."""
    return Resolver(Registry.load(ROOT / "aliases"))


# Files


def _through_file(name: str, take: Callable[[Path], bool], prepare: Callable[[Path], object] = lambda _: None) -> Any:
    """Takes inputs as a file of a folder, which holds what it needs beside it."""

    @contextmanager
    def taking() -> Any:
        with TemporaryDirectory() as made:
            folder = Path(made)
            prepare(folder)
            path = folder / name
            path.parent.mkdir(exist_ok=True)

            def through(content: bytes) -> bool:
                path.write_bytes(content)
                return take(path)

            yield through

    return taking


def _through_memory(take: Take) -> Any:
    @contextmanager
    def taking() -> Any:
        yield take

    return taking


def _beside_registry(folder: Path) -> None:
    (folder / "all.yaml").write_text(TINY, encoding="utf-8")


def _load_registry(path: Path) -> bool:
    return bool(Registry.load(path).entities)


def _recover(journal: Path) -> bool:
    """A change that was interrupted, with one file that is half done; what stands beside the folder must stay."""
    folder = journal.parent
    temporary = folder / ".new.yaml.0123456789ab.tmp"
    temporary.write_text(TINY, encoding="utf-8")
    outside = folder.parent / "outside"
    outside.write_text("stays", encoding="utf-8")
    _beside_registry(folder)
    Registry.load(folder)
    if not outside.is_file() or outside.read_text(encoding="utf-8") != "stays":
        raise WrongAnswerError("a journal reached a file outside its folder")
    return not journal.exists()


@cache
def _journals() -> tuple[bytes, ...]:
    return (
        b'{"rename": [".new.yaml.0123456789ab.tmp"], "remove": ["old.yaml"]}',
        b'{"rename": ["../.outside.0123456789ab.tmp"], "remove": ["../outside", "all.yaml"]}',
    )


@cache
def _queues(suffix: str) -> tuple[bytes, ...]:
    judged = (
        item("Syrskyi", "Сирський", key="a-1", decision="new", type="person", name="Oleksandr Syrskyi", note="n: x"),
        item("Бречалов", key="b-2", decision="match", entities=("person:aleksandr-brechalov",), except_=()),
        item("Wasp", key="c-3", decision="not", entities=("product:osa",)),
        item("Contents", "A: b", key="d-4", decision="not_an_entity"),
    )
    with TemporaryDirectory() as folder:
        return tuple(
            save_queue(Queue(items), Path(folder) / f"q{suffix}") or (Path(folder) / f"q{suffix}").read_bytes()
            for items in (judged, judged[:1], ())
        )


def _load_queue(path: Path) -> bool:
    load_queue(path, registry=tiny().registry)
    return True


def _apply_decisions(folder: Path) -> None:
    """A registry with what its ledger says that decisions wrote, and that ledger."""
    (folder / "all.yaml").write_text(TINY, encoding="utf-8")
    queue = folder / "queue.jsonl"
    queue.write_bytes(_queues(".jsonl")[0])
    plan_application(load_queue(queue), Registry.load(folder), by="ada", on="2025-07-01").write()


@cache
def _ledgers() -> tuple[bytes, ...]:
    with TemporaryDirectory() as made:
        folder = Path(made)
        _apply_decisions(folder)
        applied = (folder / "ledger.jsonl").read_bytes()
        plan_undo(Registry.load(folder), by="ada", on="2025-07-02", decision="a-1").write()
        return applied, (folder / "ledger.jsonl").read_bytes(), applied.splitlines(keepends=True)[0]


def _read_ledger(path: Path) -> bool:
    standing = Ledger.beside(path.parent).standing
    plan_undo(Registry.load(path.parent), by="ada", on="2025-07-03").diff()
    return bool(standing)


@cache
def _command() -> Any:
    return typer.main.get_command(app)


def _read_settings(path: Path) -> bool:
    read_settings(path, _command())
    return True


@cache
def _audit() -> Mapping[str, bytes]:
    """The files of a sound audit, and the journal of one that was interrupted."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        write_audit(folder, [Document("a.txt", TEXTS[0]), Document("b.txt", "Kupol, Osa")], tiny())
        found = {name: (folder / name).read_bytes() for name in (REPORT, MENTIONS)}

        def interrupted() -> Any:
            yield Document("a.txt", TEXTS[0])
            raise KeyboardInterrupt

        try:
            write_audit(folder, interrupted(), tiny())
        except KeyboardInterrupt:
            found[AUDIT_JOURNAL] = (folder / AUDIT_JOURNAL).read_bytes()
        return found


def _write_audit(folder: Path) -> None:
    for name in (REPORT, MENTIONS):
        (folder / "new").mkdir(exist_ok=True)
        (folder / "new" / name).write_bytes(_audit()[name])
        (folder / "old").mkdir(exist_ok=True)
        (folder / "old" / name).write_bytes(_audit()[name])


def _compare_audits(path: Path) -> bool:
    compare_audits(path.parent, path.parent.parent / "new")
    return len(list(read_occurrences(path.parent))) > 0


def _resume(path: Path) -> bool:
    report = write_audit(path.parent, [Document("a.txt", TEXTS[0]), Document("b.txt", "Kupol")], tiny(), resume=True)
    found = len(report.documents) + len(report.unreadable)
    if found != 2:
        raise WrongAnswerError(f"{found} documents of 2")
    return True


@cache
def _compiled() -> tuple[bytes, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "compiled"
        write_tables(tiny().index.tables, path, KEY)
        return (path.read_bytes()[:8000], path.read_bytes())


def _open_compiled(path: Path) -> bool:
    try:
        open_tables(path, KEY)
    except (OSError, StaleError):
        return False
    return True


# Documents


def _read_corpus(content: bytes, name: str) -> bool:
    options = ReadOptions(limit=1_000_000)
    found = list(read_stream(io.BytesIO(content), name, "a", options, size=len(content)))
    if not found:
        raise WrongAnswerError("neither a document nor a reason why there is none")
    for each in found:
        if isinstance(each, Document):
            each.text.encode()
            for start, end in each.spans or ():
                if not 0 <= start < end <= len(each.text):
                    raise WrongAnswerError(f"span {start}-{end} of {len(each.text)} characters")
    return any(isinstance(each, Document) for each in found)


@cache
def _parquet() -> tuple[bytes, ...]:
    import pyarrow as pa
    from pyarrow import parquet

    sound = []
    for compression in ("none", "snappy"):
        made = io.BytesIO()
        rows = {"id": ["1", "2"], "text": ["Brechalov", "Купол"], "lang": ["en", None], "date": ["2025-07-01", None]}
        parquet.write_table(pa.table(rows), made, compression=compression)
        sound.append(made.getvalue())
    return tuple(sound)


@cache
def _zipped() -> tuple[bytes, ...]:
    import gzip

    return tuple(gzip.compress(each, mtime=0) for each in (ROWS.encode(), b"", b"\n" * 3_000, PAGE.encode()))


def _text_sounds() -> Sequence[bytes]:
    return (*(text.encode() for text in TEXTS), TEXTS[1].encode("utf-16"), TEXTS[1].encode("cp1251"))


def _seeds_of(suffix: str) -> Sequence[bytes]:
    if suffix in (".html", ".htm", ".xhtml"):
        return PAGE.encode(), PAGE.encode("cp1251"), PAGE.encode("utf-16")
    if suffix in (".json", ".jsonl", ".ndjson"):
        rows = ROWS.splitlines()
        return ROWS.encode(), rows[0].encode(), f"[{rows[0]}, {rows[1]}]".encode(), ROWS.encode("utf-8-sig")
    if suffix in (".csv", ".tsv"):
        return TABLE.encode(), TABLE.replace(",", "\t").encode(), TABLE.replace(",", ";").encode()
    return _parquet() if suffix == ".parquet" else _text_sounds()


# Names


def _annotate(content: bytes) -> bool:
    text = content.decode("utf-8", "replace")
    return _checked(text, large().annotate(text))


def _annotate_surrogates(content: bytes) -> bool:
    text = content.decode("utf-8", "surrogateescape")
    return _checked(text, tiny().annotate(text))


def _annotate_spans(content: bytes) -> bool:
    found = list(read_stream(io.BytesIO(content), "a.jsonl", "a", ReadOptions(), size=len(content)))
    spoken = [document for document in found if isinstance(document, Document)]
    taken = [_checked(each.text, tiny().annotate(each.text, each.spans, lang=each.lang)) for each in spoken]
    return any(taken)


def _checked(text: str, resolutions: Sequence[Resolution]) -> bool:
    for each in resolutions:
        mention = each.mention
        if mention.end is None or text[mention.start : mention.end] != mention.text or not mention.text:
            raise WrongAnswerError(f"{mention.start}-{mention.end} is not {mention.text!r}")
        if not 0.0 <= each.score <= 1.0:
            raise WrongAnswerError(f"score {each.score}")
    return bool(resolutions)


def _resolve(content: bytes) -> bool:
    text = content.decode("utf-8", "surrogateescape")
    lang = (None, "uk", "ru", "en", "de")[len(content) % 5]
    found = large().resolve(Mention(text, (None, "person")[len(content) % 2], lang, text))
    if not 0.0 <= found.score <= 1.0 or (found.entity_id is not None) != (found.status == "resolved"):
        raise WrongAnswerError(f"{found.status} {found.entity_id} {found.score}")
    return found.status == "resolved"


@cache
def _names() -> Sequence[bytes]:
    return tuple(sorted({alias.text.encode() for each in large().registry for alias in each.names}))


# Exchange


def _import(path: Path, name: str) -> bool:
    intake = Intake(path)
    change = RegistryChange(path.parent / "aliases")
    records = read_records(path, FORMATS[name], intake)
    plan = plan_import(records, change, intake, source="x", by="ada", on="2026-01-31")
    plan.change.diff()
    return bool(plan.matches)


def _tell_format(path: Path) -> bool:
    find_format(path)
    return True


def _with_registry(folder: Path) -> None:
    (folder / "aliases").mkdir()
    _beside_registry(folder / "aliases")


@cache
def _exported(name: str) -> tuple[bytes, ...]:
    return tuple("".join(export_lines(some, FORMATS[name])).encode() for some in (SOUND, SOUND[:1]))


def _formats() -> Sequence[bytes]:
    return [each for name in FORMATS for each in _exported(name)]


_SUFFIXES = tuple(READERS)
TARGETS: dict[str, Target] = {
    "registry": Target(lambda: (TINY.encode(), OTHER.encode()), _through_file("all.yaml", _load_registry), 3),
    "blocked.yaml": Target(
        lambda: (b"- Contents\n- 'Lenin Street'\n",),
        _through_file("blocked.yaml", lambda path: bool(Registry.load(path.parent).blocked)),
    ),
    "journal of a change": Target(_journals, _through_file(f"in/{JOURNAL}", _recover)),
    "queue.yaml": Target(lambda: _queues(".yaml"), _through_file("queue.yaml", _load_queue), 2),
    "queue.jsonl": Target(lambda: _queues(".jsonl"), _through_file("queue.jsonl", _load_queue), 3),
    "ledger": Target(_ledgers, _through_file("ledger.jsonl", _read_ledger, _apply_decisions)),
    "settings": Target(lambda: (SETTINGS.encode(),), _through_file(FILES[0], _read_settings), 2),
    "settings in pyproject.toml": Target(
        lambda: (f"[tool.resolver]\n{SETTINGS}".replace("\n[", "\n[tool.resolver.").encode(), b"[project]\nname='x'\n"),
        _through_file(FILES[1], _read_settings),
    ),
    "report of an audit": Target(
        lambda: (_audit()[REPORT],), _through_file(f"old/{REPORT}", _compare_audits, _write_audit)
    ),
    "mentions of an audit": Target(
        lambda: (_audit()[MENTIONS],), _through_file(f"old/{MENTIONS}", _compare_audits, _write_audit)
    ),
    "journal of an audit": Target(lambda: (_audit()[AUDIT_JOURNAL],), _through_file(AUDIT_JOURNAL, _resume)),
    "compiled registry": Target(_compiled, _through_file("compiled", _open_compiled), 2),
    **{
        f"corpus {suffix}": Target(
            partial(_seeds_of, suffix),
            _through_memory(partial(_read_corpus, name=f"2025-07-01{suffix}")),
            2 if suffix == ".parquet" else 40,
        )
        for suffix in (".txt", ".html", ".json", ".jsonl", ".csv", ".tsv", ".parquet")
    },
    **{
        f"corpus {name}.gz": Target(_zipped, _through_memory(partial(_read_corpus, name=f"a{name}.gz")), 5)
        for name in (".jsonl", ".html", "")
    },
    **{
        f"import {name}": Target(
            partial(_exported, name),
            _through_file("file", partial(_import, name=name), _with_registry),
        )
        for name in FORMATS
    },
    "format of an import": Target(_formats, _through_file("file", _tell_format), 3),
    "resolve": Target(_names, _through_memory(_resolve), 3),
    "annotate": Target(_text_sounds, _through_memory(_annotate)),
    "annotate, no Unicode": Target(_text_sounds, _through_memory(_annotate_surrogates)),
    "annotate given spans": Target(lambda: (ROWS.encode(),), _through_memory(_annotate_spans), 2),
}
