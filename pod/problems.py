"""Everything that can go wrong with a request, by name. pod.web.reply has their status codes.

A message is one plain sentence that says what to do; it never holds anything personal.
"""

from datetime import timedelta


class Problem(Exception):
    """A request that cannot be carried out, for a reason its sender should be told."""


class Malformed(Problem):
    """The request does not say what it should, or not in the syntax it claims (400)."""


class UnknownContext(Malformed):
    """A JSON-LD document names a context that is not known here (400, of profiles 422)."""


class Unauthenticated(Problem):
    """The credentials that came with the request do not hold (401)."""

    def __init__(self, message: str, error: str = "invalid_token") -> None:
        """`error` is the code of RFC 6750 §3.1 or RFC 9449 §7.1."""
        super().__init__(message)
        self.error = error


class Forbidden(Problem):
    """Refused for what is asked, whoever asks (403)."""


class NotFound(Problem):
    """Nothing is there (404)."""


class MethodNotAllowed(Problem):
    """The target does not support the method (405). `allow` lists what it does support."""

    def __init__(self, message: str, allow: tuple[str, ...]) -> None:
        super().__init__(message)
        self.allow = allow


class NotAcceptable(Problem):
    """No representation fits what the request accepts (406)."""


class Conflict(Problem):
    """The state of the resource does not allow it (409)."""


class PreconditionFailed(Problem):
    """A condition of the request does not hold (412)."""


class NotModified(Problem):
    """The asker already has this representation (304)."""


class TooLarge(Problem):
    """The body is larger than this server takes (413)."""


class UnsupportedMediaType(Problem):
    """The body is in a format that cannot be used here (415).

    `accept_patch` lists the formats that a patch can be in; empty where it is about no patch.
    `encoding` is the content coding to use; "" where it is about none.
    """

    def __init__(
        self, message: str, accept_patch: tuple[str, ...] = (), *, encoding: str = ""
    ) -> None:
        super().__init__(message)
        self.accept_patch = accept_patch
        self.encoding = encoding


class RangeNotSatisfiable(Problem):
    """No byte of the range is there (416). `size` is what there is."""

    def __init__(self, message: str, size: int) -> None:
        super().__init__(message)
        self.size = size


class Unprocessable(Problem):
    """Well formed, but against a rule of its kind of document (422)."""


class Unproven(Problem):
    """Something must be written first, to prove that it is the asker's (400).

    `statement` is what to write, in Turtle.
    """

    def __init__(self, message: str, statement: str) -> None:
        super().__init__(message)
        self.statement = statement


class TooMany(Problem):
    """Asked for too often (429). `wait` is how long to let it be."""

    def __init__(self, message: str, wait: timedelta) -> None:
        super().__init__(message)
        self.wait = wait


class Unavailable(Problem):
    """Could not be finished now: too long, too large, or too busy (503)."""
