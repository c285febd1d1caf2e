"""What pages are made of besides their text: the style sheet, and scripts that they do without."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from aiohttp import web

from pod.flows.context import Server
from pod.model import Reply
from pod.problems import MethodNotAllowed, NotFound
from pod.web.incoming import path_of

PLACE = "/.pages/"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_METHODS = ("GET", "HEAD", "OPTIONS")


async def answer_part(incoming: web.BaseRequest, _peer: str, _server: Server) -> Reply:
    """The answer at an address below `/.pages/`. Raises NotFound and MethodNotAllowed."""
    found = _parts().get(path_of(incoming).partition("?")[0].removeprefix(PLACE))
    if found is None:
        raise NotFound("the pages have no such part")
    if incoming.method == "OPTIONS":
        return Reply(status=204, headers=(("Allow", ", ".join(_METHODS)),))
    if incoming.method not in _METHODS:
        raise MethodNotAllowed("use GET at this address", _METHODS)
    media_type, content = found
    tag = f'"{sha256(content).hexdigest()[:16]}"'
    headers = (
        ("Content-Type", media_type),
        ("ETag", tag),
        ("Cache-Control", "public, max-age=600"),
        ("X-Content-Type-Options", "nosniff"),
    )
    if tag in incoming.headers.get("If-None-Match", ""):
        return Reply(status=304, headers=headers)
    return Reply(status=200, headers=headers, body=content)


@cache
def _parts() -> dict[str, tuple[str, bytes]]:
    folder = files("pod.web.ui").joinpath("static")
    return {
        file.name: (_TYPES[file.name[file.name.rindex(".") :]], file.read_bytes())
        for file in folder.iterdir()
    }
