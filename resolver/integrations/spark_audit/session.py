"""A Spark session for a command, and what goes wrong in Spark in words."""

import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from resolver import CorpusError, ResolverError

_GATEWAY = "PYSPARK_GATEWAY_PORT"  # set by spark-submit, which has started Java and knows the Python of the executors
_PYTHON = "PYSPARK_PYTHON"
_TRACE = "Traceback (most recent call last)"
_RAISED = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception|Interrupt): ")
_QUIET = Path(__file__).with_name("log4j2.properties")


def start_session(master: str | None = None) -> SparkSession:
    """The session that is there, else a new one that logs errors only; its master is what Spark's own settings say.

    ResolverError if there is no Java.
    """
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)  # it is not used
    builder = SparkSession.builder.appName("resolver audit")
    if master:
        builder = builder.master(master)
    if SparkSession.getActiveSession() is None and _GATEWAY not in os.environ:
        if not _has_java():
            raise ResolverError("Spark needs Java 17 or newer: install a JRE, or set JAVA_HOME to one")
        if (master or "local").startswith("local"):  # the executors are this machine
            os.environ.setdefault(_PYTHON, sys.executable)
        builder = builder.config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={_QUIET.as_uri()}")
        builder = builder.config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
    with plain_errors():
        return builder.getOrCreate()


@contextmanager
def plain_errors() -> Iterator[None]:
    """What Spark raises becomes a CorpusError with the line that says what happened, without the trace of Java."""
    try:
        yield
    except PySparkException as error:
        raise CorpusError(f"Spark: {_gist(str(error))}") from error
    except Py4JJavaError as error:
        raise CorpusError(f"Spark: {_gist(str(error.java_exception))}") from error


def _gist(message: str) -> str:
    """The error of a Python worker, which stands below its trace, else the first line."""
    lines = [line for line in message.splitlines() if line.strip()]
    raised = [line for line in lines if _RAISED.match(line)] if _TRACE in message else []
    return (raised[-1:] or lines or ["unknown error"])[0]


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin") if home else None) is not None
