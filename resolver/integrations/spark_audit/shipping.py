"""A registry on its way to the executors: compiled into one file, which Spark sends to each of them once.

1. The driver compiles the registry into a temporary folder and tells Spark of the file; its name is a hash of its
   content, so that a session that audits twice sends it once.
2. A Python worker maps the file into memory when it gets its first rows, and keeps it as long as it lives. All workers
   of a machine share these pages.
"""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark import SparkContext, SparkFiles

from resolver import Policy, Resolver, ResolverError

_KEPT = 2  # resolvers of a worker: a session seldom has two, and a large one takes memory


@dataclass(frozen=True, slots=True)
class Shipment:
    """What a task is told of the registry: the file that was sent, the key to open it, and by which version."""

    file: str
    key: str
    version: str
    policy: Policy = field(hash=False)  # it holds tables

    def unpack(self) -> Resolver:
        """The resolver of this worker. ResolverError if the executor has another version of this package."""
        return _unpacked(self)


def ship(context: SparkContext, resolver: Resolver) -> Shipment:
    """Send the registry of a resolver to all executors that there are or will be."""
    folder = Path(_folder().name)
    with TemporaryDirectory(dir=folder) as own:
        file, key = resolver.compile(Path(own) / "registry.index")
        named = folder / f"resolver-{_digest(file)}.index"
        file.replace(named)
    if not any(url.endswith(f"/{named.name}") for url in context.listFiles):
        context.addFile(str(named))  # sent when the first task asks for it
    return Shipment(named.name, key, version("resolver"), resolver.policy)


@lru_cache(maxsize=_KEPT)
def _unpacked(shipment: Shipment) -> Resolver:
    mine = version("resolver")
    if mine != shipment.version:
        raise ResolverError(f"resolver {mine} on an executor, {shipment.version} on the driver; install the same")
    return Resolver.open((Path(SparkFiles.get(shipment.file)), shipment.key), policy=shipment.policy)


@cache
def _folder() -> TemporaryDirectory[str]:
    """Where the file stays until the driver ends: an executor that starts late asks for it late."""
    return TemporaryDirectory(prefix="resolver-")


def _digest(file: Path) -> str:
    digest = blake2b(digest_size=16)
    with file.open("rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
