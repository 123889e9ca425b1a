"""``onrecord serve``: the reading room in a browser."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import click

from onrecord.cli.formats import db_option
from onrecord.cli.terminal import FAILED, complain, ending_well
from onrecord.records import OutputError

LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command("serve")
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="Port; 0: any that is free."
)
@click.option(
    "--name", "names", multiple=True, metavar="HOST", help="A name that browsers may ask by, beside this machine's own."
)
@click.option("--write", is_flag=True, help="With pages that add articles and keep your decisions.")
def serve_cmd(db: Path, host: str, port: int, names: tuple[str, ...], write: bool) -> None:
    """Read the store in a browser: pages for people, and the same answers as JSON under /api/.

    It answers this machine alone unless --host names another address; then --name says by which names it may be asked. The store
    is only read, but with --write: then whoever opens the address that is printed may add to it, judge clashes, join and part
    people, and undo all of that. Needs the extra "web": pip install "onrecord[web]".
    """
    try:
        import uvicorn

        from onrecord.web.app import create_app
    except ImportError as error:
        complain(f'{error.name} is missing: pip install "onrecord[web]"')
        raise click.exceptions.Exit(FAILED) from error
    import onrecord
    from onrecord.web.guarding import LOOPBACK
    from onrecord.web.keys import ENTER

    with ending_well():
        onrecord.open(db).close()  # what is wrong with the store is told now, not to the first who asks
        shown = f"[{host}]" if ":" in host else host
        app = create_app(db, write=write, hosts=(*LOOPBACK, shown, *names))
        # Whose request it is tells the connection: a header that anybody may send would let them ask as others.
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=200,
        )
        server = uvicorn.Server(config)
        sock = _bound(host, port)
        address = f"http://{shown}:{sock.getsockname()[1]}"
        click.echo(f"onrecord reads {db} on {address}/ (Ctrl+C ends it)", err=True)
        if write:
            click.echo(f"to change it: {address}{ENTER}?token={app.state.keys.token}", err=True)
        if host not in LOCAL:
            complain("whoever reaches this address may read the whole store")
        server.run(sockets=[sock])


def _bound(host: str, port: int) -> socket.socket:
    """A socket at an address. Raises OutputError where none can be had there."""
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except (OSError, UnicodeError) as error:
        sock.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        why = getattr(error, "strerror", None) or str(error)
        reason = "another program listens there; --port 0 takes a port that is free" if taken else why
        raise OutputError(f"{host} port {port}", reason) from error
    return sock
