"""The registry on disk, as it is served: read again when its files change, and swapped when it is ready.

Requests take what is served at that moment and keep it to their end, so none waits for a new registry, and none sees
half of one. A registry that is not sound is told of on stderr, and the old one stays.
"""

import sys
from pathlib import Path

from resolver import Policy, RegistryError
from resolver.integrations.reconciliation.served import Served, serve_registry
from resolver.registry import bundled_folder, registry_stamp
from resolver.wording import counted, visible_lines

Stamp = tuple[tuple[str, int, int], ...]


class LiveRegistry:
    """A registry on disk, and what is served of it.

    path    its folder or file; None for the bundled one
    served  the registry that requests are answered from; RegistryError at the start if it is not sound

    `refresh` is called by one thread at a time; `served`, `problem` and `ask` by any.
    """

    def __init__(self, path: Path | None, policy: Policy) -> None:
        self.path = path or bundled_folder()
        self._given = path
        self._policy = policy
        self._stamp: Stamp | None = registry_stamp(self.path)
        self._is_asked = False
        self.served: Served = serve_registry(path, policy)
        self.problem = ""

    def ask(self) -> None:
        """Have the registry read again at the next `refresh`, changed or not."""
        self._is_asked = True

    def refresh(self) -> bool:
        """Read the registry again if its files have changed, or somebody asked; whether it was swapped.

        The stamp is taken before the files are read: what changes meanwhile is read the next time.
        """
        try:
            stamp: Stamp | None = registry_stamp(self.path)
        except (OSError, RegistryError) as error:
            return self._keep(None, str(error), 1)
        if stamp == self._stamp and not self._is_asked:
            return False
        self._is_asked = False
        try:
            self.served = serve_registry(self._given, self._policy)
        except RegistryError as error:
            return self._keep(stamp, str(error), len(error.problems))
        except OSError as error:
            return self._keep(stamp, str(error), 1)
        self._stamp, self.problem = stamp, ""
        _log(f"registry read again: {counted(len(self.served.by_name), 'entity', 'entities')}")
        return True

    def _keep(self, stamp: Stamp | None, message: str, count: int) -> bool:
        """Go on with the registry that is served; the same problem is told once."""
        if stamp is not None or self._stamp is not None:
            _log(f"{message}\nthe registry that was read before is still served")
        self._stamp = stamp
        self.problem = f"the registry on disk has {counted(count, 'problem')}: see the log of the service"
        return False


def _log(message: str) -> None:
    print(visible_lines(message), file=sys.stderr, flush=True)  # noqa: T201 (the log of a service)
