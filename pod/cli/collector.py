"""The garbage collector of a process of ours: it looks seldom, and not at what stays to the end."""

import gc

_MADE = 50_000  # objects more than have gone, before it looks again
_TURNS = 20


def settle() -> None:
    """Spare it what was made at the start, and what an import makes: values without cycles.

    A pod that takes in a statement or a curve keeps tens of thousands of them for a moment, and by
    default all of them would be looked at over and over.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE, _TURNS, _TURNS)
