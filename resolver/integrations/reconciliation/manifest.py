"""What the service offers, as each version of the API wants it told.

The two cannot share one manifest: 0.2 gives addresses where 1.0-draft says true. So 0.2 has its endpoint at
/reconcile, where its queries go, and 1.0-draft at /, with /reconcile below it.
"""

from typing import Any

from resolver import __version__
from resolver.integrations.reconciliation.describing import type_record
from resolver.integrations.reconciliation.preview import HEIGHT, WIDTH
from resolver.integrations.reconciliation.queries import MOST_QUERIES
from resolver.integrations.reconciliation.served import Served

NAME = "resolver"


def manifest(served: Served, base: str) -> dict[str, Any]:
    """The manifest of version 0.2; `base` is the address of the service without a slash at the end."""
    return {
        "versions": ["0.2"],
        **_shared(served, base),
        "identifierSpace": f"{base}/entity/",
        "schemaSpace": f"{base}/property/",
        "view": {"url": f"{base}/entity/{{{{id}}}}"},
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            kind: {"service_url": base, "service_path": f"/suggest/{kind}"} for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/extend/propose"},
            "property_settings": [],
        },
    }


def draft_manifest(served: Served, base: str) -> dict[str, Any]:
    """The manifest of version 1.0-draft."""
    return {
        "versions": ["1.0-draft"],
        **_shared(served, base),
        "view": {"url": f"{base}/entity/{{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
    }


def _shared(served: Served, base: str) -> dict[str, Any]:
    return {
        "name": f"{NAME}: {len(served.by_name):,} entities",
        "documentation": f"{base}/openapi.json",
        "serviceVersion": __version__,
        "defaultTypes": [type_record(kind) for kind in served.types],
        "batchSize": MOST_QUERIES,
    }
