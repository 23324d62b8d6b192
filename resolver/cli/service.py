"""`resolver serve`: the registry for OpenRefine and for programs, over HTTP, until Ctrl-C."""

import signal
from typing import Annotated

import typer

from resolver.cli.listening import HOST, address_of, listen, need_web, run_app
from resolver.cli.options import DEFAULT_PRESET, Aliases, Preset, policy_of
from resolver.cli.output import say
from resolver.wording import counted

PORT = 8643  # beside that of the review page; always the same, so that a project of OpenRefine finds it again
_SECONDS_TO_FINISH = 30  # for answers that are under way when it stops: a large batch, and those that wait before it


def serve(
    *,
    aliases: Aliases = None,
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Address to listen on; others than this machine may ask then.")
    ] = HOST,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, metavar="N", help="Port; 0 takes any.", show_default=str(PORT))
    ] = None,
    policy: Preset = DEFAULT_PRESET,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", metavar="URL", help="Address that clients use, behind a proxy that has another."),
    ] = None,
) -> None:
    """Serve the registry to OpenRefine and to programs.

    It speaks the W3C Entity Reconciliation API, 0.2 and 1.0-draft, and plain JSON. A registry that changes is read
    again while it serves.

    Example: resolver serve --aliases aliases
    """
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise typer.BadParameter("it must begin with http:// or https://", param_hint="--base-url")
    need_web("the service")
    from resolver.integrations.reconciliation.app import create_app
    from resolver.integrations.reconciliation.reloading import LiveRegistry
    from resolver.integrations.web import is_loopback

    live = LiveRegistry(aliases, policy_of(policy, None))
    listening = listen(host, port, usual=PORT)
    bound: int = listening.getsockname()[1]
    url = f"{base_url.rstrip('/')}/" if base_url else address_of(host, bound)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: live.ask())
    entities = counted(len(live.served.by_name), "entity", "entities")
    say(f"{entities} of {live.path} at {url}  In OpenRefine, add {url}reconcile  Ctrl-C stops.")
    if not is_loopback(host):
        say(f"note: whoever reaches {host} on port {bound} can read this registry.", colour="yellow")
    run_app(create_app(live, base_url=base_url), listening, finish=_SECONDS_TO_FINISH)
    say("Stopped.")
