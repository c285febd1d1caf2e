"""Numbers over time: months, the whole series and its figures, as the public query has them."""

import csv
import html
import io
import json
import re
import statistics
from decimal import Decimal

from access_pages import text
from own_query import asked

DATA = "/.account/data"
ENERGY = "in=energy&class=Consumption"
BANK = "in=bank&class=BankTransaction"
_LIVE = "FILTER NOT EXISTS { ?x sd:status <https://w3id.org/selfdata/codes#withdrawn> }"
_ELECTRICITY = "sd:commodity <https://w3id.org/selfdata/codes#electricity>"


def sheets(browser, asked_for: str) -> dict[str, list[dict]]:
    return json.loads(browser.open(f"{DATA}.json?{asked_for}").body)


def test_months_of_electricity_are_those_of_the_query_and_of_the_answer_sheet(lived, browse):
    found = sheets(browse(lived.owner), f"{ENERGY}&part=electricity")
    months = {one["month"]: one["value"] for one in found["months"]}
    counted = asked(
        lived,
        f"SELECT ?m (SUM(?e) AS ?kwh) {{ ?x a sd:Consumption ; {_ELECTRICITY} ; sd:energy ?e ; "
        f"sd:date ?d . {_LIVE} BIND(SUBSTR(STR(?d), 1, 7) AS ?m) }} GROUP BY ?m",
    )
    assert months == {row["m"]: float(round(Decimal(row["kwh"]), 2)) for row in counted}
    told = lived.made.answers["services"]["SVC-18"]
    assert months.keys() == told.keys()
    assert all(abs(value - float(told[month])) < 0.006 for month, value in months.items())


def test_parts_of_a_month_make_up_what_came_in_and_went_out(lived, browse):
    found = sheets(browse(lived.owner), BANK)["months"]
    for one in found:
        parts = [value for name, value in one.items() if name not in {"month", "value"}]
        assert round(sum(parts), 2) == one["value"]
    counted = asked(lived, "SELECT (SUM(?a) AS ?all) { ?x a sd:BankTransaction ; sd:amount ?a }")
    assert round(sum(one["value"] for one in found), 2) == float(counted[0]["all"])


def test_figures_are_those_of_the_series(lived, browse):
    browser = browse(lived.owner)
    text = browser.open(f"{DATA}.csv?{ENERGY}&part=electricity&sheet=series").text
    values = [Decimal(row["value"]) for row in csv.DictReader(io.StringIO(text))]
    (figures,) = sheets(browser, f"{ENERGY}&part=electricity")["statistics"]
    assert figures["count"] == len(values)
    assert (figures["minimum"], figures["maximum"]) == (float(min(values)), float(max(values)))
    assert abs(figures["median"] - float(statistics.median(values))) < 0.01
    assert abs(figures["mean"] - float(statistics.mean(values))) < 0.01
    page = browser.open(f"{DATA}/?{ENERGY}&part=electricity").text
    assert "<svg" in page
    assert "In the middle (median)" in page


def test_half_hours_are_drawn_and_their_points_are_not_in_the_table(lived, browse):
    browser = browse(lived.owner)
    found = sheets(browser, "in=energy&class=SeriesChunk")
    assert len({one["day"] for one in found["curve"]}) <= 31
    assert found["records"][0]["step"] == "half an hour"
    assert all("values" not in one for one in found["records"])
    assert "<svg" in browser.open(f"{DATA}/?in=energy&class=SeriesChunk").text
    # What has no number is counted by days; what has no day is not drawn.
    assert "<svg" in browser.open(f"{DATA}/?in=calendar&class=Event").text
    assert (
        "<svg"
        not in browser.open(f"{DATA}/?in=insurance&class=InsuranceContract").text.split("<main")[1]
    )


def test_half_hours_are_drawn_of_the_month_that_is_chosen(lived, browse):
    browser = browse(lived.owner)
    curve = "in=energy&class=SeriesChunk"
    page = browser.open(f"{DATA}/?{curve}").text
    seen = []
    while found := re.search(r'href="([^"#]+)#chart" rel="prev"', page):
        address = html.unescape(found[1])
        (month,) = re.findall(r"month=(\d{4}-\d\d)", address)
        assert {one["day"][:7] for one in sheets(browser, f"{curve}&month={month}")["curve"]} == {
            month
        }
        page = browser.open(address).text
        seen.append(month)
    assert seen == ["2026-02", "2026-01"]
    assert 'rel="next"' in page
    assert "The last days" in text(browser)
    browser.open(f"{DATA}/?{curve}&month=2026-04")
    assert "Nothing is known: April 2026." in text(browser)


def test_trips_are_on_a_map_as_often_as_they_went_there(lived, browse):
    browser = browse(lived.owner)
    found = sheets(browser, "in=mobility&class=Trip")["places"]
    trips = int(asked(lived, "SELECT (COUNT(?x) AS ?n) { ?x a sd:Trip }")[0]["n"])
    assert sum(one["count"] for one in found) == 2 * trips
    assert "On the map" in browser.open(f"{DATA}/?in=mobility&class=Trip").text
    assert "places" not in sheets(browser, BANK)
