"""What the tests of the review page and of the service may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import ARGUMENTS, CHROMIUM
from playwright.sync_api import Browser, sync_playwright
from reconciliation_facts import REGISTRY
from review_queue import saved
from starlette.testclient import TestClient

from resolver import Policy
from resolver.integrations.reconciliation.app import create_app
from resolver.integrations.reconciliation.reloading import LiveRegistry

SERVICE = "http://127.0.0.1:8643"


@pytest.fixture(params=["queue.yaml", "queue.jsonl"])
def any_queue(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The four names in either format."""
    return saved(tmp_path / str(request.param))


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    """The four names as YAML."""
    return saved(tmp_path / "queue.yaml")


@pytest.fixture
def served_folder(tmp_path: Path) -> Path:
    """The folder of the registry that the service is asked about."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "all.yaml").write_text(REGISTRY, encoding="utf-8")
    return folder


@pytest.fixture
def live(served_folder: Path) -> LiveRegistry:
    """That registry as it is served."""
    return LiveRegistry(served_folder, Policy())


@pytest.fixture
def service(live: LiveRegistry) -> Iterator[TestClient]:
    """A client of the service."""
    with TestClient(create_app(live), base_url=SERVICE) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()
