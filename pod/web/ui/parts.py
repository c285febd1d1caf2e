"""What pages are made of besides their text: the style sheet, and scripts that they do without."""

from functools import cache
from importlib.resources import files

from aiohttp import web

from pod.flows.context import Server
from pod.model import Reply
from pod.problems import NotFound
from pod.web.incoming import path_of
from pod.web.methods import chosen, options
from pod.web.page_fields import NOSNIFF
from pod.web.part import Part, part, sent

PLACE = "/.pages/"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_CACHING = "public, max-age=600"


async def answer_part(incoming: web.BaseRequest, _peer: str, _server: Server) -> Reply:
    """The answer at an address below `/.pages/`. Raises NotFound and MethodNotAllowed."""
    found = _parts().get(path_of(incoming).partition("?")[0].removeprefix(PLACE))
    if found is None:
        raise NotFound("the pages have no such part")
    if incoming.method == "OPTIONS":
        return options(("GET",))
    return sent(chosen(incoming.method, {"GET": found}), incoming, NOSNIFF)


@cache
def _parts() -> dict[str, Part]:
    folder = files("pod.web.ui").joinpath("static")
    return {
        file.name: part(_TYPES[file.name[file.name.rindex(".") :]], file.read_bytes(), _CACHING)
        for file in folder.iterdir()
    }
