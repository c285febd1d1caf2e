"""A document of lines of text as PDF (ISO 32000-1), one typeface of one width, nothing packed."""

from collections.abc import Iterator, Sequence
from typing import Final

_FONT: Final = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
_PAGE: Final = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595]"
    " /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>"
)
_ON_A_PAGE = 44  # lines
_TOP, _LEFT, _LEADING, _SIZE = 555, 28, 12, 8  # points
_CODEPAGE: Final = "cp1252"  # which WinAnsiEncoding is
_ESCAPED: Final = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


def place(number: int) -> str:
    """The page of a line, and which one it is there; lines are numbered from 1."""
    page, line = divmod(number - 1, _ON_A_PAGE)
    return f"page={page + 1} line={line + 1}"


def document(lines: Sequence[str]) -> bytes:
    """The pages of some lines; a line stands where its spaces put it."""
    pages = [lines[at : at + _ON_A_PAGE] for at in range(0, len(lines), _ON_A_PAGE)]
    kids = " ".join(f"{4 + 2 * rank} 0 R" for rank in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _FONT,
    ]
    for rank, page in enumerate(pages):
        content = "\n".join(_content(page)).encode(_CODEPAGE)
        objects.append(_PAGE.format(5 + 2 * rank).encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _content(lines: Sequence[str]) -> Iterator[str]:
    yield f"BT /F1 {_SIZE} Tf {_LEADING} TL {_LEFT} {_TOP} Td"
    yield from (f"({line.translate(_ESCAPED)}) Tj T*" for line in lines)
    yield "ET"


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects in order, with the table of where each of them begins."""
    found, places = b"%PDF-1.4\n", list[int]()
    for number, one in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        found
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(found))
    )
