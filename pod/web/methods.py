"""Which methods an address of the server itself takes: OPTIONS says so, and others are refused."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from pod.model import Reply
from pod.problems import MethodNotAllowed

T = TypeVar("T")


def options(methods: Collection[str]) -> Reply:
    """The answer to OPTIONS at an address with these methods."""
    return Reply(status=204, headers=(("Allow", ", ".join(_allowed(methods))),))


def chosen(method: str, methods: Mapping[str, T]) -> T:
    """What answers a method; HEAD is answered as GET. Raises MethodNotAllowed."""
    found = methods.get("GET" if method == "HEAD" else method)
    if found is None:
        raise MethodNotAllowed(f"use {' or '.join(methods)} at this address", _allowed(methods))
    return found


def _allowed(methods: Collection[str]) -> tuple[str, ...]:
    return (*methods, *(("HEAD",) if "GET" in methods else ()), "OPTIONS")
