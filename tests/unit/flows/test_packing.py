"""An archive that is made while it is sent."""

import io
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest

from pod.flows.packing import Packing

NOW = datetime(2026, 3, 1, 12, 30, 8, tzinfo=UTC)
OLD = datetime(1970, 1, 1, tzinfo=UTC)


def packed(*files: tuple[str, list[bytes], datetime, str, int]) -> bytes:
    packing = Packing()
    made = [
        piece
        for name, pieces, when, kind, size in files
        for piece in packing.add(name, iter(pieces), when, media_type=kind, size=size)
    ]
    return b"".join((*made, packing.rest()))


def test_what_was_packed_is_there_with_its_time():
    whole = packed(
        ("a/é.ttl", [b"<#a> ", b"<#b> <#c> ."], NOW, "text/turtle", 16),
        ("b.png", [b"\x89PNG" * 40], OLD, "image/png", 160),
        ("empty", [], NOW, "text/plain", 0),
        ("huge", [b"x"], NOW, "text/plain", 5 << 30),
    )
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert archive.read("a/é.ttl") == b"<#a> <#b> <#c> ."
        assert archive.getinfo("a/é.ttl").date_time == (2026, 3, 1, 12, 30, 8)
        assert archive.getinfo("b.png").date_time == (1980, 1, 1, 0, 0, 0)
        assert archive.getinfo("b.png").compress_type == zipfile.ZIP_STORED
        assert archive.read("empty") == b""
        assert archive.read("huge") == b"x"


@pytest.mark.parametrize("kind", ["text/plain", "image/jpeg"])
def test_no_more_is_in_memory_than_some_pieces(kind):
    packing, piece = Packing(), bytes(range(256)) * 256
    tracemalloc.start()
    try:
        pieces = (piece for _ in range(400))
        size = sum(map(len, packing.add("big", pieces, NOW, media_type=kind, size=400 * 65536)))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 0
    assert most < 2 * 1024 * 1024
