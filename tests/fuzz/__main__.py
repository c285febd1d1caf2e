"""The long form: `python -m tests.fuzz --minutes 60`. Exits 1 when it found something.

Each finding is printed with its seed: `--seed N` asks that request alone, again.
"""

import argparse
import faulthandler
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from fuzz.asking import asked, broken  # noqa: E402 - they are found only now
from fuzz.readers import READERS, pumped, read_with  # noqa: E402 - see above
from fuzz.stage import SECONDS, Stage, stage, violations  # noqa: E402 - see above

_CREDENTIALS = re.compile(rb"(?:Authorization|DPoP): [^\r\n]{200,}\r\n")
HUNG = 120  # seconds after which the stacks of all threads are printed, and all ends


def once(seed: int, staged: Stage, statuses: Counter[str]) -> list[str]:
    """What is wrong with what comes back for the request of a seed."""
    random = Random(seed)  # noqa: S311 - what is random here is to be had again
    shown, found = "", []
    began = time.monotonic()
    try:
        if seed % 10 == 0:
            sent = broken(random, staged.world.base, staged.names)
            shown = repr(sent[:600])
            came = staged.exchange(sent)
            statuses[came[9:12].decode("latin-1") or "closed"] += 1
            if came and not came.startswith(b"HTTP/1."):
                found.append(f"no answer of HTTP: {came[:80]!r}")
        else:
            request = asked(random, staged.world.base, staged.names, staged.people)
            shown = f"{request.who}: {_CREDENTIALS.sub(b'', request.octets)[:600]!r}"
            answer = staged.ask(request)
            statuses[str(answer.status) if answer else "closed"] += 1
            found += violations(request, answer)
    except TimeoutError:
        found.append("no answer in time")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        found.append(f"the answer cannot be read: {error!r}")
    took = time.monotonic() - began
    if took > SECONDS / 8:
        found.append(f"it took {took:.0f} seconds")
    found += staged.world.failures + staged.elsewhere
    staged.world.failures.clear()
    staged.elsewhere.clear()
    return [f"seed {seed}: {one}\n    {shown}" for one in found]


def beside(seed: int, staged: Stage) -> list[str]:
    """What is wrong with the readers, and with the server, from time to time."""
    found: list[str] = []
    if seed % 5 == 0:
        found += read_with(Random(seed))  # noqa: S311 - what is random here is to be had again
    if seed % 400 == 0:
        found += pumped(Random(seed), READERS)  # noqa: S311 - see above
    if seed % 200 == 0:
        staged.fill()
    if seed % 1000 == 0:
        found += staged.stands()
    return [f"seed {seed}: {one}" for one in found]


def main() -> int:
    """Ask until the time is over; the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--seed", type=int, help="ask the request of this seed alone")
    options.add_argument("--first", type=int, default=1, help="the first seed")
    given = options.parse_args()
    end = time.monotonic() + given.minutes * 60
    statuses: Counter[str] = Counter()
    findings, seed = 0, given.seed or given.first
    with tempfile.TemporaryDirectory() as folder, stage(Path(folder) / "data") as staged:
        while time.monotonic() < end:
            faulthandler.dump_traceback_later(HUNG, exit=True)
            found = once(seed, staged, statuses) + beside(seed, staged)
            for one in found:
                print(one, flush=True)
            findings += len(found)
            if seed % 1000 == 0:
                print(f"{seed} requests, {findings} findings", flush=True)
            seed += 1
            if given.seed:
                break
        findings += len(staged.stands())
        faulthandler.cancel_dump_traceback_later()
    print(f"{sum(statuses.values())} requests, {findings} findings; {dict(statuses.most_common())}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
