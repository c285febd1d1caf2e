"""Reading a made-up export of energy: what its rows became, in a few words."""

import io

from importers import by_format
from importers.contract import Options, Problem, Reading, Record


def items(name, content, **options):
    octets = content if isinstance(content, bytes) else content.encode()
    return list(by_format(name).parse(io.BytesIO(octets), Options(values=options)))


def readings(found):
    return [item for item in found if isinstance(item, Reading)]


def records(found, kind):
    return [item for item in found if isinstance(item, Record) and item.kind == kind]


def problems(found):
    return [(item.message, item.row) for item in found if isinstance(item, Problem)]


def seconds(reading):
    return (reading.end - reading.start).total_seconds()
