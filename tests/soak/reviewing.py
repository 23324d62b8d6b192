"""The review page server, killed while decisions are being saved: what it has answered is in the file.

A client decides the items of a queue in turn, as the page does, and notes each decision that was answered with 200.
Then the server is killed. The queue must be whole, and hold all that was answered, and at most the one more that was
under way. The next server begins with that file.
"""

import http.client
import json
import random
import re
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

from review_queue import item
from soak.commands import Commands, Running
from soak.scenarios import copy_registry, files_of

from resolver.review import Queue, load_queue, save_queue

NAMES = 40
MOST_SECONDS = 0.6  # that a server lives after its first answer: some dozens of decisions
WAITING = 60  # seconds for a server to start, on a machine that has much else to do
DECISIONS = ("not_an_entity", "unsure", {"new": {"type": "other", "name": "Somebody"}}, None)


class Client:
    """What the page of a server sends; `answered` and `asked` are decisions by the key of their items."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._token = ""
        self.answered: dict[str, str] = {}
        self.asked: dict[str, str] = {}

    def open(self) -> bool:
        """Take the token from the page; False while the server does not answer."""
        try:
            found = re.search(r'review-token" content="([^"]+)', self._send("GET", "/")[1])
        except OSError:
            return False
        self._token = found[1] if found else ""
        return True

    def decide(self, chance: random.Random) -> None:
        """Decide one item after the other, until the server is gone."""
        number = 0
        while True:
            key, decision = f"item-{chance.randrange(NAMES)}", chance.choice(DECISIONS)
            fields = {"decision": decision, "note": f"note {number}", "except": []}
            self.asked = {key: fields["note"]}
            try:
                status, answer = self._send("POST", "/api/decide", {"key": key, "fields": fields})
            except (OSError, http.client.HTTPException):
                return
            assert status == 200, answer
            self.answered[key] = fields["note"]
            self.asked = {}
            number += 1

    def _send(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=WAITING)
        headers = {"X-Review-Token": self._token, "Origin": f"http://127.0.0.1:{self._port}"}
        content = None if body is None else json.dumps(body)
        if content:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, path, content, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


class Reviewing:
    """A queue that is decided by one killed server after the other."""

    def __init__(self, folder: Path) -> None:
        copy_registry(folder, ("events.yaml", "media.yaml", "other.yaml"))
        self._folder = folder
        self._queue = folder / "queue.yaml"
        items = (item(f"item-{number}", (f"Name {number}", NAMES - number)) for number in range(NAMES))
        save_queue(Queue(tuple(items)), self._queue)

    def try_once(self, commands: Commands, chance: random.Random) -> int:
        """Kill a server; AssertionError if something was lost. Whether a decision was under way."""
        before = self._notes()
        port = free_port()
        arguments = ("review", "serve", "queue.yaml", "--aliases", "aliases", "--port", str(port))
        running = commands.start(*arguments, folder=self._folder)
        client = Client(port)
        _wait_for(client, running)
        deciding = threading.Thread(target=client.decide, args=(chance,))
        deciding.start()
        running.send(signal.SIGKILL, after=chance.random() * MOST_SECONDS)
        done = running.wait()
        deciding.join()
        assert done.code == -signal.SIGKILL, done.err
        found = self._notes()
        told = before | client.answered
        assert found in (told, told | client.asked), "a decision that was answered is lost, or one was made up"
        return 1

    def close(self) -> None:
        """After one more decision, nothing is left but the queue and the registry."""
        with Commands() as commands:
            port = free_port()
            running = commands.start(
                "review", "serve", "queue.yaml", "--aliases", "aliases", "--port", str(port), folder=self._folder
            )
            client = Client(port)
            _wait_for(client, running)
            threading.Thread(target=client.decide, args=(random.Random(1),)).start()  # noqa: S311 (no secret)
            while not client.answered:
                time.sleep(0.01)
            running.send(signal.SIGINT)
            done = running.wait()
        assert done.code == 0, done.err
        left = [name for name in files_of(self._folder) if not name.startswith("aliases/")]
        assert left == ["queue.yaml"], left
        shutil.rmtree(self._folder)

    def _notes(self) -> dict[str, str]:
        return {each.key: each.judgement.note for each in load_queue(self._queue) if each.judgement.note}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait_for(client: Client, running: Running) -> None:
    end = time.monotonic() + WAITING
    while not client.open():
        assert time.monotonic() < end, running.said()
        time.sleep(0.02)
