"""The JSON schemas and the examples of the specifications of the Entity Reconciliation API, from a checkout of them.

The files are not ours to carry, so a checkout is named by a variable of the environment:

    git clone https://github.com/reconciliation-api/specs
    RECONCILIATION_SPECS=specs pytest tests/integrations/test_reconciliation*.py

1. `checkout()` is where it is, or None.
2. `schema_of()` is a validator of one kind of request or answer of a version; `$ref`s stay within the checkout.
3. `examples_of()` are the files that the specification gives as valid, or as invalid, for such a schema.

The schemas speak the dialect of draft 7: they use `$id` and `definitions`, and are checked there by ajv 6.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

VARIABLE = "RECONCILIATION_SPECS"
VERSIONS = ("0.2", "1.0-draft")
HOW = f"`git clone https://github.com/reconciliation-api/specs` and name that folder as {VARIABLE}"


@cache
def checkout() -> Path | None:
    """The folder of the specifications, None if none is named; FileNotFoundError if another one is named."""
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    missing = [version for version in VERSIONS if not (Path(named) / version / "schemas").is_dir()]
    if missing:
        raise FileNotFoundError(f"{VARIABLE}={named}: no {missing[0]}/schemas in it: {HOW}")
    return Path(named)


def kinds_of(version: str) -> list[str]:
    """The names of the schemas of a version; none without a checkout."""
    return sorted(_schemas(version))


def schema_of(kind: str, version: str) -> Draft7Validator:
    """A validator of what a schema, such as reconciliation-query-batch, describes."""
    known = _schemas(version).values()
    registry: Registry[Any] = Registry().with_resources((each["$id"], DRAFT7.create_resource(each)) for each in known)
    return Draft7Validator(_schemas(version)[kind], registry=registry)


def examples_of(kind: str, version: str, *, valid: bool) -> list[tuple[str, Any]]:
    """The examples for a schema, (name of the file, what is in it); none without a checkout."""
    root = checkout()
    if root is None:
        return []
    folder = root / version / "examples" / kind / ("valid" if valid else "invalid")
    return [(path.name, _read(path)) for path in sorted(folder.glob("*.json"))]


@cache
def _schemas(version: str) -> dict[str, Any]:
    root = checkout()
    return {path.stem: _read(path) for path in sorted((root / version / "schemas").glob("*.json"))} if root else {}


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
