"""What holds for every answer, whoever makes it: who may ask, how large a question may be, and what a browser may do with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names by which a browser on this machine asks. Any other is somebody else's, bent to this address."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing is loaded from elsewhere, and neither script nor style stands in a page: what an article brings along is never run."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses names that are not this server's, and sets the headers of every answer.

    `failed` answers what no handler knows. It stands here since Starlette's own place for it is outside of all middleware, where
    its answer would have none of the headers.
    """

    def __init__(
        self, app: ASGIApp, hosts: Sequence[str], failed: Callable[[Request, Exception], Awaitable[Response]]
    ) -> None:
        self.app = app
        self.failed = failed
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        if not self.is_ours(Headers(scope=scope).get("host", "")):
            refusal = PlainTextResponse("This server does not answer to that name.\n", 421)
            await refusal(scope, receive, guarded)
            return
        try:
            await self.app(scope, receive, guarded)
        except Exception as error:
            if started:  # half an answer cannot be taken back
                raise
            answer = await self.failed(Request(scope, receive), error)
            await answer(scope, receive, guarded)

    def is_ours(self, host: str) -> bool:
        """Whether a name, with or without a port, is one of this server's."""
        name = host.lower()
        bare = name.rsplit(":", 1)[0] if name.rpartition("]")[2].count(":") else name
        return "*" in self.hosts or bare in self.hosts
