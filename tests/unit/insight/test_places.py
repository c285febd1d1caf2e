"""Places: read from geo: URIs, and put together where they are about the same."""

import pytest

from pod.insight.places import Place, read_geo, together


@pytest.mark.parametrize(
    ("uri", "spot"),
    [
        ("geo:45.7869,4.8126", (45.7869, 4.8126)),
        ("geo:-33.9,18.4,20;u=30", (-33.9, 18.4)),
        ("geo:95,4", None),
        ("geo:45", None),
        ("https://place.example/", None),
        ("", None),
    ],
)
def test_a_geo_uri_is_a_place_or_none(uri, spot):
    assert read_geo(uri) == spot


def test_places_within_a_hundred_metres_are_one():
    def place(latitude: float, count: int, name: str = "") -> Place:
        return Place(latitude=latitude, longitude=4.8, name=name, count=count)

    found = together([place(45.78001, 1), place(45.78002, 2, "home"), place(50.1, 9), place(99, 1)])
    assert [(one.latitude, one.name, one.count) for one in found] == [
        (50.1, "", 9),
        (45.78, "home", 3),
    ]
