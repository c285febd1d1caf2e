"""A billed month of gas and its days, which come by two imports, are counted once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from importers.contract import Code, Key, Record, Ref
from tests.unit.intake.house import METER, House, counts, half_hours, values
from vocab.names import SD


def figure(first, days, energy, *, provisional=False, commodity="gas", measure="sd:energy"):
    """What a meter counted over whole gas days, from six in the morning."""
    start = datetime.combine(first, datetime.min.time(), UTC) + timedelta(hours=5)
    end = start + timedelta(days=days)
    return Record(
        kind="Consumption",
        key=Key(natural=(commodity, start.isoformat(), end.isoformat())),
        fields=(
            ("sd:account", Ref("MeterPoint", METER)),
            ("sd:date", first),
            ("schema:startTime", start),
            ("schema:endTime", end),
            ("sd:commodity", Code(commodity)),
            (measure, Decimal(energy)),
            *((("sd:provisional", True),) if provisional else ()),
        ),
        locator=f"/{first}",
        on=first,
        account=METER,
    )


def days_of(first, count):
    for n in range(count):
        yield figure(first + timedelta(days=n), 1, "2", provisional=True)


def counted(house):
    """What is counted in the pod: how many figures, and their sum."""
    found = [
        Decimal(energy)
        for graph in house.held.values()
        for subject in {t.subject for t in graph}
        for energy in values(graph, subject.value.rpartition("#")[2], "energy")
        if not values(graph, subject.value.rpartition("#")[2], "status")
    ]
    return len(found), sum(found)


MONTH = figure(date(2024, 1, 20), 30, "61")
ALL = tuple(days_of(date(2024, 1, 20), 30))
SOME = tuple(days_of(date(2024, 1, 20), 12))
AFTER = tuple(days_of(date(2024, 2, 19), 3))


@pytest.mark.parametrize(
    ("exports", "kept"),
    [
        pytest.param(((MONTH,), ALL), (30, 60), id="days that leave no gap"),
        pytest.param(((MONTH,), SOME), (1, 61), id="days that leave a gap"),
        pytest.param(((MONTH,), SOME, ALL[12:]), (30, 60), id="days that come in two exports"),
        pytest.param(((MONTH,), (*ALL, *AFTER)), (33, 66), id="and days behind the month"),
        pytest.param(((MONTH,), AFTER), (4, 67), id="only days behind the month"),
        pytest.param(
            ((figure(date(2024, 1, 20), 30, "61", commodity="electricity"),), ALL),
            (31, 121),
            id="of two kinds of energy",
        ),
        pytest.param(
            ((figure(date(2024, 1, 15), 10, "20"),), (MONTH,)), (1, 20), id="two that are billed"
        ),
    ],
)
def test_each_moment_is_counted_once_whatever_comes_first(exports, kept):
    for order in permutations(exports):
        house = House(domain="energy")
        for items in order:
            house.take(*items)
        assert counted(house) == kept
        for items in order:
            assert house.plan(*items).documents == ()


def test_what_does_not_count_says_what_counts_and_what_it_said_is_kept():
    house = House(domain="energy")
    done, _ = house.take(MONTH)
    assert counts(done) == (1, 1, 0, 0, 0)
    done, written = house.take(*ALL)
    assert counts(done) == (30, 30, 0, 0, 0)
    (remark,) = done.problems
    assert (remark.row, remark.message.split()[0]) == (False, "1")
    path = next(path for path in written if path.endswith("2024-01.ttl") and "data/" in path)
    (month,) = {t.subject for t in written[path] if t.predicate.value.endswith("isReplacedBy")}
    name = month.value.rpartition("#")[2]
    assert values(written[path], name, "status") == ["https://w3id.org/selfdata/codes#withdrawn"]
    assert len(values(written[path], name, "isReplacedBy")) == 30
    assert values(written[path], name, "energy") == ["61"]
    (history,) = (graph for path, graph in written.items() if path.startswith("history/"))
    assert values(history, name, "energy") == ["61"]


def test_one_that_does_not_count_is_updated_and_still_does_not():
    house = House(domain="energy")
    house.take(MONTH)
    house.take(*ALL)
    done, _ = house.take(figure(date(2024, 1, 20), 30, "62"))
    assert counts(done) == (1, 0, 0, 1, 0)
    assert counted(house) == (30, 60)


def test_what_the_holder_takes_back_does_not_keep_another_from_counting():
    house = House(domain="energy")
    house.take(*ALL)
    house.take(MONTH)
    assert counted(house) == (30, 60)
    done, _ = house.take(ALL[0], ALL[-1], complete="yes")
    assert done.withdrawn == 28
    assert counted(house) == (2, 4)
    house.take(MONTH)
    assert counted(house) == (1, 61)


def test_days_that_follow_from_a_curve_are_counted_and_not_the_month_of_them():
    house = House(domain="energy")
    whole = figure(date(2024, 3, 5), 1, "1", commodity="electricity")
    fields = dict(whole.fields) | {
        "schema:startTime": datetime(2024, 3, 4, 23, tzinfo=UTC),
        "schema:endTime": datetime(2024, 3, 6, 23, tzinfo=UTC),
    }
    house.take(
        Record(
            kind="Consumption",
            key=Key(natural=("two days",)),
            fields=tuple(fields.items()),
            locator="/0",
            on=date(2024, 3, 5),
            account=METER,
        )
    )
    house.take(*half_hours([1000] * 96))
    assert counted(house) == (2, 48)


@pytest.mark.parametrize("measure", [SD.energy, SD.volume])
def test_figures_of_other_measures_stand_side_by_side(measure):
    house = House(domain="energy")
    house.take(MONTH)
    name = "sd:" + measure.rpartition("#")[2]
    done, _ = house.take(figure(date(2024, 1, 25), 1, "5", provisional=True, measure=name))
    assert bool(done.problems) is (measure == SD.energy)
