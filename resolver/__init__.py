"""Maps every spelling of a name to one entity of a curated registry, with the reasons.

    registry   aliases/*.yaml  -> Registry -> AliasIndex ─┐
    pipeline   text -> Mention -> SurfaceForm -> Candidates -> Evidence -> Resolution
    audit      documents -> AuditReport -> review queue -> judgements -> registry

>>> from resolver import Alias, Entity, Registry, Resolver
>>> osa = Entity("product:osa", "Osa", "product", (Alias("9K33", kind="designator"),))
>>> Resolver(Registry.from_entities([osa])).resolve("9К33").entity_id
'product:osa'
"""

from resolver.decision import Policy
from resolver.errors import (
    CorpusError,
    ProblemsError,
    RegistryError,
    ResolverError,
    ReviewError,
    UnknownEntityError,
)
from resolver.model import Alias, Candidate, Entity, Evidence, Mention, Occurrence, Resolution
from resolver.pipeline import Resolver
from resolver.registry import Registry

__all__ = [
    "Alias",
    "Candidate",
    "CorpusError",
    "Entity",
    "Evidence",
    "Mention",
    "Occurrence",
    "Policy",
    "ProblemsError",
    "Registry",
    "RegistryError",
    "Resolution",
    "Resolver",
    "ResolverError",
    "ReviewError",
    "UnknownEntityError",
]

__version__ = "0.1.0"
