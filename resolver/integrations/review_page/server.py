"""The addresses of the review page: files of the page under /, and JSON under /api/ for it.

    GET  /api/queue                     the list of all items, and how far the review is
    GET  /api/item?key=                 everything about one item
    GET  /api/evidence?key=             what speaks for its candidates, and against them
    GET  /api/search?words=             positions of the items that hold the words
    GET  /api/entities?words=           entities of the registry
    GET  /api/state                     whether the queue was changed by somebody else
    POST /api/preview  {key, fields}    what a decision would write
    POST /api/decide   {key, fields}    saved when the answer comes
    POST /api/undo, /api/redo, /api/reload
    POST /api/plan                      what all decisions would write
    POST /api/apply    {plan}           write that plan, and no other

An answer other than 200 is {error, problems?}. What decides and saves runs in threads, so that a preview that takes its
time does not hold up a decision.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from resolver.audit import MENTIONS
from resolver.errors import ProblemsError, RegistryError, ResolverError
from resolver.integrations.review_page.live import RegistryView, today
from resolver.integrations.review_page.queue_file import QueueChangedError
from resolver.integrations.review_page.security import MOST_BYTES, Guard, GuardedApp
from resolver.integrations.review_page.state import NoWayBackError, ReviewState, UnknownItemError, judged
from resolver.integrations.review_page.view import COLUMNS, Search, details_of, row_of
from resolver.integrations.web import json_response, read_body
from resolver.model import ENTITY_TYPES
from resolver.registry import Registry
from resolver.review import Application, Item, preview_of

Answer = dict[str, Any]
Body = Mapping[str, Any]

_PAGE = "page.html"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_STATUS = ((UnknownItemError, 404), (QueueChangedError, 409), (NoWayBackError, 409), (ProblemsError, 422))


class BadRequestError(ResolverError):
    """The page would not send this."""


class StalePlanError(ResolverError):
    """A plan that is not the one that was shown last, or the queue has changed since."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The plan that the curator looks at, and the version of the queue that it was made from."""

    version: int
    plan: Application


class ReviewApi:
    """What the page may ask for; each method takes what was sent and gives the JSON of the answer.

    refusal  why the registry cannot be written; "" if it can
    """

    def __init__(self, state: ReviewState, registry: RegistryView, *, refusal: str = "") -> None:
        self._state = state
        self._registry = registry
        self._refusal = refusal
        self._pending: Pending | None = None
        self._applying = Lock()
        self._search = Search()

    def queue(self, _: Body) -> Answer:
        """All rows, what they mean, and the facts that the page shows once."""
        return {
            **self.state({}),
            "columns": COLUMNS,
            "rows": [row_of(item) for item in self._state.items()],
            "types": ENTITY_TYPES,
            "path": str(self._state.path),
            "registry": str(self._registry.path),
            "by": self._registry.by,
        }

    def state(self, _: Body) -> Answer:
        """Whether the page has seen everything."""
        undo, redo = self._state.steps()
        changed = self._state.is_changed_on_disk()
        return {"version": self._state.version, "undo": undo, "redo": redo, "changed": changed}

    def item(self, body: Body) -> Answer:
        """Everything about an item, and its candidates as the registry has them; it may be unsound for the moment."""
        item = self._state.item(_text(body, "key"))
        ids = (*(candidate.id for candidate in item.candidates), *item.judgement.entities)
        try:
            entities = self._registry.entities(ids)
        except RegistryError:
            entities = {}
        return {"item": details_of(item), "entities": entities}

    def evidence(self, body: Body) -> Answer:
        """What speaks for the candidates of an item."""
        return {"evidence": self._registry.evidence(self._state.item(_text(body, "key")))}

    def search(self, body: Body) -> Answer:
        """Positions in the list, for the version of the queue that they are true of."""
        return {
            "version": self._state.version,
            "found": self._search.positions(self._state.items(), _text(body, "words")),
        }

    def entities(self, body: Body) -> Answer:
        """Entities by name or id."""
        return {"entities": self._registry.search(_text(body, "words"))}

    def preview(self, body: Body) -> Answer:
        """What a decision would write; also for one that is not sound yet."""
        item = self._state.item(_text(body, "key"))
        try:
            shown = self._registry.preview(judged(item, _fields(body)))
        except ProblemsError as error:
            return {"lines": [], "diff": "", "problems": [problem.message for problem in error.problems]}
        return {"lines": shown.lines, "diff": shown.diff, "problems": shown.problems}

    def decide(self, body: Body) -> Answer:
        """Save a decision."""
        return self._changed(self._state.decide(_text(body, "key"), _fields(body)))

    def undo(self, _: Body) -> Answer:
        """Take back the last decision."""
        return self._changed(self._state.undo())

    def redo(self, _: Body) -> Answer:
        """Make the decision again that was taken back last."""
        return self._changed(self._state.redo())

    def reload(self, body: Body) -> Answer:
        """Take the queue from the file."""
        self._state.reload()
        return self.queue(body)

    def plan(self, _: Body) -> Answer:
        """What all decisions would write."""
        if self._refusal:
            raise BadRequestError(self._refusal)
        version, queue = self._state.version, self._state.queue()
        preview = preview_of(queue, Registry.load(self._registry.path), by=self._registry.by, on=today())
        plan, mentions = preview.application, Path(queue.path).with_name(MENTIONS)
        diff = plan.diff()
        self._pending = Pending(version, plan)
        return {
            "plan": version,
            "lines": plan.lines,
            "diff": diff,
            "impact": preview.impact_on(mentions) if diff and mentions.exists() else [],
            "unmet": [{"key": key, "messages": messages} for key, messages in preview.unmet.items()],
            "remaining": len(plan.remaining),
        }

    def apply(self, body: Body) -> Answer:
        """Write the plan that was shown, if it is still what the queue says."""
        with self._applying:
            pending = self._pending
            if pending is None or body.get("plan") != pending.version or pending.version != self._state.version:
                raise StalePlanError("decisions were made since this was shown: look at it again")
            if self._state.is_changed_on_disk():
                raise QueueChangedError(f"{self._state.path} was changed by another program")
            self._pending = None
            pending.plan.write()
            self._state.reload()
            self._state.forget_steps()
        return self.queue({})

    def _changed(self, item: Item) -> Answer:
        return {**self.state({}), "row": row_of(item), "item": details_of(item)}


def create_app(state: ReviewState, registry: RegistryView, guard: Guard, *, refusal: str = "") -> ASGIApp:
    """The review page as an ASGI application; `guard` says who may ask."""
    api = ReviewApi(state, registry, refusal=refusal)
    asked = (api.queue, api.state, api.item, api.evidence, api.search, api.entities)
    sent = (api.preview, api.decide, api.undo, api.redo, api.reload, api.plan, api.apply)
    routes = [Route(f"/api/{method.__name__}", _get(method)) for method in asked]
    routes += [Route(f"/api/{method.__name__}", _post(method), methods=["POST"]) for method in sent]
    routes += [Route(f"/{name}", _file(content, media)) for name, (content, media) in _files().items()]
    page = _resource(_PAGE).replace("{{token}}", escape(guard.token)).encode()
    routes.append(Route("/", _file(page, _TYPES[".html"])))
    handlers: Any = {ResolverError: _failed, OSError: _not_saved}
    return GuardedApp(Starlette(routes=routes, exception_handlers=handlers), guard)


def _get(answer: Callable[[Body], Answer]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return json_response(await run_in_threadpool(answer, dict(request.query_params)))

    return endpoint


def _post(answer: Callable[[Body], Answer]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        content = await read_body(request, MOST_BYTES)
        try:
            body = json.loads(content or b"")
        except (ValueError, RecursionError) as error:
            raise BadRequestError("expected a JSON object") from error
        if not isinstance(body, dict):
            raise BadRequestError("expected a JSON object")
        return json_response(await run_in_threadpool(answer, body))

    return endpoint


def _file(content: bytes, media: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_: Request) -> Response:
        return Response(content, media_type=media)

    return endpoint


def _files() -> dict[str, tuple[bytes, str]]:
    """The files of the page by name: what is not in this list is not served."""
    folder = files(__package__).joinpath("static")
    named = sorted((one.name, one) for one in folder.iterdir() if one.is_file() and one.name != _PAGE)
    return {name: (one.read_bytes(), _TYPES["." + name.rpartition(".")[2]]) for name, one in named}


def _resource(name: str) -> str:
    return files(__package__).joinpath("static", name).read_text(encoding="utf-8")


async def _failed(_: Request, error: Exception) -> Response:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
    answer: Answer = {"error": str(error), "kind": type(error).__name__}
    if isinstance(error, ProblemsError):
        answer["problems"] = [
            {"path": problem.path, "line": problem.line, "message": problem.message} for problem in error.problems
        ]
    return json_response(answer, status)


async def _not_saved(_: Request, error: Exception) -> Response:
    reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    return json_response({"error": f"not saved: {reason}", "kind": "OSError"}, 507)


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise BadRequestError(f"{name!r} is missing")
    return value


def _fields(body: Body) -> Mapping[str, Any]:
    fields = body.get("fields")
    if not isinstance(fields, dict):
        raise BadRequestError("'fields' is missing")
    return fields
