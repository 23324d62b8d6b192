"""Paths to a DataFrame of documents, with the ids and in the order that `read_corpus` gives them.

1. Paths of this machine are listed by the driver like those of the local engine; the executors open them, so they must
   be on a disk that all of them share.
2. Paths with a scheme (s3a://, hdfs://, file:) are listed and read by Spark, which must be set up for it.
3. The documents are spread over as many tasks as there is work for, in order: a file of a million rows, too.

Known limits of the second kind: a file is read whole, so it may have 2 GB; names that begin with `_` or `.` are left
out, as Spark does it; one that cannot be opened ends the audit.
"""

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from os.path import commonpath
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession

from resolver import CorpusError
from resolver.corpus import ReadOptions, clean_id, is_known_kind, list_corpus, unknown_kind
from resolver.integrations.spark_audit.mapping import DOCUMENTS, FILES, ReadFiles

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:(?://[^/]*)?/")  # two letters or more: C:/ is a drive
_LOCAL = re.compile("^file:/+")
_TASKS_PER_CORE = 4  # documents differ in length: smaller tasks even it out
_MAGIC = frozenset("*?[{")

File = tuple[int, str, str, str | None]  # a row of FILES


def read_paths(
    spark: SparkSession, paths: Iterable[str], options: ReadOptions, *, exclude: Iterable[str | Path] = ()
) -> DataFrame:
    """The documents of files as rows of `DOCUMENTS`, in the order of the corpus. CorpusError like `read_corpus`."""
    arguments = list(paths)
    remote = [bool(_SCHEME.match(path)) for path in arguments]
    if any(remote) and not all(remote):
        raise CorpusError("some paths are of this machine and some have a scheme; audit them one after the other")
    files = _remote_files(spark, arguments) if any(remote) else _local_files(spark, arguments, exclude)
    tasks = spark.sparkContext.defaultParallelism * _TASKS_PER_CORE
    documents = files.mapInArrow(ReadFiles(options), DOCUMENTS)
    return documents.repartitionByRange(tasks, "file", "row").sortWithinPartitions("file", "row")


def _local_files(spark: SparkSession, paths: list[str], exclude: Iterable[str | Path]) -> DataFrame:
    found = list_corpus(paths, exclude=exclude)
    return _frame(spark, [(n, id_, str(path.absolute()), problem) for n, (id_, path, problem) in enumerate(found)])


def _remote_files(spark: SparkSession, roots: list[str]) -> DataFrame:
    """The files with their content, null of an empty one: Spark lists it, and passes it over when it reads."""
    frames = {root: _open(spark, root) for root in roots}
    listed = {root: list(map(_path, frame.inputFiles())) for root, frame in frames.items()}
    for root, paths in listed.items():
        if not any(is_known_kind(Path(path)) for path in paths) and not _is_file(root, paths):
            raise CorpusError(f"{root}: nothing to read in this folder")
    contents = reduce(DataFrame.unionByName, (frame.select("path", "content") for frame in frames.values()))
    return _frame(spark, list(_rows(listed))).join(contents.dropDuplicates(["path"]), "path", "left")


def _open(spark: SparkSession, root: str) -> DataFrame:
    try:
        return spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(root)
    except AnalysisException as error:
        raise CorpusError(f"{root}: Spark finds nothing there; check the spelling and the permissions") from error


def _path(uri: str) -> str:
    """A listed file as the column of paths has it: without escapes, and with one slash behind `file:`."""
    return _LOCAL.sub("file:/", unquote(uri))


def _rows(listed: dict[str, list[str]]) -> Iterator[File]:
    """Rows of `FILES`, each file once: the roots in their order, the files below each sorted by the parts of paths."""
    base = commonpath([_folder(root, paths) for root, paths in listed.items()])
    seen: set[str] = set()
    for root, paths in listed.items():
        for path in sorted(paths, key=lambda path: PurePosixPath(path).parts):
            if path in seen:
                continue
            seen.add(path)
            is_named = _is_file(root, paths) or is_known_kind(Path(path))
            problem = None if is_named else unknown_kind(Path(path))
            yield len(seen), clean_id(PurePosixPath(path).relative_to(base).as_posix()), path, problem


def _folder(root: str, paths: list[str]) -> str:
    """The folder that a root is or, of a file or a pattern, that holds all it stands for."""
    if _is_file(root, paths) or _MAGIC.intersection(root):
        return commonpath([str(PurePosixPath(path).parent) for path in paths])
    below = len(_parts(paths[0])) - len(_parts(root))
    return str(PurePosixPath(paths[0]).parents[below - 1])


def _is_file(root: str, paths: list[str]) -> bool:
    return [_parts(path) for path in paths] == [_parts(root)]


def _parts(path: str) -> tuple[str, ...]:
    """The parts of a path without its scheme and host: Spark lists hdfs:///a as hdfs://host:8020/a."""
    return PurePosixPath(_SCHEME.sub("", path)).parts


def _frame(spark: SparkSession, rows: list[File]) -> DataFrame:
    """The rows spread over all cores, as they are to read."""
    slices = min(len(rows), spark.sparkContext.defaultParallelism * _TASKS_PER_CORE)
    return spark.createDataFrame(spark.sparkContext.parallelize(rows, max(1, slices)), FILES)
