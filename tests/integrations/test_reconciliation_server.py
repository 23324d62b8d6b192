"""The service on a port: the client of others, a registry that changes while it is asked, and how it stops."""

import doctest
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from reconciliation_facts import REGISTRY

from resolver import Policy
from resolver.integrations.reconciliation.bodies import MOST_BYTES, MOST_CHARACTERS
from resolver.integrations.reconciliation.extending import MOST_IDS
from resolver.integrations.reconciliation.plain import MOST_NAMES
from resolver.integrations.reconciliation.queries import MOST_CONDITIONS, MOST_QUERIES
from resolver.integrations.reconciliation.reloading import LiveRegistry
from resolver.integrations.reconciliation.served import MOST_CANDIDATES
from resolver.integrations.reconciliation.workers import MOST_WAITING

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "reconciliation.md"
TOR = "- {id: product:tor, type: product, name: Tor-M2}\n"
UNSOUND = "- {id: product:tor}\n"
SECONDS = 15  # until something is given up


@dataclass(frozen=True)
class Running:
    """A service that runs."""

    url: str
    process: subprocess.Popen[str]

    def get(self, path: str) -> Any:
        """The JSON at an address."""
        return httpx2.get(f"{self.url}{path}").raise_for_status().json()


@contextmanager
def serving(folder: Path) -> Iterator[Running]:
    """`resolver serve` on any free port, until the test is over."""
    command = [sys.executable, "-m", "resolver", "serve", "--aliases", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "RESOLVER_CACHE": "off"})
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        url = next((word for word in line.split() if word.startswith("http://")), "")
        assert url, line
        wait_until(lambda: _is_up(url))
        yield Running(url, process)
    finally:
        process.kill()
        process.communicate()


def _is_up(url: str) -> bool:
    try:
        return httpx2.get(f"{url}health").status_code == 200
    except httpx2.TransportError:
        return False


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.fixture
def running(served_folder: Path) -> Iterator[Running]:
    """A service over the registry of the tests."""
    with serving(served_folder) as running:
        yield running


def test_the_example_of_the_docs_runs() -> None:
    """On the registry that comes with the project."""
    (example,) = re.findall(r"^```python\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    with serving(ROOT / "aliases") as running:
        text = example.replace("http://127.0.0.1:8643/", running.url)
        test = doctest.DocTestParser().get_doctest(text, {}, "docs", str(DOCS), 0)
        assert running.url in text
        assert test.examples
        assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize(
    "limit",
    [MOST_BYTES, MOST_QUERIES, MOST_CONDITIONS, MOST_NAMES, MOST_IDS, MOST_CHARACTERS, MOST_WAITING, MOST_CANDIDATES],
)
def test_the_docs_tell_the_limits(limit: int) -> None:
    """Those of the code."""
    assert re.search(rf"\b{limit:,}\b", DOCS.read_text(encoding="utf-8"))


@pytest.mark.filterwarnings("ignore")  # those of the client and of what it loads are not ours
def test_the_client_reconciler_reconciles_a_column(running: Running) -> None:
    """The PyPI client, as its readme uses it: a data frame with a match for each name."""
    pandas = pytest.importorskip("pandas")
    reconcile = pytest.importorskip("reconciler").reconcile
    names = pandas.Series(["Kupol", "Олександра Сирського", "9K33", "Kupol"])
    found = reconcile(names, reconciliation_endpoint=f"{running.url}reconcile")
    wikidata = pandas.Series(["Q1002"])
    settled = reconcile(
        pandas.Series(["Anna Schmidt"]),
        type_id="person",
        property_mapping={"identifiers.wikidata": wikidata},
        reconciliation_endpoint=f"{running.url}reconcile",
    )

    ids = dict(zip(found["input_value"], found["id"], strict=True))
    assert [ids[name] for name in names[:3]] == ["organization:kupol", "person:oleksandr-syrskyi", "product:osa"]
    assert found["match"].all()
    assert list(settled["id"]) == ["person:anna-schmidt-2"]
    assert list(settled["type_id"]) == ["person"]


def test_a_registry_that_changes_is_served_without_a_request_lost(running: Running, served_folder: Path) -> None:
    """While four clients ask: first without the new entity, then with it, and never anything else."""
    ended = threading.Event()

    def ask() -> list[tuple[int, str | None]]:
        seen = []
        with httpx2.Client(base_url=running.url) as client:
            while not ended.is_set():
                answer = client.get("resolve", params={"name": "Tor-M2"})
                seen.append((answer.status_code, answer.json()[0]["id"]))
        return seen

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        time.sleep(0.2)
        (served_folder / "more.yaml").write_text(TOR, encoding="utf-8")
        try:
            wait_until(lambda: running.get("health")["entities"] == 7)
            time.sleep(0.2)
        finally:
            ended.set()

    for seen in (one.result() for one in asking):
        assert {status for status, _ in seen} == {200}
        ids = [one for _, one in seen]
        assert ids == sorted(ids, key=lambda one: one is not None)
        assert set(ids) == {None, "product:tor"}


def test_an_unsound_registry_leaves_the_old_one(running: Running, served_folder: Path) -> None:
    """It is told without the paths of this machine, and over as soon as the files are sound again."""
    more = served_folder / "more.yaml"
    more.write_text(UNSOUND, encoding="utf-8")
    wait_until(lambda: running.get("health")["status"] == "stale")
    health = running.get("health")

    assert health["entities"] == 6
    assert str(served_folder) not in json.dumps(health)
    assert running.get("resolve?name=Kupol")[0]["id"] == "organization:kupol"
    more.write_text(TOR, encoding="utf-8")
    wait_until(lambda: running.get("health")["status"] == "ok")
    assert running.get("health")["entities"] == 7


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no SIGHUP")
def test_sighup_reads_the_registry_again(running: Running) -> None:
    """Also one whose files look as before."""
    before = running.get("health")["loaded"]
    time.sleep(1.1)  # `loaded` has seconds
    running.process.send_signal(signal.SIGHUP)

    wait_until(lambda: running.get("health")["loaded"] != before)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_what_is_asked_is_answered_before_it_stops(running: Running, sign: signal.Signals) -> None:
    """A request that takes its time gets its whole answer."""
    text = " ".join(f"Oleksandr Syrskyi{number} visited Kupol." for number in range(3_000))
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(httpx2.post, f"{running.url}annotate", json={"text": text}, timeout=60)
        time.sleep(0.5)
        was_under_way = not asked.done()
        running.process.send_signal(sign)
        answer = asked.result()

    assert was_under_way
    assert answer.status_code == 200
    assert len(answer.json()) > 3_000
    _, said = running.process.communicate(timeout=SECONDS)
    assert "Traceback" not in said


# The registry on disk, without a server


def test_refresh_reads_only_what_changed(live: LiveRegistry) -> None:
    """Or what it was asked for."""
    served = live.served

    assert not live.refresh()
    assert live.served is served
    live.ask()
    assert live.refresh()
    assert live.served is not served
    assert not live.refresh()


@pytest.mark.parametrize("content", [UNSOUND, "- [\n", "\x00", REGISTRY])
def test_refresh_keeps_what_is_sound(
    content: str, live: LiveRegistry, served_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A problem is told once."""
    served = live.served
    (served_folder / "more.yaml").write_text(content, encoding="utf-8")

    assert not live.refresh()
    assert not live.refresh()
    assert live.served is served
    assert live.problem
    assert capsys.readouterr().err.count("is still served") == 1
    (served_folder / "more.yaml").unlink()
    assert live.refresh()
    assert live.problem == ""


def test_refresh_survives_a_registry_that_is_gone(live: LiveRegistry, served_folder: Path) -> None:
    """A folder that is exchanged is away for a moment."""
    away = served_folder.rename(served_folder.with_name("away"))

    assert not live.refresh()
    assert not live.refresh()
    assert live.problem
    away.rename(served_folder)
    assert live.refresh()
    assert live.problem == ""


def test_the_service_needs_no_private_names() -> None:
    """It imports the public API: names of `resolver`, and of packages of it, never of their modules."""
    package = Path(importlib.import_module("resolver.integrations.reconciliation").__path__[0])
    lines = [line for path in package.glob("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    used = {line.split()[1] for line in lines if line.startswith(("from resolver", "import resolver"))}
    allowed = {"resolver", "resolver.registry", "resolver.report", "resolver.wording", "resolver.integrations.web"}

    assert {name for name in used if not name.startswith("resolver.integrations.reconciliation.")} <= allowed


def test_a_policy_is_kept(served_folder: Path) -> None:
    """Also when the registry is read again."""
    live = LiveRegistry(served_folder, Policy.preset("strict"))
    live.ask()
    live.refresh()

    assert live.served.resolver.policy.accept == Policy.preset("strict").accept
