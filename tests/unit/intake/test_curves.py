import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from importers.contract import Code, Key, Record, Ref
from importers.series import at
from tests.unit.intake.house import LOAD, METER, STORAGE, House, counts, half_hours, values

BASE = "data/energy/enedis/pdl-1"
CHUNKS = f"{BASE}/series/load/2024-03.ttl"
DAYS = f"{BASE}/2024/2024-03.ttl"
DAY = date(2024, 3, 5)


def pod():
    return House(domain="energy", slug="enedis")


def held(house, path=CHUNKS, chunk="c"):
    (found,) = values(house.held[path], chunk, "values")
    return json.loads(found)


def totals(house, path=DAYS):
    """The energy of each day, and the seconds it covers."""
    graph = house.held[path]
    found = {}
    for triple in graph:
        if triple.predicate.value.endswith("#date"):
            name = triple.subject.value.rpartition("#")[2]
            seconds = values(graph, name, "durationSeconds")
            found[triple.object.value] = (*values(graph, name, "energy"), *map(int, seconds))
    return found


class TestFirstImport:
    def test_a_month_of_half_hours_is_one_chunk_and_its_days(self):
        house = pod()
        done, written = house.take(*half_hours([100, None, 300]))
        assert counts(done) == (3, 3, 0, 0, 0)
        assert sorted(written) == [
            "data/energy/enedis/holder.ttl",
            DAYS,
            f"{BASE}/series/load.ttl",
            CHUNKS,
            "imports/2026/20260102T030405Z-enedis-abababab.ttl",
        ]
        chunk = written[CHUNKS]
        assert held(house) == [100, None, 300]
        assert values(chunk, "c", "startTime") == ["2024-03-05T00:00:00+01:00"]
        assert values(chunk, "c", "endTime") == ["2024-03-05T01:30:00+01:00"]
        assert values(chunk, "c", "step") == ["PT30M"]
        assert values(chunk, "c", "sum") == ["400"]
        assert values(chunk, "c", "ofSeries") == [f"{STORAGE}{BASE}/series/load.ttl#series"]
        assert values(chunk, "c", "sourceLocator") == ["line=0..line=2"]
        assert totals(house) == {"2024-03-05": ("0.2", 3600)}

    def test_a_series_says_its_unit_once(self):
        house = pod()
        _, written = house.take(*half_hours([1]))
        series = written[f"{BASE}/series/load.ttl"]
        assert values(series, "series", "hasUnit") == ["http://qudt.org/vocab/unit/W"]
        assert values(series, "series", "commodity") == [
            "https://w3id.org/selfdata/codes#electricity"
        ]

    def test_gaps_alone_have_neither_sum_nor_days(self):
        house = pod()
        done, written = house.take(*half_hours([None, None]))
        assert counts(done) == (2, 2, 0, 0, 0)
        assert values(written[CHUNKS], "c", "sum") == []
        assert DAYS not in written

    @pytest.mark.parametrize(
        ("day", "points"),
        [
            pytest.param(date(2024, 3, 31), 46, id="the clocks go forward"),
            pytest.param(date(2024, 10, 27), 50, id="the clocks go back"),
        ],
    )
    def test_a_day_of_clock_change_has_the_half_hours_that_pass(self, day, points):
        house = pod()
        house.take(*half_hours([1000] * points, day=day))
        month = f"{day:%Y-%m}"
        assert len(held(house, f"{BASE}/series/load/{month}.ttl")) == points
        assert totals(house, f"{BASE}/2024/{month}.ttl") == {
            str(day): (str(points // 2), points * 1800)
        }

    def test_the_quality_that_all_values_share_is_told(self):
        house = pod()
        house.take(*(replace(r, quality="remote") for r in half_hours([1, 2])))
        (quality,) = values(house.held[CHUNKS], "c", "quality")
        assert quality.endswith("#remote")

    def test_a_finer_step_has_a_chunk_a_day_in_the_document_of_its_month(self):
        house = pod()
        house.take(*half_hours(range(200), step=600))
        assert len(held(house, chunk="c-05")) == 144
        assert len(held(house, chunk="c-06")) == 56

    def test_what_flows_out_is_production(self):
        house = pod()
        out = replace(LOAD, name="load-out", flow="out")
        _, written = house.take(*half_hours([1000], series=out))
        kinds = [
            values(written[DAYS], t.subject.value.rpartition("#")[2], "type") for t in written[DAYS]
        ]
        assert {kind for found in kinds for kind in found} == {
            "https://w3id.org/selfdata/ns#Production"
        }

    def test_a_cost_beside_a_reading_is_kept_and_not_counted(self):
        house = pod()
        costs = replace(LOAD, name="load-cost", quantity="Currency", unit="CCY_EUR", energy="none")
        beside = (replace(r, counted=False) for r in half_hours(["0.01"], series=costs))
        done, _ = house.take(*half_hours([100]), *beside)
        assert counts(done) == (1, 1, 0, 0, 0)
        assert held(house, f"{BASE}/series/load-cost/2024-03.ttl") == [0.01]
        assert len(totals(house)) == 1


class TestNextImports:
    @pytest.mark.parametrize(
        ("second", "chunk", "expected", "day"),
        [
            pytest.param([100, None, 300], [100, None, 300], (3, 0, 3, 0, 0), None, id="the same"),
            pytest.param([100, 200], [100, 200, 300], (2, 1, 1, 0, 0), ("0.3", 5400), id="filled"),
            pytest.param([150], [150, None, 300], (1, 0, 0, 1, 0), ("0.225", 3600), id="corrected"),
            pytest.param([None], [100, None, 300], (1, 0, 1, 0, 0), None, id="a gap takes nothing"),
            pytest.param(
                [100, None, 300, 400],
                [100, None, 300, 400],
                (4, 1, 3, 0, 0),
                ("0.4", 5400),
                id="longer",
            ),
        ],
    )
    def test_what_is_held_is_completed_and_corrected(self, second, chunk, expected, day):
        house = pod()
        house.take(*half_hours([100, None, 300]))
        done, written = house.take(*half_hours(second))
        assert (held(house), counts(done)) == (chunk, expected)
        assert (DAYS in written, bool(written)) == (day is not None, day is not None)
        assert totals(house)["2024-03-05"] == (day or ("0.2", 3600))

    def test_the_old_chunk_and_the_old_day_are_kept_below_history(self):
        house = pod()
        house.take(*half_hours([100]))
        _, written = house.take(*half_hours([150]))
        name = "20260103T030405Z-enedis-abababab.ttl"
        old = written[f"history/energy/enedis/pdl-1/series/load/2024-03/{name}"]
        assert values(old, "c", "values") == ["[100]"]
        assert values(old, "v-c", "isVersionOf") == [f"{STORAGE}{CHUNKS}#c"]
        assert f"history/energy/enedis/pdl-1/2024/2024-03/{name}" in written

    def test_only_the_days_that_changed_are_written_anew(self):
        house = pod()
        house.take(*half_hours([100] * 96))
        before = totals(house)
        house.take(*half_hours([200], day=DAY + timedelta(days=1)))
        assert totals(house)["2024-03-05"] == before["2024-03-05"]
        assert totals(house)["2024-03-06"] == ("2.45", 86_400)

    def test_another_step_within_the_month_is_a_chunk_of_its_own(self):
        house = pod()
        house.take(*half_hours([100] * 2))
        done, _ = house.take(*half_hours([500] * 2, step=3600))
        assert counts(done) == (2, 2, 0, 0, 0)
        assert (held(house), held(house, chunk="c-pt1h")) == ([100, 100], [500, 500])
        assert counts(house.plan(*half_hours([500] * 2, step=3600))) == (2, 0, 2, 0, 0)

    def test_no_moment_of_a_day_is_counted_twice(self):
        house = pod()
        house.take(*half_hours([100] * 2))
        house.take(*half_hours([500] * 2, step=3600))
        assert totals(house) == {"2024-03-05": ("0.6", 7200)}

    def test_points_beside_the_grid_are_a_third_chunk(self):
        house = pod()
        late = [replace(r, start=r.start + QUARTER, end=r.end + QUARTER) for r in half_hours([7])]
        later = [replace(r, start=r.start + TEN, end=r.end + TEN) for r in half_hours([8])]
        house.take(*half_hours([1]))
        house.take(*late)
        house.take(*later)
        assert held(house, chunk="c-pt30m") == [7]
        assert held(house, chunk="c-pt30m-600") == [8]

    @pytest.mark.parametrize(
        "spoilt",
        [
            pytest.param(lambda t: replace_object(t, "#values", Literal("oops")), id="no JSON"),
            pytest.param(lambda t: replace_object(t, "#step", Literal("often")), id="no step"),
            pytest.param(lambda t: replace_object(t, "/startTime", Literal("once")), id="no start"),
            pytest.param(lambda t: replace_object(t, "#step", NOWHERE), id="a step that is a name"),
        ],
    )
    def test_a_chunk_that_cannot_be_read_is_left_as_it_is_and_told_of(self, spoilt):
        house = pod()
        house.take(*half_hours([100]))
        house.held[CHUNKS] = frozenset(map(spoilt, house.held[CHUNKS]))
        done, written = house.take(*half_hours([100]))
        assert held(house, chunk="c-pt30m") == [100]
        assert [problem.row for problem in done.problems] == [False]
        assert len(values(written[CHUNKS], "c", "values")) == 1
        assert counts(house.plan(*half_hours([100]))) == (1, 0, 1, 0, 0)

    def test_what_others_wrote_beside_a_chunk_stays(self):
        house = pod()
        house.take(*half_hours([100]))
        text = NamedNode("https://schema.org/text")
        note = Triple(NamedNode(f"{STORAGE}{CHUNKS}#note"), text, Literal("fridge"))
        house.held[CHUNKS] |= {note}
        _, written = house.take(*half_hours([150]))
        assert (note in written[CHUNKS], held(house)) == (True, [150])

    def test_two_series_of_a_meter_keep_apart(self):
        house = pod()
        other = replace(LOAD, name="other")
        house.take(*half_hours([1]), *half_hours([2], series=other))
        assert (held(house), held(house, f"{BASE}/series/other/2024-03.ttl")) == ([1], [2])


QUARTER, TEN = timedelta(minutes=15), timedelta(minutes=10)


NOWHERE = NamedNode("https://x.example/")


def replace_object(triple, end, value):
    if not triple.predicate.value.endswith(end):
        return triple
    return Triple(triple.subject, triple.predicate, value)


class TestConflicts:
    def test_rows_that_differ_are_rejected_and_the_rest_goes_in(self):
        house = pod()
        first, second = half_hours([1, 2])
        done, _ = house.take(first, replace(first, value=Decimal(9)), second)
        assert counts(done) == (3, 1, 0, 0, 2)
        assert held(house) == [2]

    def test_a_row_that_another_one_stands_in_for_counts_as_the_same(self):
        house = pod()
        (raw,) = half_hours([1])
        corrected = replace(raw, value=Decimal(2), priority=3)
        done, _ = house.take(raw, corrected)
        assert (counts(done), held(house)) == ((2, 1, 1, 0, 0), [2])
        assert counts(house.plan(raw, corrected)) == (2, 0, 2, 0, 0)

    def test_a_chunk_that_its_shape_forbids_is_rejected_with_its_readings(self):
        house = pod()
        done, written = house.take(*(replace(r, quality="excellent") for r in half_hours([1, 2])))
        assert counts(done) == (2, 0, 0, 0, 2)
        assert CHUNKS not in written


class TestTotalsThatTheHolderStates:
    def stated(self, energy):
        start = datetime(2024, 3, 4, 23, tzinfo=UTC)
        return Record(
            kind="Consumption",
            key=Key(natural=("electricity", "2024-03-05", "2024-03-06")),
            fields=(
                ("sd:account", Ref("MeterPoint", METER)),
                ("sd:date", DAY),
                ("schema:startTime", at(int(start.timestamp()), LOAD.zone)),
                ("schema:endTime", at(int(start.timestamp()) + 86_400, LOAD.zone)),
                ("sd:commodity", Code("electricity")),
                ("sd:energy", Decimal(energy)),
            ),
            locator="line=7",
            on=DAY,
            account=METER,
            counted=False,
        )

    def test_one_that_is_held_is_not_replaced_by_a_sum(self):
        house = pod()
        house.take(self.stated("17.051"))
        house.take(*half_hours([100]))
        assert totals(house) == {"2024-03-05": ("17.051",)}

    def test_one_in_the_same_export_is_not_replaced_either(self):
        house = pod()
        house.take(*half_hours([100]), self.stated("17.051"))
        assert totals(house) == {"2024-03-05": ("17.051",)}

    def test_one_that_comes_later_replaces_the_sum(self):
        house = pod()
        house.take(*half_hours([100]))
        house.take(self.stated("17.051"))
        assert totals(house) == {"2024-03-05": ("17.051",)}
        house.take(*half_hours([200]))
        assert totals(house) == {"2024-03-05": ("17.051",)}


def test_a_month_is_that_of_the_place():
    house = pod()
    there = replace(LOAD, zone=ZoneInfo("America/Los_Angeles"))
    house.take(*half_hours([100], day=date(2024, 3, 31), series=there))
    assert values(house.held[CHUNKS], "c", "startTime") == ["2024-03-31T00:00:00-07:00"]
    assert list(totals(house)) == ["2024-03-31"]


points = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=100)


@given(first=points, second=points, data=st.data())
def test_the_order_of_rows_and_of_a_second_import_makes_no_difference(first, second, data):
    house, shuffled = pod(), pod()
    for told in (first, second):
        rows = list(half_hours(told))
        done, _ = house.take(*rows)
        assert done.read == done.new + done.same + done.updated + done.rejected == len(rows)
        again = house.plan(*rows)
        assert (again.documents, again.same) == ((), len(rows))
        shuffled.take(*data.draw(st.permutations(rows)))
    assert held(house) == held(shuffled)
    assert DAYS not in house.held or totals(house) == totals(shuffled)


def test_the_day_is_the_sum_of_the_chunk():
    house = pod()
    house.take(*half_hours(range(48)))
    assert totals(house) == {"2024-03-05": (str(sum(range(48)) / 2000), 86_400)}
    assert NamedNode(f"{STORAGE}{CHUNKS}#c") in {t.subject for t in house.held[CHUNKS]}
