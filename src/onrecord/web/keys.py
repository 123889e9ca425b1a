"""Who may change the store: whoever has the address that the server printed when it began, from its own pages alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import HTTPException, Request, Response
from starlette.datastructures import FormData

from onrecord.web.forms import refuse_strangers

NOT_ENTERED = (
    "Only whoever opens the address that the server printed may change the record. It stands on the terminal in which "
    "onrecord serve was started, after “to change it:”; this browser remembers it until it is closed."
)
ENTER = "/enter"


class ServerKeys:
    """A secret of one run of the server. `token` is in the address that is printed; browsers and forms get what follows."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(24)

    @property
    def form(self) -> str:
        """What each form sends along: no page of another site knows it."""
        return self._made("form")

    @property
    def cookie(self) -> str:
        """The cookie's name. Browsers keep cookies by host, whatever the port: two servers of one machine have two."""
        return f"onrecord-{self._made('cookie')[:8]}"

    def enter(self, token: str, answer: Response) -> None:
        """Let whoever has the token in from now on. Raises HTTPException (403)."""
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            raise HTTPException(403, "That is not the address that the server printed.")
        answer.set_cookie(self.cookie, self._made("session"), httponly=True, samesite="strict", path="/")

    def check(self, request: Request) -> None:
        """Raise HTTPException (403) for whoever did not enter."""
        if not hmac.compare_digest(request.cookies.get(self.cookie, "").encode(), self._made("session").encode()):
            raise HTTPException(403, NOT_ENTERED)

    def check_form(self, request: Request, form: FormData) -> None:
        """The same for a form that was sent, which must be one of this server's own pages."""
        self.check(request)
        refuse_strangers(request, form=True)
        if not hmac.compare_digest(str(form.get("key", "")).encode(), self.form.encode()):
            raise HTTPException(403, "The form is not of this server, or of an earlier run of it: open the page anew.")

    def _made(self, use: str) -> str:
        return hmac.new(self.token.encode(), use.encode(), hashlib.sha256).hexdigest()
