#!/usr/bin/env python3
"""Measures the review page with a long queue, in headless Chromium: until it can be used, until a decision is saved.

    python tests/bench/review_page.py [--names 10000] [--decisions 100]

Needs `pip install -e '.[dev]'` and chromium. Times are wall-clock, as a curator waits by the clock.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Page, expect, sync_playwright

from resolver.review import Item, Queue, Snippet, Suggestion, save_queue

ROOT = Path(__file__).parents[2]
OPENINGS = 9
_CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def main(
    names: Annotated[int, typer.Option(help="Names in the queue.")] = 10_000,
    decisions: Annotated[int, typer.Option(help="Decisions to make.")] = 100,
) -> None:
    """Print what a curator waits for."""
    with tempfile.TemporaryDirectory() as name:
        queue = Path(name) / "queue.yaml"
        save_queue(Queue(tuple(map(_item, range(names)))), queue)
        shutil.copytree(ROOT / "aliases", Path(name) / "aliases")
        print(f"{names:,} names, {queue.stat().st_size / 1e6:.1f} MB")
        command = [sys.executable, "-m", "resolver", "review", "serve", queue, "--aliases", Path(name) / "aliases"]
        started = time.perf_counter()
        with subprocess.Popen([*command, "--port", "0"], stderr=subprocess.PIPE, text=True) as server:
            try:
                address = next(line for line in server.stderr or () if "http://" in line).split(" at ")[1].split()[0]
                print(f"server ready after {time.perf_counter() - started:.1f} s")
                _measure(address, decisions)
            finally:
                server.terminate()


def _item(number: int) -> Item:
    name = f"Name Number{number}"
    said = f"The minister said on Monday that «{name}» had left the city for good and would not come back."
    snippets = tuple(Snippet(f"{number}-{place}.txt", 33, 33 + len(name), said) for place in range(3))
    near = tuple(Suggestion(f"person:near-{place}", 0.3 - place / 10, "given names differ") for place in range(3))
    variants = ((name, 12), (f"N. Number{number}", 4))
    return Item(f"name-{number:05}", name, "person", "unresolved", "", 20_000 - number, 7, variants, snippets, near)


def _measure(address: str, decisions: int) -> None:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(_CHROMIUM))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        _say("page opened, until its first name is there", [_opened(page, address) for _ in range(OPENINGS)])
        for number in range(1, decisions + 1):
            page.keyboard.press("x")
            expect(page.locator("#preview .added").first).to_be_visible()  # as a curator, who looks first
            page.keyboard.press("x")
            expect(page.locator("#progress-text")).to_contain_text(f"{number:,} of")
        _say("decision, until the answer that it is in the file", _seconds(page, "/decide"))
        _say("lines that a decision would write", _seconds(page, "/preview"))
        browser.close()


def _opened(page: Page, address: str) -> float:
    page.goto("about:blank")
    started = time.perf_counter()
    page.goto(address)
    page.locator("#question h2").wait_for()
    return time.perf_counter() - started


def _seconds(page: Page, path: str) -> list[float]:
    script = "path => JSON.stringify(performance.getEntriesByType('resource').filter(e => e.name.endsWith(path)))"
    return [each["duration"] / 1000 for each in json.loads(page.evaluate(script, path))]


def _say(what: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    worst = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"{what}: median {statistics.median(ordered) * 1000:.0f} ms, p95 {worst * 1000:.0f} ms of {len(ordered)}")


if __name__ == "__main__":
    typer.run(main)
