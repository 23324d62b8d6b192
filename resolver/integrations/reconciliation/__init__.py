"""The reconciliation service: a registry offered to OpenRefine and to programs, over HTTP.

It speaks the W3C Entity Reconciliation API, versions 0.2 and 1.0-draft, and plain JSON.

catalogue.py   the properties that entities have, and that a query can name
served.py      a registry as it is served: the resolver and what is looked up beside it
reloading.py   the registry on disk: read again when it changes, swapped when it is ready
bodies.py      what a request may hold; anything else is a BadRequestError with a status
queries.py     the queries of either version -> one kind of Query
candidates.py  a Query -> candidates with scores, evidence and the one match
suggesting.py  what begins with a prefix: entities, types, properties
extending.py   values of properties of entities
preview.py     an entity as a small page
plain.py       /resolve and /annotate
manifest.py    what the service offers, as either version wants it told
openapi.py     all addresses, described
workers.py     so many threads, and so many requests that wait for one
app.py         the addresses of all that

Everything but app.py and workers.py works without the extra `web`.
"""
