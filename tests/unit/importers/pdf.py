"""Small PDF documents of made-up text: what tests need of ISO 32000-1, and no more."""

import zlib

_HEIGHT, _SIZE = 842, 9


def document(*pages, packed=True, attached=()):
    """A PDF whose pages have lines of cells; a cell is (x in points, text).

    `attached` are files beside the pages, as (name, content).
    """
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for n, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * n)
        )
        objects.append(_stream(_content(page), packed=packed))
    if attached:
        objects[0] = _catalog(objects, attached)
    return _file(objects)


def _catalog(objects, attached):
    """The catalogue with the names of the attached files, which are added to the objects."""
    names = b""
    for name, content in attached:
        at = len(objects) + 1
        objects.append(_stream(content, packed=True).replace(b"<<", b"<< /Type /EmbeddedFile", 1))
        named = name.encode()
        objects.append(b"<< /Type /Filespec /F (%s) /EF << /F %d 0 R >> >>" % (named, at))
        names += b"(%s) %d 0 R " % (named, at + 1)
    tree = b"/Names << /EmbeddedFiles << /Names [%s] >> >>" % names
    return b"<< /Type /Catalog /Pages 2 0 R %s >>" % tree


def _content(lines):
    parts = [b"BT", b"/F1 %d Tf" % _SIZE]
    for row, cells in enumerate(lines):
        for x, text in cells:
            y = _HEIGHT - 60 - row * 14
            parts.append(b"1 0 0 1 %d %d Tm" % (x, y))
            parts.append(b"(%s) Tj" % _escaped(text))
    return b"\n".join([*parts, b"ET"])


def _escaped(text):
    octets = text.encode("cp1252")
    return octets.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _stream(content, *, packed):
    body = zlib.compress(content) if packed else content
    said = b" /Filter /FlateDecode" if packed else b""
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), said, body)


def _file(objects):
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(made))
    )
