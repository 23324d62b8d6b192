"""Compiled registries in the user's cache folder: what was analysed once is mapped into memory the next time.

A file is named by a hash of all that it follows from: the files of the registry and this package's own. So it is never
out of date, only superfluous; the oldest go. A file that cannot be read or written costs time and nothing else.

The folder is `$RESOLVER_CACHE`, else the system's for caches; with RESOLVER_CACHE=off nothing is kept.
"""

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from resolver.errors import RegistryError
from resolver.files import sweep
from resolver.index import AliasIndex
from resolver.index.arrays import StaleError
from resolver.index.compiled import open_tables, write_tables
from resolver.registry import Registry
from resolver.registry.registry import bundled_folder
from resolver.registry.sources import registry_files

CACHE_VARIABLE = "RESOLVER_CACHE"
LEAST = 16_384  # bytes of YAML below which a registry is analysed faster than it is worth to keep it
KEPT = 8  # compiled registries that stay in the folder
_SUFFIX = ".index"
_PACKAGE = Path(__file__).parent


def cache_folder() -> Path | None:
    """Where compiled registries are kept, None if they are not."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return None if chosen == "off" else Path(chosen)
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA", "~/AppData/Local")
    elif sys.platform == "darwin":
        home = "~/Library/Caches"
    else:
        home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        return Path(home).expanduser() / "resolver"
    except RuntimeError:  # nobody's home
        return None


Place = tuple[Path, str]  # the file of a compiled registry, and the key of all that it follows from


def open_compiled(place: Place | None) -> tuple[AliasIndex, tuple[str, ...]] | None:
    """The index of a registry and the strings that are never an entity, if there is a sound file, else None."""
    if place is None:
        return None
    file, key = place
    try:
        tables, blocked = open_tables(file, key)
    except (OSError, StaleError):
        return None
    return AliasIndex(tables=tables), blocked


def keep_compiled(registry: Registry, index: AliasIndex, place: Place | None) -> Path | None:
    """Write a registry and its index to the cache. The file, None if it is not kept.

    `place` is where it belonged before it was read: if its files changed meanwhile, nobody knows which were read.
    """
    if place is None or registry.path is None or place_of(registry.path) != place:
        return None
    file, key = place
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_tables(index.tables, file, key, blocked=registry.blocked)
    except OSError:
        return None  # a full disk, or a folder that is not ours
    with suppress(OSError):  # another process may remove them at the same time
        sweep(file.parent)
        _remove_oldest(file)
    return file


def copy_compiled(place: Place, file: Path) -> Place:
    """A copy of a compiled registry outside the cache, where nothing removes it. OSError if it cannot be made."""
    known, key = place
    shutil.copyfile(known, file)
    return file, key


def place_of(path: Path | None) -> Place | None:
    """Where the compiled registry belongs as its files are now; None if it is not worth a file or is not there."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        files = registry_files(bundled_folder() if path is None else path)
        texts = [(file.name, file.read_bytes()) for file in files]
    except (OSError, RegistryError):
        return None  # whoever reads it next says what is wrong
    if sum(len(text) for _, text in texts) < LEAST:
        return None
    key = _hash([*_own_files(), *texts])
    return folder / f"{key[:32]}{_SUFFIX}", key


def _own_files() -> list[tuple[str, bytes]]:
    """This package's modules and tables by name, size and time of change: they decide what an analysis says."""
    found = sorted(path for path in _PACKAGE.rglob("*") if path.suffix in (".py", ".txt"))
    stats = [(path, path.stat()) for path in found]
    return [(str(p.relative_to(_PACKAGE)), f"{stat.st_size} {stat.st_mtime_ns}".encode()) for p, stat in stats]


def _hash(parts: Iterable[tuple[str, bytes]]) -> str:
    import hashlib  # it loads OpenSSL, and few callers ask

    digest = hashlib.blake2b(digest_size=32)
    for name, content in parts:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _remove_oldest(newest: Path) -> None:
    """Keep the newest files, and that one whatever its time: the clock may have gone back."""
    others = (file for file in newest.parent.glob(f"*{_SUFFIX}") if file.name != newest.name)
    for file in sorted(others, key=lambda file: file.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        file.unlink(missing_ok=True)
