"""One reader, fuzzed by what it covers: install atheris, `python -m tests.fuzz.guided Accept`.

Atheris has no part in the tests and is not installed with them. What follows the name goes to it:
`-max_total_time=3600`, say. It ends with the input of the first finding.
"""

import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found]  # by hand, for this alone

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

with atheris.instrument_imports(include=["pod"]):
    from fuzz.readers import READERS, read


def main() -> None:
    """Fuzz until something is found."""
    reader = READERS[sys.argv[1]]

    def once(octets: bytes) -> None:
        wrong = "replace" if reader.decoded else "surrogateescape"
        read(reader, octets[: reader.most].decode("utf-8", wrong))

    atheris.Setup([sys.argv[0], *sys.argv[2:]], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
