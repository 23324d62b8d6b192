"""What this project is built from: the packages that its own need, by extra, and the licence of each.

    python tests/supply_chain.py > docs/licences.md      `make licences`

1. `needed` walks the metadata of what is installed, from the requirements of `resolver` on.
2. `licence_of` reads what a package states: its licence expression, else its classifiers, else its free text.
3. `table` writes it all down. What is not installed here cannot be looked at, and keeps the row that it has.
"""

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "licences.md"
EXTRAS = ("", "web", "dataframes", "skos", "spacy", "spark", "dev")
# Licences under which a package may be used by a program of any licence, MIT among them. MPL-2.0 asks for the source of
# its own files only, and only of whoever passes them on.
ALLOWED = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "CC0-1.0", "ISC", "MIT", "MIT-0", "MPL-2.0",
        "PSF-2.0", "Unlicense", "Zlib",
    }
)  # fmt: skip
# Packages of another licence that are in use all the same, each with it and with the reason.
EXCEPTIONS = {
    "unidecode": (
        "GPL-2.0-or-later",
        "imported, not copied: the code of resolver stays MIT; who passes on both together does so under the GPL",
    ),
}
_EXPRESSIONS = {  # what classifiers and free texts say, as SPDX has it
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd license": "BSD",
    "gnu general public license v2 or later (gplv2+)": "GPL-2.0-or-later",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "the unlicense (unlicense)": "Unlicense",
}
HEAD = """# Licences

Every package that the library, its extras and its development need, with what they need in turn. `make licences` writes
this table from what is installed; a test fails if one is missing or comes with a licence that is not allowed.

| package | licence | needed by |
|---|---|---|
"""


def needed(extra: str) -> dict[str, Distribution | None]:
    """What an extra of this package needs, "" being the library alone: name -> package, None if it is not installed."""
    found: dict[str, Distribution | None] = {}
    waiting = [("resolver", frozenset({extra} if extra else ()))]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        package = _installed(name)
        if name != "resolver":
            found[name] = package
        for requirement in _requirements(package, extras):
            each = (canonicalize_name(requirement.name), frozenset(requirement.extras))
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return found


def licence_of(package: Distribution) -> str:
    """The licence of a package as SPDX writes it, "unknown" if it states none.

    >>> licence_of(distribution("rapidfuzz"))
    'MIT'
    """
    stated = package.metadata.get("License-Expression")
    if stated:
        return stated
    classifiers = package.metadata.get_all("Classifier") or []
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: ")]
    text = (package.metadata.get("License") or "").partition("\n")[0].strip()
    known = [_EXPRESSIONS.get(name.lower(), name) for name in named] or ([text] if len(text) < 40 else [])
    return " OR ".join(_EXPRESSIONS.get(name.lower(), name) for name in known) or "unknown"


def is_allowed(licence: str) -> bool:
    """Whether an expression allows the use: all its parts if they are joined by AND, one of them if by OR.

    >>> is_allowed("MIT AND PSF-2.0"), is_allowed("MIT AND GPL-3.0-only"), is_allowed("GPL-3.0-only OR MIT")
    (True, False, True)
    """
    ways = licence.replace("(", "").replace(")", "").split(" OR ")
    return any(all(part.strip() in ALLOWED for part in way.split(" AND ")) for way in ways)


def rows() -> dict[str, tuple[str, str]]:
    """Name -> the licence and who needs it, of every package that is installed here."""
    users: dict[str, list[str]] = {}
    licences: dict[str, str] = {}
    for extra in EXTRAS:
        for name, package in needed(extra).items():
            if package is not None and "library" not in users.get(name, []):
                users.setdefault(name, []).append(extra or "library")
                licences[name] = licence_of(package)
    return {name: (licences[name], ", ".join(users[name])) for name in sorted(users)}


def written() -> dict[str, tuple[str, str]]:
    """The same as `docs/licences.md` has it."""
    cells = (line.strip("| ").split(" | ") for line in TABLE.read_text(encoding="utf-8").splitlines() if " | " in line)
    return {name: (licence, users) for name, licence, users in cells if name != "package"}


def table() -> str:
    """The page `docs/licences.md`."""
    old = written() if TABLE.exists() else {}
    kept = {name: row for name, row in old.items() if _installed(name) is None}
    lines = [f"| {name} | {licence} | {users} |\n" for name, (licence, users) in sorted({**kept, **rows()}.items())]
    notes = [f"\n{name} is {licence}: {why}.\n" for name, (licence, why) in EXCEPTIONS.items()]
    return "".join([HEAD, *lines, *notes])


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _requirements(package: Distribution | None, extras: frozenset[str]) -> Iterator[Requirement]:
    """What a package with these extras needs on this machine."""
    for line in package.requires or () if package else ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


if __name__ == "__main__":
    sys.stdout.write(table())
