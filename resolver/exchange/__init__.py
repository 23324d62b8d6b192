"""Import and export of registries: files of other tools in, a change to look at out; a registry in, their files out.

records.py         what a file states, checked value by value, with its line
lines.py           bytes -> lines, rows and JSON, with bounds
tables.py, followthemoney.py, ssslm.py, sssom.py, skos.py, wikidata.py, entity_ruler.py, openrefine.py
                   one format each: a reader and a writer
formats.py         the formats by name, and which one a file has
matching.py        which entity of the registry a record means
planning.py        records + registry -> Plan: what is new, known, in the way, and left out

docs/exchange.md says what each format keeps.
"""

from resolver.exchange.formats import FORMATS, Format, export_lines, find_format, read_records
from resolver.exchange.planning import Match, Plan, plan_import
from resolver.exchange.records import Intake, Record

__all__ = [
    "FORMATS",
    "Format",
    "Intake",
    "Match",
    "Plan",
    "Record",
    "export_lines",
    "find_format",
    "plan_import",
    "read_records",
]
