"""All checks of a registry, one after the other: what comes in is a resolver, what goes out are sorted findings."""

from collections.abc import Iterable, Iterator, Sequence

from resolver.checks.characters import character_findings
from resolver.checks.examples import example_findings
from resolver.checks.findings import Finding, Place, finding, is_wanted, selected
from resolver.checks.lines import line_findings
from resolver.checks.reading import Places
from resolver.checks.redundancy import redundancy_findings
from resolver.checks.sharing import sharing_findings
from resolver.checks.usage import Usage, usage_findings
from resolver.errors import Problem
from resolver.pipeline import Resolver


def check_registry(
    resolver: Resolver,
    places: Places,
    *,
    on: str,
    usage: Usage | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Finding]:
    """What is found in a registry, by file, line and code.

    on       today, YYYY-MM-DD: what is expired is told by it
    usage    what audits hold; without it nothing is said of what is in use
    select   prefixes of the codes to look for, all if empty; ignore: prefixes of those to leave out
    """

    def found() -> Iterator[Finding]:
        if is_wanted("R01", select, ignore):
            yield from example_findings(resolver, places)
        if is_wanted("R02", select, ignore):
            yield from sharing_findings(resolver, places)
        if any(is_wanted(code, select, ignore) for code in ("R025", "R033", "R034")):
            yield from character_findings(resolver.registry, places)
        if any(is_wanted(code, select, ignore) for code in ("R03", "R050", "R051")):
            yield from line_findings(resolver, places, on)
        if is_wanted("R04", select, ignore):
            yield from redundancy_findings(resolver, places)
        if usage is not None and any(is_wanted(code, select, ignore) for code in ("R052", "R06")):
            yield from usage_findings(resolver, places, usage)

    return sorted(selected(found(), select, ignore), key=_order)


def file_findings(problems: Iterable[Problem]) -> list[Finding]:
    """The problems of files that cannot be read as a registry."""
    found = []
    for problem in problems:
        what, _, fix = problem.message.rpartition(": ")
        place = Place(problem.path, problem.line)
        found.append(finding("R001", place, what or fix, fix=fix if what else None))
    return found


def _order(each: Finding) -> tuple[str, int, str, str, str]:
    return each.place.path, each.place.line, each.code, each.entity_id or "", each.message
