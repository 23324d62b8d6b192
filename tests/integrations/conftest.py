"""What the tests of the review page may ask for."""

from pathlib import Path

import pytest
from review_queue import saved


@pytest.fixture(params=["queue.yaml", "queue.jsonl"])
def any_queue(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The four names in either format."""
    return saved(tmp_path / str(request.param))


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    """The four names as YAML."""
    return saved(tmp_path / "queue.yaml")
