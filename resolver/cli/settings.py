"""Settings of a project: resolver.toml, or [tool.resolver] in pyproject.toml, in the current folder or one above it.

    aliases = "aliases"          # every command that has --aliases
    policy = "strict"

    [audit]                      # the options of `resolver audit` only
    workers = 4

    [review.apply]
    by = "ada"

What is typed counts more, then what the environment says, then these. Paths are relative to the file. Options that
agree to something (--yes), or open a door (--host), are only ever typed. The variable RESOLVER_CONFIG names another
file, or is "off".
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from resolver.cli.options import ALIASES_VARIABLE
from resolver.errors import Problem, ResolverError
from resolver.registry.reading import nearest

VARIABLE = "RESOLVER_CONFIG"
FILES = ("resolver.toml", "pyproject.toml")
OFF = "off"

_TABLE = "tool.resolver"  # in pyproject.toml
_ONLY_TYPED = frozenset({"yes", "dry-run", "host", "open", "help", "version", "fix", "decision"})

Settings = dict[str, Any]


class SettingsError(ResolverError):
    """A file of settings cannot be used; the message has a line for each problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))


def settings_file() -> Path | None:
    """The file that holds settings for the current folder, None if there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        return None if named == OFF else Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name in FILES:
            path = folder / name
            if path.is_file() and (name == FILES[0] or _TABLE in path.read_text(encoding="utf-8", errors="replace")):
                return path
    return None


def read_settings(path: Path, command: Any) -> Settings:
    """The settings of a file as defaults for the command tree; SettingsError lists all that is wrong with them."""
    reader = _Reader(path, _content(path))
    defaults = reader.defaults(command)
    if reader.problems:
        raise SettingsError(reader.problems)
    return defaults


def _content(path: Path) -> Settings:
    import tomllib  # most projects have no settings: they need not wait for it

    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # also a number of 5,000 digits; brackets nested 1,000 deep
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SettingsError([Problem(str(path), 0, f"cannot be read: {reason}")]) from error
    own = content.get("tool", {}).get("resolver", {}) if path.name == FILES[1] else content
    return dict(own) if isinstance(own, dict) else {}


class _Reader:
    """Spreads settings over the commands, and notes what no command knows."""

    def __init__(self, path: Path, content: Settings) -> None:
        self.path = path
        self.content = content
        self.problems: list[Problem] = []

    def defaults(self, root: Any) -> Settings:
        """The defaults of all commands, nested as they are, with every table and key accounted for."""
        common = {key: value for key, value in self.content.items() if not isinstance(value, dict)}
        known = {key for _, command in _walk(root) for key in _options(command)}
        self._refuse_unknown(common, known, "")
        return self._of_group(root, self.content, common, "")

    def _of_group(self, command: Any, table: Mapping[str, Any], common: Mapping[str, Any], place: str) -> Settings:
        below = dict(getattr(command, "commands", None) or {})
        tables = {key: value for key, value in table.items() if isinstance(value, dict)}
        for name in tables.keys() - below.keys():
            self._report(place, name, list(below), "command")
        found = self._of_command(command, table, common, place)
        for name, inner in below.items():
            own = tables.get(name, {})
            nested = found[name] = self._of_group(inner, own, common, f"{place}{name}.")
            # A command below a command is called "audit diff" (`resolver.cli.nesting`), and looked for here.
            found.update({f"{name} {each}": nested[each] for each in getattr(inner, "commands", None) or {}})
        return found

    def _of_command(self, command: Any, table: Mapping[str, Any], common: Mapping[str, Any], place: str) -> Settings:
        options = _options(command)
        own = {key: value for key, value in table.items() if not isinstance(value, dict)} if place else {}
        self._refuse_unknown(own, options.keys(), place)
        merged = {**common, **own}
        return {option.name: self._value(option, merged[key]) for key, option in options.items() if key in merged}

    def _value(self, option: Any, value: Any) -> Any:
        """The value as the option takes it: a path from where the file lies."""
        if isinstance(value, list):
            return [self._value(option, each) for each in value]
        is_path = option.type.name in ("path", "file", "directory")
        return str(self.path.parent / value) if is_path and isinstance(value, str) else value

    def _refuse_unknown(self, table: Mapping[str, Any], known: Any, place: str) -> None:
        for key in table:
            if key in _ONLY_TYPED:
                self.problems.append(Problem(str(self.path), 0, f"'{place}{key}' can only be typed: remove it"))
            elif key not in known:
                self._report(place, key, list(known), "setting")

    def _report(self, place: str, key: str, known: list[str], what: str) -> None:
        best = nearest(key, known)
        advice = f"did you mean {best[0]!r}?" if best else "`resolver COMMAND --help` lists the options"
        self.problems.append(Problem(str(self.path), 0, f"no {what} '{place}{key}': {advice}"))


def _options(command: Any) -> dict[str, Any]:
    """The options of a command as they are typed, without dashes before; the registry is always `aliases`."""
    found = {}
    for option in getattr(command, "params", ()):
        names = [name.removeprefix("--") for name in option.opts if name.startswith("--")]
        if ALIASES_VARIABLE in _variables(option):
            names = ["aliases"]
        found.update({name: option for name in names[:1] if name not in _ONLY_TYPED})
    return found


def _variables(option: Any) -> list[str]:
    return [option.envvar] if isinstance(option.envvar, str) else list(option.envvar or ())


def _walk(command: Any) -> Iterator[tuple[str, Any]]:
    yield "", command
    for name, inner in (getattr(command, "commands", None) or {}).items():
        yield name, inner
        yield from _walk(inner)
