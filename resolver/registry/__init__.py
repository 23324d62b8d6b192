"""The curated registry: YAML files of entities and their aliases, read, checked and saved line by line.

keys.py      the keys that the YAML may have
nodes.py     text -> tree of strings, nothing dangerous in it
reading.py   tree -> entities, with all problems at once
sources.py   files -> sources: text, tree and entities of each
writing.py   entities -> YAML lines
registry.py  Registry: look-up, collisions, fingerprint
patch.py     text + whole lines in or out -> new text and its diff
editing.py   RegistryChange: what curators add or take back as a small diff, all or nothing
differences.py  what two registries hold in different ways
schema.py    the JSON Schema for editors
"""

from resolver.registry.editing import Addition, RegistryChange
from resolver.registry.registry import Collision, Registry, bundled_folder
from resolver.registry.sources import registry_stamp

__all__ = ["Addition", "Collision", "Registry", "RegistryChange", "bundled_folder", "registry_stamp"]
