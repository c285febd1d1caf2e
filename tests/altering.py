"""JSON documents with something in them changed, to try what is read strictly."""

import json
from typing import Any

from hypothesis import strategies as st

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.just("https://ana.example/\ud800"),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


def altered(document_: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The document with a value at some place that was made up."""
    places: list[tuple[Any, ...]] = [(at,) for at in document_]
    places += [
        (at, key) for at, value in document_.items() if isinstance(value, dict) for key in value
    ]
    places += [
        (at, n, key)
        for at, value in document_.items()
        if isinstance(value, list)
        for n, row in enumerate(value)
        if isinstance(row, dict)
        for key in row
    ]

    def put(place: tuple[Any, ...], value: object) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(json.dumps(document_))
        inner: Any = made
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = value
        return made

    return st.builds(put, st.sampled_from(places), VALUES)
