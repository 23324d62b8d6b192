#!/usr/bin/env python3
"""Installs each extra alone in a clean virtual environment and runs its example: what it takes, and that it suffices.

    python tests/bench/extras.py [EXTRA...]

The core comes first, without any extra: it must work, and must say what to install for each integration. Printed are,
for each, the seconds to install, the packages and megabytes beside pip's own, and the seconds of the example. Spark is
a download of 450 MB, and needs Java 17.
"""

import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).parents[2]
CORE = "(core)"


@dataclass(frozen=True)
class Example:
    """Python that needs an extra, what it must print, and what an installation without the extra says."""

    code: str
    prints: str
    without: str = ""


_SKOS = (
    "from pathlib import Path; from resolver.cli import main\n"
    "Path('aliases').mkdir(exist_ok=True); Path('aliases/a.yaml').write_text('# none yet')\n"
    "Path('a.ttl').write_text('@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
    '<https://example.org/osa> a skos:Concept ; skos:prefLabel "Osa"@en .\')\n'
    "main(['registry', 'import', 'a.ttl', '--aliases', 'aliases', '--dry-run'])"
)
EXAMPLES = {
    CORE: Example(
        "from resolver import Resolver; print(Resolver.load().resolve('Aleksandr Bechalov').entity_id)",
        "person:aleksandr-brechalov",
    ),
    "dataframes": Example(
        "import pyarrow as pa\n"
        "from resolver import Resolver\n"
        "from resolver.integrations.dataframes import resolve_names\n"
        "print(resolve_names(pa.array(['Kupol']), Resolver.load())['entity_id'].to_pylist())",
        "['organization:kupol']",
        "from resolver.integrations import dataframes",
    ),
    "spacy": Example(
        "import spacy, resolver.integrations.spacy_component\n"
        "nlp = spacy.blank('en'); nlp.add_pipe('alias_resolver')\n"
        "print([span.kb_id_ for span in nlp('It came to Kupol.').ents])",
        "['organization:kupol']",
        "from resolver.integrations import spacy_component",
    ),
    "web": Example(
        "from resolver.cli import main\nmain(['review', 'serve', '--help'])",
        "Decide a queue in the browser",
        "from pathlib import Path; from resolver.cli import main\n"
        "Path('queue.yaml').write_text('[]'); main(['review', 'serve', 'queue.yaml'])",
    ),
    "skos": Example(_SKOS, "name: Osa", _SKOS),
    "spark": Example(
        "import os, sys; os.environ['PYSPARK_PYTHON'] = sys.executable  # the venv is not activated\n"
        "from pyspark.sql import SparkSession\n"
        "from resolver import Resolver\n"
        "from resolver.integrations.spark_audit import audit_frame\n"
        "spark = SparkSession.builder.master('local[1]').getOrCreate()\n"
        "frame = spark.createDataFrame([('a', 'It came to Kupol.')], ['id', 'text'])\n"
        "print([row.entity_id for row in audit_frame(frame, Resolver.load(), text='text', id='id').collect()])",
        "['organization:kupol']",
        "from resolver.integrations import spark_audit",
    ),
}


def main(extras: Annotated[list[str] | None, typer.Argument(help="Which; all if none is named.")] = None) -> None:
    """Print a row for each extra; exit code 1 if an example fails."""
    failed = False
    print(f"{'extra':<12} {'install':>8} {'packages':>9} {'size':>8} {'example':>8}")
    for extra in extras or EXAMPLES:
        with tempfile.TemporaryDirectory() as name:
            failed |= not _tried(extra, Path(name))
    raise typer.Exit(failed)


def _tried(extra: str, folder: Path) -> bool:
    """Whether the example of an extra runs with that extra alone."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    before = _size(folder)
    wanted = f"{ROOT}" if extra == CORE else f"{ROOT}[{extra}]"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted]
    seconds = _timed(install, folder)[0]
    packages = len(_output([str(python), "-m", "pip", "list", "--format", "freeze"], folder).splitlines()) - 1
    size = (_size(folder) - before) / 1e6
    example, done = _timed([str(python), "-c", EXAMPLES[extra].code], folder)
    is_right = EXAMPLES[extra].prints in done.stdout
    verdict = "" if is_right else f"  failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}"
    print(f"{extra:<12} {seconds:>6.1f} s {packages:>9} {size:>5.0f} MB {example:>6.2f} s{verdict}", flush=True)
    return is_right and (extra != CORE or _says_what_to_install(python, folder))


def _says_what_to_install(python: Path, folder: Path) -> bool:
    """Whether the core names the line to type, for each extra that is not there."""
    said = True
    for extra, example in EXAMPLES.items():
        if example.without:
            done = subprocess.run([str(python), "-c", example.without], cwd=folder, capture_output=True, text=True)
            if f"pip install 'resolver[{extra}]'" not in done.stderr:
                print(f"  without {extra}: {done.stderr.strip().splitlines()[-1:]}")
                said = False
    return said


def _timed(command: Sequence[str], folder: Path) -> tuple[float, subprocess.CompletedProcess[str]]:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return time.perf_counter() - start, done


def _output(command: Sequence[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    sys.exit(typer.run(main))
