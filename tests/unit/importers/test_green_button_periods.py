"""Green Button: when a figure begins and ends, by which clock, and what holds for a period."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from importers.contract import Code, Reading, Stated
from importers.energy.green_button import GreenButton
from tests.unit.importers.espi import (
    BASE,
    DAY,
    HOUR,
    JANUARY,
    POINT,
    block,
    element,
    entry,
    feed,
    house,
    interval,
    items,
    kind,
    messages,
    meter_reading,
    of,
    point,
    records,
)


class TestPeriods:
    def test_a_reading_begins_at_its_start(self):
        (found,) = of(house(interval(JANUARY, HOUR, 5)), Reading)
        assert found.start.isoformat() == "2024-01-01T00:00:00-08:00"
        assert found.end.isoformat() == "2024-01-01T01:00:00-08:00"

    @pytest.mark.parametrize(
        ("text", "starts"),
        [
            pytest.param(
                "<e:IntervalReading><e:value>5</e:value></e:IntervalReading>" * 2,
                [0, 1],
                id="no period: one follows on the other",
            ),
            pytest.param(
                f"<e:IntervalReading><e:timePeriod><e:start>{JANUARY + HOUR}.0</e:start>"
                "</e:timePeriod><e:value>5</e:value></e:IntervalReading>",
                [1],
                id="no duration",
            ),
        ],
    )
    def test_what_the_period_lacks_is_in_block_and_reading_type(self, text, starts):
        found = of(house(text, intervalLength=HOUR), Reading)
        assert [(r.start.hour, (r.end - r.start).seconds) for r in found] == [
            (start, HOUR) for start in starts
        ]

    @pytest.mark.parametrize(
        ("start", "duration", "message"),
        [
            pytest.param("", "", "it says no duration", id="nothing"),
            pytest.param(JANUARY, "", "it says no duration", id="no duration"),
            pytest.param(JANUARY, 0, "it says no duration", id="a duration of nothing"),
            pytest.param(JANUARY, 9_999_999_999, "it says no duration", id="a lifetime"),
            pytest.param("1413415232.48", HOUR, "its times are not whole seconds", id="a fraction"),
            pytest.param(JANUARY, "PT1H", "its times are not whole seconds", id="no number"),
            pytest.param(9_999_999_999, HOUR, "it lies beyond this century", id="the far future"),
        ],
    )
    def test_a_period_that_cannot_be_used_is_told_of(self, start, duration, message):
        text = house(interval(start, duration, 5), interval(JANUARY, HOUR, 6))
        assert messages(text) == [(f"no usable period: {message}", True)]
        assert [r.value for r in of(text, Reading)] == [6]

    def test_readings_that_share_one_start_are_all_told_of(self):
        rows = [interval(JANUARY, 30 * DAY, value) for value in (31, 28, 31, 30)]
        text = house(*rows, interval(JANUARY + DAY, HOUR, 5), uom=169)
        assert Counter(messages(text)) == {
            ("no usable period: 4 readings that differ share one start", True): 4
        }
        assert [r.value for r in of(text, Reading)] == [5]

    def test_the_same_reading_twice_is_no_conflict(self):
        assert len(of(house(*[interval(JANUARY, HOUR, 5)] * 2), Reading)) == 2

    def test_a_reading_of_a_day_or_more_is_a_record(self):
        text = house(interval(JANUARY, 31 * DAY, 400_000, element("ReadingQuality", quality=8)))
        (found,) = records(text, "Consumption")
        fields = dict(found.fields)
        assert (found.counted, fields["sd:energy"]) == (True, 400)
        assert fields["sd:quality"] == Code("estimated")
        assert found.key.natural == ("electricity", "2024-01-01", "2024-02-01")
        assert of(text, Reading) == []

    def test_power_over_a_day_is_energy(self):
        (found,) = records(house(interval(JANUARY, DAY, 500), uom=38), "Consumption")
        assert dict(found.fields)["sd:energy"] == 12

    def test_what_flows_out_over_a_day_is_production(self):
        assert len(records(house(interval(JANUARY, DAY, 1), flowDirection=19), "Production")) == 1

    def test_a_day_without_a_value_is_a_remark(self):
        assert messages(house(interval(JANUARY, DAY, ""))) == [("this reading has no value", False)]

    def test_a_day_told_twice_is_one_record(self):
        second = (meter_reading(2), kind(2), block(interval(JANUARY, DAY, 6), number=2))
        text = house(*[interval(JANUARY, DAY, 5)] * 2)
        text = text.replace("</feed>", "".join(second) + "</feed>")
        assert len(records(text, "Consumption")) == 1
        assert messages(text) == [
            ("another reading says the same of this time", False),
            ("another reading says something else of this time, and that one is taken", True),
        ]


class TestLocalTime:
    def test_the_offset_is_that_of_the_moment(self):
        july = int(datetime(2024, 7, 1, 7, tzinfo=UTC).timestamp())
        (found,) = of(house(interval(july, HOUR, 5)), Reading)
        assert found.start.isoformat() == "2024-07-01T00:00:00-07:00"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                feed(point(), meter_reading(), kind(), block(interval(JANUARY, HOUR, 5))),
                id="not said",
            ),
            pytest.param(
                house(interval(JANUARY, HOUR, 5)).replace("-28800", "PST"), id="not readable"
            ),
        ],
    )
    def test_without_local_time_days_are_those_of_utc(self, text):
        assert messages(text) == [
            (
                "the file does not say the local time of the place: its days are taken to be UTC's",
                False,
            )
        ]
        assert [r.series.zone for r in of(text, Reading)] == [UTC]


class TestSummaries:
    def summary(self, value, start=JANUARY, duration=2 * HOUR, uom=72):
        stated = element(
            "overallConsumptionLastPeriod", powerOfTenMultiplier=0, uom=uom, value=value
        )
        period = element("billingPeriod", duration=duration, start=start)
        return entry(f"<e:UsageSummary>{period}{stated}</e:UsageSummary>", self=f"{POINT}/Sum/1")

    def house(self, summary, *intervals, **parts):
        rows = intervals or (interval(JANUARY, HOUR, 1200), interval(JANUARY + HOUR, HOUR, 300))
        return house(*rows, **parts).replace("</feed>", f"{summary}</feed>")

    @pytest.mark.parametrize(
        ("value", "expected", "ok"),
        [
            pytest.param(1500, "1.5", True, id="equal"),
            pytest.param(2000, "2", True, id="rounded to a kWh"),
            pytest.param(1600, "1.6", False, id="off by the last digit"),
            pytest.param(5000, "5", False, id="far off"),
        ],
    )
    def test_what_is_stated_of_a_period_is_held_against_its_readings(self, value, expected, ok):
        (check,) = GreenButton().reconcile(items(self.house(self.summary(value))))
        assert (check.expected, check.got, check.ok) == (expected, "1.5", ok)

    def test_power_and_days_count_too(self):
        text = self.house(
            self.summary(36_000, duration=DAY + HOUR),
            interval(JANUARY, DAY, 1000),
            interval(JANUARY + DAY, HOUR, 12_000),
            uom=38,
        )
        (check,) = GreenButton().reconcile(items(text))
        assert (check.got, check.ok) == ("36", True)

    @pytest.mark.parametrize(
        ("summary", "message"),
        [
            pytest.param({"start": JANUARY - HOUR}, "do not cover", id="before the readings"),
            pytest.param({"duration": 3 * HOUR}, "do not cover", id="longer than the readings"),
            pytest.param({"uom": 42}, "do not cover", id="another quantity"),
            pytest.param({"start": ""}, "states no consumption", id="no period"),
            pytest.param({"value": "much"}, "states no consumption", id="no figure"),
            pytest.param({"uom": 29}, "states no consumption", id="volts"),
        ],
    )
    def test_what_cannot_be_compared_is_remarked(self, summary, message):
        text = self.house(self.summary(**({"value": 1500} | summary)))
        assert of(text, Stated) == []
        ((found, row),) = messages(text)
        assert (message in found, row) == (True, False)

    @pytest.mark.parametrize(
        "parts",
        [
            pytest.param({"flowDirection": 19}, id="what flows out"),
            pytest.param({"flowDirection": 4}, id="net"),
        ],
    )
    def test_only_what_flows_in_is_compared(self, parts):
        assert of(self.house(self.summary(1500), **parts), Stated) == []

    def test_a_gap_is_not_covered(self):
        text = self.house(
            self.summary(1500), interval(JANUARY, HOUR, 5), interval(JANUARY + HOUR, HOUR, "")
        )
        assert of(text, Stated) == []

    def test_a_meter_of_its_own_is_not_compared(self):
        other = point().replace("UsagePoint/1", "UsagePoint/2")
        summary = self.summary(1500).replace("UsagePoint/1/Sum", "UsagePoint/2/UsageSummary")
        summary = summary.replace(
            "<content>", f'<link rel="related" href="{BASE}{POINT[:-1]}2"/><content>'
        )
        assert of(self.house(other + summary), Stated) == []


class TestBills:
    def summary(self, **parts):
        period = f"<e:duration>{DAY}</e:duration><e:start>{JANUARY}</e:start>"
        return entry(element("UsageSummary", **({"billingPeriod": period} | parts)))

    def bills(self, **parts):
        text = house(interval(JANUARY, HOUR, 5)).replace(
            "</feed>", self.summary(**parts) + "</feed>"
        )
        return records(text, "Invoice")

    @pytest.mark.parametrize(("currency", "expected"), [(840, "USD"), (1, None)])
    def test_a_bill_is_in_hundred_thousandths_of_the_currency(self, currency, expected):
        (bill,) = self.bills(billLastPeriod=1250000, currency=currency)
        fields = dict(bill.fields)
        assert (str(fields["sd:total"]), fields.get("sd:currency")) == ("12.5", expected)
        assert (fields["schema:startDate"].day, fields["schema:endDate"].day) == (1, 2)

    @pytest.mark.parametrize(
        "parts",
        [
            {"billLastPeriod": ""},
            {"billLastPeriod": "much"},
            {"billLastPeriod": 5, "billingPeriod": ""},
            {
                "billLastPeriod": 5,
                "billingPeriod": "<e:duration>9</e:duration><e:start>4102444800</e:start>",
            },
        ],
    )
    def test_a_summary_without_amount_or_period_is_no_bill(self, parts):
        assert self.bills(**parts) == []
