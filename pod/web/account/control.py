"""What stands in the table of the account API: an address, who may use it, and what it does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pod.account.controls import account_address
from pod.account.fields import Field
from pod.flows.account.session import Asker, SignedIn
from pod.flows.context import Server
from pod.oidc.interaction import Begun
from pod.problems import Forbidden
from pod.store.server_values import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as the actions see it: who asks, the last segment of the address where it names
    something, and what the body says in the fields of the control; `begun` is what her browser
    keeps of requests of apps. `by_browser` is whether her session came with a cookie, and not with
    the token that scripts send.
    """

    server: Server
    asker: Asker
    named: str
    said: Mapping[str, Any]
    begun: Begun | None
    by_browser: bool

    @property
    def session(self) -> Session:
        """The session of who asks. Only for addresses below an account, which need one."""
        if self.asker.session is None:
            raise Forbidden("sign in first")
        return self.asker.session

    @property
    def account(self) -> str:
        return self.session.account

    def at(self, *path: str) -> str:
        """An address below that of the account of who asks."""
        return account_address(self.server.base, self.account) + "".join(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is answered, in JSON; and the session that began or ended with it."""

    value: Mapping[str, Any] = field(default_factory=dict)
    begun: SignedIn | None = None
    ended: bool = False


Act = Callable[[Asked], Awaitable[Told]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """An address and its methods. `path` is below `/.account/`, and `*` in it is any one segment.

    A GET tells the fields that a POST takes, where they are `announced`, and what `get` adds.
    """

    path: str
    fields: tuple[Field, ...] = ()
    announced: bool = True
    get: Act | None = None
    post: Act | None = None
    delete: Act | None = None

    def act(self, method: str) -> Act | None:
        return {"POST": self.post, "DELETE": self.delete}.get(method, self.get)

    @property
    def methods(self) -> tuple[str, ...]:
        found = []
        if self.get is not None or self.fields:
            found += ["GET", "HEAD"]
        if self.post is not None:
            found.append("POST")
        if self.delete is not None:
            found.append("DELETE")
        return (*found, "OPTIONS")
