"""Tables as programs save them that people open them with: other marks, dates, numbers, quotes."""

import csv
import io
import re

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d:\d\d)(?::\d\d)?)?")
_FIGURE = re.compile(r"[-+]?\d+\.\d+")
_FORMULA = re.compile(r'="?(.*?)"?')


def resaved(text, delimiter):
    """Each way of saving a table anew, by its name, and the octets that come out."""
    found = [[_shown(cell) for cell in row] for row in _rows(text, delimiter)]
    french = [[_french(cell) for cell in row] for row in found]
    return {
        "semicolons": _written(found, ";").encode("utf-8-sig"),
        "Windows-1252": _written(found, ";").encode("cp1252", "replace"),
        "commas": _written(found, ",").encode("utf-8-sig"),
        "Unicode text": _written(found, "\t").encode("utf-16"),
        "all quoted": _written(found, delimiter, csv.QUOTE_ALL).encode(),
        "sep on top": b"sep=,\r\n" + _written(found, ",").encode(),
        "French": _written(french, ";").encode("utf-8-sig"),
    }


def _rows(text, delimiter):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _written(rows, delimiter, quoting=csv.QUOTE_MINIMAL):
    made = io.StringIO()
    width = max(map(len, rows))
    writer = csv.writer(made, delimiter=delimiter, quoting=quoting)
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return made.getvalue()


def _shown(cell):
    """What a cell shows of a formula: `="0012"` is 0012."""
    found = _FORMULA.fullmatch(cell)
    return found[1] if found else cell


def _french(cell):
    found = _ISO.fullmatch(cell)
    if found:
        year, month, day, time = found.groups()
        return f"{day}/{month}/{year}" + (f" {time}" if time else "")
    return cell.lstrip("+").replace(".", ",") if _FIGURE.fullmatch(cell) else cell
