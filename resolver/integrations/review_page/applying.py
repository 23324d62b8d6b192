"""All decisions of a queue into the registry, as `resolver review apply` does it: first the plan, then the writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resolver.audit import MENTIONS, read_occurrences
from resolver.checks import unmet_names
from resolver.errors import CorpusError
from resolver.integrations.review_page.live import today
from resolver.pipeline import Resolver
from resolver.registry import Registry
from resolver.review import Application, Queue, impact_of, plan_application


@dataclass(frozen=True, slots=True)
class Plan:
    """What all decisions would do.

    application  the change of the registry, with a sentence for each decision
    unmet        key of an item -> why its names would not resolve even then; such an item stays in the queue
    impact       what the change does to the audit beside the queue, in words; nothing if there is no audit
    """

    application: Application
    unmet: Mapping[str, Sequence[str]]
    impact: Sequence[str]

    def write(self) -> None:
        """Write registry, ledger, and the queue without what is settled. RegistryError leaves all as they were."""
        self.application.write()


def plan_all(queue: Queue, aliases: Path, *, by: str) -> Plan:
    """The plan for a queue; ProblemsError lists every decision that cannot be applied."""
    registry = Registry.load(aliases)
    plan = plan_application(queue, registry, by=by, on=today())
    after = Resolver(plan.change.result())
    unmet = unmet_names(after, plan.names)
    mentions = Path(queue.path).with_name(MENTIONS)
    has_impact = mentions.exists() and bool(plan.diff())
    impact: Sequence[str] = ()
    if has_impact:
        try:
            impact = impact_of(Resolver(registry), after, read_occurrences(mentions)).lines()
        except CorpusError as error:  # the change itself is sound
            impact = (f"What the change does to the audit is not known: {error}",)
    return Plan(plan.keeping(unmet), unmet, impact)
