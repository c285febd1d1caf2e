"""Frozen values as bytes and back, for the files of an import that runs.

Python itself writes and reads a frozen dataclass with slots field by field, in Python; an import
spills hundreds of thousands of them. Here a value is its class and the tuple of its fields.
"""

import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from io import BytesIO
from operator import attrgetter
from typing import Any


def to_bytes(values: Sequence[Any]) -> bytes:
    """Values of frozen dataclasses, and of what Python itself can write."""
    file = BytesIO()
    _Writer(file, pickle.HIGHEST_PROTOCOL).dump(values)
    return file.getvalue()


def from_bytes(content: bytes) -> Any:
    """What `to_bytes` wrote, in this process or in one of the same version."""
    return pickle.loads(content)  # noqa: S301 - our own


class _Writer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        kind: Any = type(value)
        read = _reading(kind)
        return (_made, (kind, *read(value))) if read else NotImplemented


def _made(kind: Any, *values: Any) -> Any:
    made: Any = object.__new__(kind)
    for put, value in zip(_putting(kind), values, strict=True):
        put(made, value)
    return made


@lru_cache(maxsize=256)
def _reading(kind: Any) -> Callable[[Any], Sequence[Any]] | None:
    """What gives the fields of a value in order, None for a class that Python writes itself."""
    if not is_dataclass(kind) or "__slots__" not in vars(kind):
        return None
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]


@lru_cache(maxsize=256)
def _putting(kind: Any) -> Sequence[Callable[[Any, Any], None]]:
    """What puts each field, past what keeps the value frozen."""
    slots: Mapping[str, Any] = vars(kind)
    return [slots[field.name].__set__ for field in fields(kind)]
