"""The review: names that could not be placed -> a queue of questions -> judgements -> a change of the registry.

queue.py       Queue, Item, Judgement; `merge` keeps judgements from audit to audit
clustering.py  which spellings are one name
snippets.py    an occurrence as one safe line
drafting.py    the entity or alias that a decision would make
settled.py     what the registry has answered already
naming.py      what to call a cluster
documents.py   in how many documents a cluster stands
building.py    occurrences of an audit -> Queue
writing.py     Queue -> YAML for people, JSON lines for programs
saving.py      to a file that others write, too
nodes.py, reading.py   and back, with all problems at once
schema.py      the JSON Schema of the YAML
applying.py    judgements -> RegistryChange, with a sentence for each
previewing.py  the same, tried before it is written: what still does not resolve, what a corpus gains
ledger.py      which decision wrote which line of the registry
undoing.py     decisions of the ledger -> the RegistryChange that takes them back
impact.py      a change of the registry -> what it does to the mentions of an audit
bulk.py        items with the same evidence -> one decision
combining.py   the queues of two curators -> one
"""

from resolver.review.applying import Application, plan_application
from resolver.review.building import QueueBuilder, build_queue
from resolver.review.bulk import Pattern, accept, patterns
from resolver.review.combining import Combination, combine
from resolver.review.impact import Effect, Impact, impact_of
from resolver.review.ledger import Entry, Ledger
from resolver.review.previewing import Preview, preview_of
from resolver.review.queue import Item, Judgement, Queue, Snippet, Suggestion, merge
from resolver.review.reading import load_queue
from resolver.review.saving import renew_queue, replace_queue
from resolver.review.undoing import Undoing, plan_undo
from resolver.review.writing import as_record, queue_text, save_queue

__all__ = [
    "Application",
    "Combination",
    "Effect",
    "Entry",
    "Impact",
    "Item",
    "Judgement",
    "Ledger",
    "Pattern",
    "Preview",
    "Queue",
    "QueueBuilder",
    "Snippet",
    "Suggestion",
    "Undoing",
    "accept",
    "as_record",
    "build_queue",
    "combine",
    "impact_of",
    "load_queue",
    "merge",
    "patterns",
    "plan_application",
    "plan_undo",
    "preview_of",
    "queue_text",
    "renew_queue",
    "replace_queue",
    "save_queue",
]
