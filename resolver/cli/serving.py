"""`resolver review serve`: the review page on this machine, until Ctrl-C."""

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from resolver.cli.change import is_replaced_by_updates
from resolver.cli.listening import HOST, address_of, listen, need_web, run_app
from resolver.cli.options import Aliases, By, QueueFile
from resolver.cli.output import say
from resolver.wording import counted

if TYPE_CHECKING:
    from resolver.integrations.review_page.state import ReviewState

PORT = 8642  # any port that nobody else is known for; always the same, so that an open page finds the server again
LARGE = 2_000_000  # bytes of a queue that takes more than a second to read
_SECONDS_TO_FINISH = 2  # for answers that are under way at Ctrl-C


def serve(
    queue: QueueFile,
    *,
    aliases: Aliases = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, metavar="N", help="Port; 0 takes any.", show_default=str(PORT))
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Address to listen on; others than this machine may use the page then.")
    ] = HOST,
    by: By = "curator",
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Decide a queue in the browser, by keyboard.

    Each decision is saved to the queue file at once. The registry is written only when you apply.

    Example: resolver review serve audit/queue.yaml --open
    """
    need_web("the review page")
    from resolver.integrations.review_page.live import RegistryView
    from resolver.integrations.review_page.security import Guard
    from resolver.integrations.review_page.server import create_app
    from resolver.integrations.review_page.state import ReviewState
    from resolver.integrations.web import is_loopback

    registry = RegistryView(aliases, by=by)
    registry.registry()  # its problems are told here, not on the page
    if queue.stat().st_size > LARGE:
        say(f"Reading {queue} …")
    state = ReviewState(queue)
    listening = listen(host, port, usual=PORT)
    bound: int = listening.getsockname()[1]
    advice = f"copy {registry.path} and name the copy with --aliases: the next update of resolver would undo this one"
    refusal = advice if is_replaced_by_updates(registry.path) else ""
    app = create_app(state, registry, Guard(host, bound), refusal=refusal)
    url = address_of(host, bound)
    say(f"{counted(len(state.items()), 'name')} of {queue} at {url}  Ctrl-C stops.")
    if not is_loopback(host):
        message = f"note: whoever reaches {host} on port {bound} can read this queue and decide as {by}."
        say(message, colour="yellow")
    if open_:
        webbrowser.open(url)
    run_app(app, listening, finish=_SECONDS_TO_FINISH)
    say(_farewell(state, queue))


def _farewell(state: "ReviewState", queue: Path) -> str:
    """How far the review is."""
    decided = sum(item.judgement.decision not in (None, "unsure") for item in state.items())
    return f"Stopped. {decided:,} of {counted(len(state.items()), 'name')} decided in {queue}."
