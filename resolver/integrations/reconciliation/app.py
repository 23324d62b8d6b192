"""The addresses of the service.

    GET  /                        the manifest of version 1.0-draft
    GET  /reconcile               the manifest of version 0.2; with ?queries= or ?extend= what these ask for
    POST /reconcile               a form (0.2: queries=, extend=) or JSON (1.0-draft: {queries})
    POST /extend                  values of properties (1.0-draft)
    GET  /extend/propose          properties that there are values of
    GET  /suggest/{kind}          entity, type, property: what begins with ?prefix=
    GET  /preview, /entity/{id}   an entity as a page
    GET  /resolve?name=           decisions on names, as `resolver resolve --format json` writes them
    POST /resolve, /annotate      the same for {names}, and for the names of a {text}
    GET  /health                  whether it answers, and from which registry
    GET  /openapi.json            all of it, described

An answer other than 200 is {error}. `lang`, in the address or in a query, is what the names are written in;
Accept-Language is what the reader prefers, and chooses among other names of an entity.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from resolver import Entity, __version__
from resolver.integrations.reconciliation.bodies import (
    MOST_BYTES,
    BadRequestError,
    as_language,
    as_object,
    quoted,
    read_json,
)
from resolver.integrations.reconciliation.candidates import candidate_record, candidates_of
from resolver.integrations.reconciliation.describing import preferred_languages
from resolver.integrations.reconciliation.extending import extend
from resolver.integrations.reconciliation.manifest import draft_manifest, manifest
from resolver.integrations.reconciliation.openapi import document
from resolver.integrations.reconciliation.plain import annotate_text, resolve_names
from resolver.integrations.reconciliation.preview import HEADERS, preview_page
from resolver.integrations.reconciliation.queries import Query, read_batch, read_draft_batch
from resolver.integrations.reconciliation.reloading import LiveRegistry
from resolver.integrations.reconciliation.served import Served
from resolver.integrations.reconciliation.suggesting import (
    propose_properties,
    suggest_entities,
    suggest_properties,
    suggest_types,
)
from resolver.integrations.reconciliation.workers import RETRY_AFTER, BusyError, Workers
from resolver.integrations.web import WithHeaders, json_response, read_body

SECONDS_BETWEEN_LOOKS = 1.0  # at the files of the registry
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
_MOST_FIELDS = 20  # of a form
# On every answer; the page of an entity has a policy of its own.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_SUGGEST = {"type": suggest_types, "property": suggest_properties}

Work = Callable[[Served], Any]


class Service:
    """The service: what it is asked for over HTTP, and what it answers.

    live      the registry
    base_url  the address that clients reach it at; by default the one that each of them used
    workers   the threads that answer
    """

    def __init__(self, live: LiveRegistry, base_url: str | None = None, workers: Workers | None = None) -> None:
        self._live = live
        self._base_url = base_url.rstrip("/") if base_url else None
        self._workers = workers or Workers()

    async def root(self, request: Request) -> Response:
        """The manifest of version 1.0-draft."""
        return _answer(draft_manifest(self._live.served, self._base(request)))

    async def reconcile(self, request: Request) -> Response:
        """The manifest of version 0.2, or what a query asks for, of either version."""
        if request.method == "POST":
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind == _JSON:
                return await self._draft_batch(request)
            if kind != _FORM:
                raise BadRequestError(f"expected {_FORM} or {_JSON}", 415)
            asked = _form(await _body(request))
        else:
            asked = dict(request.query_params)
        if "queries" in asked:
            return await self._batch(request, asked["queries"])
        if "extend" in asked:
            query = asked["extend"]
            return await self._work(lambda served: extend(served, read_json(query, "extend"), is_draft=False))
        if request.method == "POST":
            raise BadRequestError("a form with queries or extend is expected")
        return _answer(manifest(self._live.served, self._base(request)))

    async def extend(self, request: Request) -> Response:
        """Values of properties, version 1.0-draft."""
        content = await _json_body(request)
        return await self._work(lambda served: extend(served, read_json(content, "the body"), is_draft=True))

    async def propose(self, request: Request) -> Response:
        """Properties that can be fetched."""
        return await self._work(partial(propose_properties, asked=dict(request.query_params)))

    async def suggest(self, request: Request) -> Response:
        """What begins with a prefix."""
        kind, asked = request.path_params["kind"], dict(request.query_params)
        if kind == "entity":
            preferred = _preferred(request)
            return await self._work(lambda served: suggest_entities(served, asked, preferred))
        if kind not in _SUGGEST:
            raise HTTPException(404)
        return await self._work(partial(_SUGGEST[kind], asked=asked))

    async def preview(self, request: Request) -> Response:
        """An entity as a page, by ?id=."""
        return self._page(request.query_params.get("id", ""))

    async def entity(self, request: Request) -> Response:
        """An entity as a page, by its id in the address."""
        return self._page(request.path_params["id"])

    async def resolve(self, request: Request) -> Response:
        """Decisions on names."""
        if request.method == "POST":
            content = await _json_body(request)
            return await self._work(lambda served: resolve_names(served, _read_object(content)))
        names = request.query_params.getlist("name")
        if not names:
            raise BadRequestError("?name= is missing")
        asked = {**request.query_params, "names": names}
        return await self._work(lambda served: resolve_names(served, asked))

    async def annotate(self, request: Request) -> Response:
        """Decisions on the names of a text."""
        content = await _json_body(request)
        return await self._work(lambda served: annotate_text(served, _read_object(content)))

    async def health(self, _: Request) -> Response:
        """Whether it answers; never waits for a thread."""
        served, problem = self._live.served, self._live.problem
        answer = {
            "status": "stale" if problem else "ok",
            "version": __version__,
            "entities": len(served.by_name),
            "fingerprint": served.resolver.registry.fingerprint,
            "loaded": served.loaded.isoformat(timespec="seconds"),
        }
        return _answer({**answer, "problem": problem} if problem else answer)

    async def openapi(self, request: Request) -> Response:
        """The description of all addresses."""
        return _answer(document(self._base(request)))

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """While the service runs, look at the files of the registry now and then; at its end, finish what is asked."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            self._workers.close()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            await asyncio.to_thread(self._live.refresh)

    async def _work(self, work: Work) -> Response:
        """What the work gives on the registry of this moment, as JSON; made in a thread, for it may be long."""
        served = self._live.served
        return await self._workers.run(lambda: _answer(work(served)))

    async def _batch(self, request: Request, content: str) -> Response:
        lang, preferred = _language(request), _preferred(request)

        def work(served: Served) -> Any:
            queries = read_batch(read_json(content, "queries"), lang)
            return {key: {"result": _records(served, query, preferred)} for key, query in queries.items()}

        return await self._work(work)

    async def _draft_batch(self, request: Request) -> Response:
        content, lang, preferred = await _body(request), _language(request), _preferred(request)

        def work(served: Served) -> Any:
            queries = read_draft_batch(read_json(content, "the body"), lang)
            found = [_records(served, query, preferred, is_draft=True) for query in queries]
            return {"results": [{"candidates": records} for records in found]}

        return await self._work(work)

    def _page(self, entity_id: str) -> Response:
        entity: Entity | None = self._live.served.find(entity_id)
        if entity is None:
            raise BadRequestError(f"no entity {quoted(entity_id)} in the registry", 404)
        return HTMLResponse(preview_page(entity), headers=HEADERS)

    def _base(self, request: Request) -> str:
        return self._base_url or str(request.base_url).rstrip("/")


def create_app(live: LiveRegistry, *, base_url: str | None = None, workers: Workers | None = None) -> Starlette:
    """The service as an ASGI application; `base_url` is the address that clients reach it at, if it is another one."""
    service = Service(live, base_url, workers)
    get, post, both = ["GET"], ["POST"], ["GET", "POST"]
    routes = [
        Route("/", service.root, methods=get),
        Route("/reconcile", service.reconcile, methods=both),
        Route("/extend", service.extend, methods=post),
        Route("/extend/propose", service.propose, methods=get),
        Route("/suggest/{kind}", service.suggest, methods=get),
        Route("/preview", service.preview, methods=get),
        Route("/entity/{id:path}", service.entity, methods=get),
        Route("/resolve", service.resolve, methods=both),
        Route("/annotate", service.annotate, methods=post),
        Route("/health", service.health, methods=get),
        Route("/openapi.json", service.openapi, methods=get),
    ]
    # Whoever reaches the service may read it, from any page; there are no cookies and nothing that can be changed.
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type"],
        expose_headers=["Retry-After"],
        max_age=86_400,
    )
    handlers: Any = {BadRequestError: _refused, BusyError: _busy, HTTPException: _failed}
    middleware = [Middleware(WithHeaders, headers=_HEADERS), cors]
    return Starlette(routes=routes, middleware=middleware, exception_handlers=handlers, lifespan=service.lifespan)


def _records(served: Served, query: Query, preferred: list[str], *, is_draft: bool = False) -> list[dict[str, Any]]:
    return [candidate_record(each, preferred, is_draft=is_draft) for each in candidates_of(served, query)]


def _answer(answer: Any) -> Response:
    return json_response(answer)


async def _body(request: Request) -> bytes:
    """The body, read only as far as it may go: 413 beyond that."""
    content = await read_body(request, MOST_BYTES)
    if content is None:
        raise BadRequestError(f"more than {MOST_BYTES:,} bytes: send less at once", 413)
    return content


async def _json_body(request: Request) -> bytes:
    """The body of a request that says that it is JSON."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise BadRequestError(f"expected {_JSON}", 415)
    return await _body(request)


def _read_object(content: bytes) -> Any:
    return as_object(read_json(content, "the body"), "the body")


def _form(content: bytes) -> dict[str, str]:
    """The fields of a form; of a field that comes twice the first one."""
    try:
        fields = parse_qs(content.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise BadRequestError("the form cannot be read") from error
    return {name: values[0] for name, values in fields.items()}


def _language(request: Request) -> str | None:
    return as_language(request.query_params.get("lang"))


def _preferred(request: Request) -> list[str]:
    return preferred_languages(request.headers.get("accept-language", ""))


async def _refused(_: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, BadRequestError) else 400
    return json_response({"error": str(error)}, status)


async def _busy(_: Request, __: Exception) -> Response:
    headers = {"Retry-After": str(RETRY_AFTER)}
    return json_response({"error": "too many requests wait: come again in a moment"}, 503, headers)


async def _failed(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    said = {404: "no such address: see /openapi.json", 405: "this address takes another method: see /openapi.json"}
    return json_response({"error": said.get(error.status_code, error.detail)}, error.status_code, error.headers)
