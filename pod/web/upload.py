"""A form with files (multipart/form-data, RFC 7578), part by part as it arrives."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from aiohttp import BodyPartReader, web

from pod.problems import Malformed
from pod.web.incoming import PIECE, begin_body

FORM: Final = "multipart/form-data"
_LONGEST_FIELD = 64 * 1024
_MOST_FIELDS = 100
_CUT: Final = "the form did not arrive whole; send it again"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form: the name of its field, that of the file, None where it is none, and its
    octets, which can be read until the next part is asked for.
    """

    name: str
    filename: str | None
    pieces: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is still arriving. `size` is how many octets it has, where that is said."""

    incoming: web.BaseRequest
    size: int | None

    async def parts(self) -> AsyncIterator[Part]:
        """Its parts in order. Raises Malformed, and ConnectionError when its sender goes away."""
        await begin_body(self.incoming)
        fields = 0
        try:
            reader = await self.incoming.multipart()
            while (part := await reader.next()) is not None:
                if not isinstance(part, BodyPartReader) or part.name is None:
                    raise Malformed("a form has no forms in it; send files and fields alone")
                fields += part.filename is None
                if fields > _MOST_FIELDS:
                    raise Malformed("there are too many fields; go back and try again")
                yield Part(part.name, part.filename, _pieces(part))
        except web.RequestPayloadError as error:
            self.incoming.protocol.force_close()
            raise Malformed(_CUT) from error
        except (ValueError, AssertionError, RuntimeWarning) as error:
            # What the reader cannot make sense of; of odd names it warns, as an error or not.
            raise Malformed(_CUT) from error


def form_of(incoming: web.BaseRequest) -> Form:
    """The form of a request."""
    return Form(incoming, incoming.content_length)


async def text_of(part: Part) -> str:
    """A field that is no file. Raises Malformed where it is too long."""
    read = bytearray()
    async for piece in part.pieces:
        read += piece
        if len(read) > _LONGEST_FIELD:
            raise Malformed("a field of the form is too long; go back and try again")
    return read.decode("utf-8", errors="replace")


async def _pieces(part: BodyPartReader) -> AsyncIterator[bytes]:
    while piece := await part.read_chunk(PIECE):
        yield piece
