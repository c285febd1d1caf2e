import io
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from importers.contract import Code, Key, Options, Problem, Reading, Record, Stated
from importers.energy.green_button import GreenButton

BASE = "https://utility.example/espi/1_1/resource/"
POINT = "RetailCustomer/3/UsagePoint/1"
JANUARY = int(datetime(2024, 1, 1, 8, tzinfo=UTC).timestamp())  # midnight in California
HOUR = 3600
DAY = 86_400
TIME = {
    "tzOffset": -28800,
    "dstOffset": 3600,
    "dstStartRule": "360E2000",
    "dstEndRule": "B40E2000",
}


def element(name, **parts):
    return f"<e:{name}>" + "".join(f"<e:{k}>{v}</e:{k}>" for k, v in parts.items()) + f"</e:{name}>"


def entry(content, self=None, up=None, related=()):
    links = [("self", self), ("up", up), *(("related", href) for href in related)]
    found = "".join(f'<link rel="{r}" href="{BASE}{h}"/>' for r, h in links if h)
    return f"<entry><id>urn:uuid:same</id>{found}<content>{content}</content></entry>"


def feed(
    *entries, root='<feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">'
):
    return f'<?xml version="1.0"?>{root}{"".join(entries)}</feed>'


def point(kind="0", **links):
    return entry(
        element("UsagePoint", ServiceCategory=f"<e:kind>{kind}</e:kind>"), self=POINT, **links
    )


def times(**parts):
    return entry(element("LocalTimeParameters", **(TIME | parts)), self="LocalTimeParameters/1")


def kind(number=1, **parts):
    usual = {"accumulationBehaviour": 4, "flowDirection": 1, "powerOfTenMultiplier": 0, "uom": 72}
    return entry(element("ReadingType", **(usual | parts)), self=f"ReadingType/{number}")


def interval(start, duration, value, more=""):
    period = element("timePeriod", duration=duration, start=start)
    return f"<e:IntervalReading>{more}{period}<e:value>{value}</e:value></e:IntervalReading>"


def block(*intervals, number=1, start=JANUARY):
    content = element("IntervalBlock", interval=f"<e:start>{start}</e:start>")
    content = content.replace("</e:IntervalBlock>", "".join(intervals) + "</e:IntervalBlock>")
    return entry(content, self=f"{POINT}/MeterReading/{number}/IntervalBlock/1")


def meter_reading(number=1):
    here = f"{POINT}/MeterReading/{number}"
    related = (f"ReadingType/{number}", f"{here}/IntervalBlock/1")
    return entry("<e:MeterReading/>", self=here, up=f"{POINT}/MeterReading", related=related)


def house(*intervals, **parts):
    """One meter in California that gives these intervals as one kind of reading."""
    return feed(point(), times(), meter_reading(), kind(**parts), block(*intervals))


def items(text):
    return list(GreenButton().parse(io.BytesIO(text.encode()), Options()))


def of(text, wanted):
    return [item for item in items(text) if isinstance(item, wanted)]


def records(text, name):
    return [item for item in of(text, Record) if item.kind == name]


def messages(text):
    return [(problem.message, problem.row) for problem in of(text, Problem)]


class TestLayouts:
    BLOCK = f"{POINT}/MeterReading/1/IntervalBlock"

    def collections(self):
        """Each resource links to the collection of its parts."""
        meters = f"{POINT}/MeterReading"
        return (
            point(related=(meters, "LocalTimeParameters/1")),
            times(),
            entry(
                "<e:MeterReading/>",
                self=f"{meters}/1",
                up=meters,
                related=(self.BLOCK, "ReadingType/1"),
            ),
            kind(),
            *(
                entry(
                    element("IntervalBlock", x="").replace(
                        "<e:x></e:x>", interval(JANUARY + n * HOUR, HOUR, n)
                    ),
                    self=f"{self.BLOCK}/{n}",
                    up=self.BLOCK,
                )
                for n in (1, 2)
            ),
        )

    def direct(self):
        """Each part links to what it is part of."""
        meter = f"{POINT}/MeterReading/1"
        return (
            point(related=("LocalTimeParameters/1",)),
            times(),
            entry("<e:MeterReading/>", self=meter, related=(POINT, "ReadingType/1")),
            kind(),
            *(
                entry(
                    element("IntervalBlock", x="").replace(
                        "<e:x></e:x>", interval(JANUARY + n * HOUR, HOUR, n)
                    ),
                    self=f"somewhere/else/{n}",
                    related=(meter,),
                )
                for n in (1, 2)
            ),
        )

    def below(self):
        """Only the addresses say what is part of what."""
        return (
            point(),
            times(),
            entry("<e:MeterReading/>", self=f"{POINT}/MeterReading/1", up=f"{POINT}/MeterReading"),
            entry("<e:MeterReading/>", self=f"{POINT}/MeterReading/11", up=f"{POINT}/MeterReading"),
            kind(),
            block(interval(JANUARY + HOUR, HOUR, 1), interval(JANUARY + 2 * HOUR, HOUR, 2)).replace(
                "<content>", f'<link rel="up" href="{BASE}{self.BLOCK}"/><content>'
            ),
        )

    @pytest.mark.parametrize("layout", ["collections", "direct", "below"])
    def test_every_layout_gives_the_same_readings(self, layout):
        entries = getattr(self, layout)()
        for order in (entries, entries[::-1]):
            found = of(feed(*order), Reading)
            told = sorted((r.start.isoformat(), r.value, r.series.meter.stable) for r in found)
            assert told == [
                ("2024-01-01T01:00:00-08:00", 1, "3-1"),
                ("2024-01-01T02:00:00-08:00", 2, "3-1"),
            ]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                house(interval(JANUARY, HOUR, 5)).replace("e:", "espi:").replace(":e=", ":espi="),
                id="another prefix",
            ),
            pytest.param(
                house(interval(JANUARY, HOUR, 5))
                .replace("<e:", "<")
                .replace("</e:", "</")
                .replace("<content>", '<content xmlns="http://naesb.org/espi">'),
                id="the default namespace",
            ),
            pytest.param(
                house(interval(JANUARY, HOUR, 5))
                .replace("<feed", "<a:feed")
                .replace("</feed", "</a:feed")
                .replace('xmlns="', 'xmlns="http://www.w3.org/2005/Atom" xmlns:a="'),
                id="a prefix for Atom",
            ),
        ],
    )
    def test_any_prefix_stands_for_a_namespace(self, text):
        assert [r.value for r in of(text, Reading)] == [5]
        assert GreenButton().recognise("x.xml", text.encode()) is not None

    def test_two_meters_keep_apart(self):
        second = (
            point(kind="1").replace("UsagePoint/1", "UsagePoint/2"),
            meter_reading(2).replace("UsagePoint/1", "UsagePoint/2"),
            kind(2, uom=169),
            block(interval(JANUARY, HOUR, 7), number=2).replace("UsagePoint/1", "UsagePoint/2"),
        )
        text = house(interval(JANUARY, HOUR, 5)).replace("</feed>", "".join(second) + "</feed>")
        found = [(r.series.meter.stable, r.series.commodity, r.value) for r in of(text, Reading)]
        assert found == [("3-1", "electricity", 5), ("3-2", "gas", 7)]
        assert [r.key for r in records(text, "MeterPoint")] == [
            Key(stable="3-1"),
            Key(stable="3-2"),
        ]

    def test_meter_readings_of_one_kind_are_one_series(self):
        second = (meter_reading(2), kind(2), block(interval(JANUARY + HOUR, HOUR, 6), number=2))
        text = house(interval(JANUARY, HOUR, 5)).replace("</feed>", "".join(second) + "</feed>")
        assert len({r.series for r in of(text, Reading)}) == 1
        assert len(records(text, "MeterPoint")) == 1

    def test_intervals_of_no_meter_reading_are_told_of(self):
        text = feed(point(), times(), kind(), block(interval(JANUARY, HOUR, 5)))
        assert messages(text) == [
            ("the file does not say which meter reading this belongs to", True)
        ]

    def test_a_file_without_a_usage_point_has_one_meter(self):
        text = feed(times(), meter_reading(), kind(), block(interval(JANUARY, HOUR, 5)))
        (meter,) = records(text, "MeterPoint")
        assert (meter.key.stable, [r.value for r in of(text, Reading)]) == ("usage-point", [5])

    def test_a_usage_point_without_an_address_is_one(self):
        text = house(interval(JANUARY, HOUR, 5)).replace(f'href="{BASE}{POINT}"', 'href=""')
        (meter,) = records(text, "MeterPoint")
        assert meter.key.stable == "usage-point"

    def test_what_is_not_imported_is_a_remark_and_what_is_nothing_a_problem(self):
        text = feed(entry("<e:Customer/>"), entry("INVALID"), "<entry/>")
        assert messages(text)[:3] == [
            ("`Customer` is not imported", False),
            ("this entry holds no resource of Green Button", True),
            ("this entry holds no resource of Green Button", True),
        ]

    def test_a_document_that_breaks_gives_what_was_whole(self):
        text = house(interval(JANUARY, HOUR, 5))
        cut = text[: text.index("</feed>")]
        assert [r.value for r in of(cut, Reading)] == [5]
        assert [row for _, row in messages(cut)] == [True]


class TestFigures:
    @pytest.mark.parametrize(
        ("uom", "power", "unit", "name", "value"),
        [
            pytest.param(72, 0, "W-HR", "energy", "1234", id="Wh"),
            pytest.param(72, -3, "W-HR", "energy", "1.234", id="mWh"),
            pytest.param(72, 3, "W-HR", "energy", "1234000", id="kWh"),
            pytest.param(72, "", "W-HR", "energy", "1234", id="no multiplier"),
            pytest.param(38, 0, "W", "load", "1234", id="W"),
            pytest.param(42, -2, "M3", "volume", "12.34", id="m³"),
            pytest.param(119, 0, "FT3", "volume-ft3", "1234", id="ft³"),
            pytest.param(132, 0, "BTU_IT", "energy-btu_it", "1234", id="BTU"),
            pytest.param(169, -1, "THERM_US", "energy-therm_us", "123.4", id="therm"),
        ],
    )
    def test_a_value_is_scaled_and_keeps_its_unit(self, uom, power, unit, name, value):
        (found,) = of(
            house(interval(JANUARY, HOUR, 1234), uom=uom, powerOfTenMultiplier=power), Reading
        )
        assert (found.series.unit, found.series.name, str(found.value)) == (unit, name, value)

    @pytest.mark.parametrize(
        ("parts", "message"),
        [
            pytest.param({"uom": 29}, "readings in the unit 29 are not imported", id="volts"),
            pytest.param(
                {"uom": ""}, "the file does not say in what unit the readings are", id="no unit"
            ),
            pytest.param(
                {"powerOfTenMultiplier": "1e3"},
                "the power of ten of the readings is no number",
                id="no multiplier",
            ),
            pytest.param(
                {"powerOfTenMultiplier": "-"},
                "the power of ten of the readings is no number",
                id="a sign alone",
            ),
            pytest.param(
                {"accumulationBehaviour": 9},
                "readings with the accumulation behaviour 9 are not imported",
                id="summation",
            ),
            pytest.param(
                {"accumulationBehaviour": 12},
                "readings with the accumulation behaviour 12 are not imported",
                id="energy at an instant",
            ),
            pytest.param(
                {"flowDirection": 7},
                "readings with the flow direction 7 are not imported",
                id="no direction",
            ),
        ],
    )
    def test_readings_of_a_kind_that_is_not_known_are_told_of(self, parts, message):
        text = house(interval(JANUARY, HOUR, 5), interval("x", HOUR, 5), **parts)
        assert messages(text) == [
            (message, True),
            ("no usable period: its times are not whole seconds", True),
        ]

    def test_power_at_an_instant_is_read_as_mean_power(self):
        text = house(interval(JANUARY, HOUR, 5), uom=38, accumulationBehaviour=12)
        assert [r.series.energy for r in of(text, Reading)] == ["mean-power"]

    def test_readings_without_a_reading_type_are_told_of(self):
        text = feed(point(), times(), meter_reading(), block(interval(JANUARY, HOUR, 5)))
        assert messages(text) == [
            ("the file does not say what the readings of this meter are", True)
        ]

    @pytest.mark.parametrize(
        ("flow", "name", "way", "energy"),
        [
            pytest.param(1, "energy", "in", "energy", id="delivered"),
            pytest.param(0, "energy", "in", "energy", id="not said"),
            pytest.param(19, "energy-out", "out", "energy", id="received"),
            pytest.param(4, "energy-net", "in", "none", id="net"),
            pytest.param(20, "energy-total", "in", "none", id="total"),
        ],
    )
    def test_each_way_of_the_flow_is_a_series(self, flow, name, way, energy):
        (found,) = of(house(interval(JANUARY, HOUR, 5), flowDirection=flow), Reading)
        assert (found.series.name, found.series.flow, found.series.energy) == (name, way, energy)

    def test_what_is_made_of_both_ways_is_remarked(self):
        text = house(interval(JANUARY, HOUR, 5), interval(JANUARY + DAY, DAY, 5), flowDirection=4)
        assert messages(text) == [
            ("what flows net or in total over a day or more is not imported", True),
            (
                "what flows net or in total is made of what flows in and out: it adds to no day",
                False,
            ),
        ]

    @pytest.mark.parametrize(
        ("service", "commodity", "uom", "expected"),
        [
            pytest.param("1", "", 72, "gas", id="by the service"),
            pytest.param("", 7, 72, "gas", id="by the reading type"),
            pytest.param("", 9, 42, "water", id="water"),
            pytest.param("", "", 72, "electricity", id="by a unit of electricity"),
            pytest.param("", "", 169, "gas", id="by a unit of gas"),
        ],
    )
    def test_the_commodity_is_said_in_one_of_three_places(self, service, commodity, uom, expected):
        text = feed(
            point(kind=service),
            times(),
            meter_reading(),
            kind(commodity=commodity, uom=uom),
            block(interval(JANUARY, HOUR, 5)),
        )
        assert [r.series.commodity for r in of(text, Reading)] == [expected]

    @pytest.mark.parametrize(
        ("code", "quality", "priority"),
        [
            pytest.param("17", "measured", 1, id="validated"),
            pytest.param("8", "estimated", 0, id="estimated"),
            pytest.param("7", "corrected", 2, id="edited by hand"),
            pytest.param("14", None, 0, id="raw"),
        ],
    )
    def test_the_quality_of_a_reading_is_told(self, code, quality, priority):
        more = element("ReadingQuality", quality=code)
        (found,) = of(house(interval(JANUARY, HOUR, 5, more)), Reading)
        assert (found.quality, found.priority) == (quality, priority)

    def test_a_reading_without_a_value_is_a_gap(self):
        more = element("ReadingQuality", quality=17)
        (found,) = of(house(interval(JANUARY, HOUR, "", more)), Reading)
        assert (found.value, found.quality) == (None, None)

    @pytest.mark.parametrize("value", ["1,5", "x", "1e9", "9" * 16])
    def test_a_value_that_is_no_number_is_told_of(self, value):
        assert messages(house(interval(JANUARY, HOUR, value))) == [
            ("the figure of this reading is no number", True)
        ]


class TestCosts:
    def test_a_cost_is_in_hundred_thousandths_of_the_currency(self):
        text = house(
            interval(JANUARY, HOUR, 5, "<e:cost>123456</e:cost>"),
            currency=840,
            powerOfTenMultiplier=3,
        )
        energy, cost = of(text, Reading)
        assert (energy.counted, energy.value) == (True, 5000)
        assert (cost.counted, cost.value) == (False, Decimal("1.23456"))
        assert (cost.series.name, cost.series.unit, cost.series.energy) == (
            "energy-cost",
            "CCY_USD",
            "none",
        )

    def test_a_reading_may_have_its_own_multiplier(self):
        more = "<e:cost>123456</e:cost><e:powerOfTenMultiplier>3</e:powerOfTenMultiplier>"
        _, cost = of(house(interval(JANUARY, HOUR, 5, more), currency=978), Reading)
        assert (cost.value, cost.series.unit) == (Decimal("1234.56"), "CCY_EUR")

    def test_a_cost_in_no_known_currency_is_remarked(self):
        text = house(interval(JANUARY, HOUR, 5, "<e:cost>1</e:cost>"))
        assert len(of(text, Reading)) == 1
        assert messages(text) == [
            ("the costs of these readings are not kept, as their currency is not known", False)
        ]

    def test_the_cost_of_days_is_with_them(self):
        text = house(interval(JANUARY, DAY, 5000, "<e:cost>60000</e:cost>"), currency=124)
        fields = dict(records(text, "Consumption")[0].fields)
        assert (fields["sd:total"], fields["sd:currency"]) == (Decimal("0.6"), "CAD")

    def test_a_cost_that_is_no_number_is_told_of(self):
        text = house(interval(JANUARY, HOUR, 5, "<e:cost>much</e:cost>"))
        assert [row for _, row in messages(text)] == [True]


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


class TestRegisters:
    @pytest.mark.parametrize("behaviour", [1, 3])
    def test_what_a_register_shows_is_differenced_and_never_summed(self, behaviour):
        rows = [interval(JANUARY + n * 30 * DAY, 0, v) for n, v in enumerate((1000, 4000, 9000))]
        text = house(*rows, accumulationBehaviour=behaviour)
        shown = [dict(r.fields)["sd:meterIndex"] for r in records(text, "MeterReading")]
        assert shown == [1000, 4000, 9000]
        consumed = records(text, "Consumption")
        assert [dict(r.fields)["sd:energy"] for r in consumed] == [3, 5]
        assert {r.counted for r in consumed} == {False}

    def test_less_than_a_day_between_figures_makes_a_series(self):
        rows = [interval(JANUARY + n * HOUR, HOUR, v) for n, v in enumerate((1000, 1400))]
        (found,) = of(house(*rows, accumulationBehaviour=1, powerOfTenMultiplier=-3), Reading)
        assert (found.start.hour, found.end.hour, found.value) == (1, 2, Decimal("0.4"))
        assert found.counted is False

    def test_a_register_that_went_back_is_remarked(self):
        rows = [interval(JANUARY + n * DAY, 0, v) for n, v in enumerate((900, 5, 7))]
        text = house(*rows, accumulationBehaviour=1)
        assert [row for _, row in messages(text)] == [False]
        assert len(records(text, "Consumption")) == 1

    def test_a_figure_told_twice_is_one_reading(self):
        rows = [interval(JANUARY, HOUR, 9), interval(JANUARY + HOUR, 0, 9), interval(1, HOUR, "")]
        text = house(*rows, accumulationBehaviour=1)
        assert len(records(text, "MeterReading")) == 1
        assert [row for _, row in messages(text)] == [False, False]

    def test_a_register_of_net_flow_adds_to_no_day(self):
        rows = [interval(JANUARY + n * DAY, 0, v) for n, v in enumerate((1, 2))]
        text = house(*rows, accumulationBehaviour=1, flowDirection=4)
        assert records(text, "Consumption") == []
        assert len(records(text, "MeterReading")) == 2


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


@pytest.mark.parametrize(
    ("head", "name"),
    [
        pytest.param(
            '<feed><link rel="self" href="https://api.utility.example/x"/>',
            "api.utility.example",
            id="host",
        ),
        pytest.param("<a:feed><a:link href='https://u.example:8080/'/>", "u.example", id="prefix"),
        pytest.param('<feed><link href="/relative"/>', "utility", id="no host"),
        pytest.param('<feed><link href="https://[x/"/>', "utility", id="no address"),
        pytest.param('<feed><link href="https://a b/"/>', "utility", id="no name"),
        pytest.param("<feed/>", "utility", id="no link"),
    ],
)
def test_the_holder_is_the_host_of_the_feed(head, name):
    assert GreenButton().holder(head.encode()).name == name


def test_another_feed_is_not_claimed():
    assert GreenButton().recognise("feed.xml", b"<feed/>") is None


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


class TestTimesOfUse:
    def days(self, *tous, value=3):
        found = [point(), times()]
        for number, tou in enumerate(tous, 1):
            found += (
                meter_reading(number),
                kind(number, intervalLength=DAY, **({"tou": tou} if tou else {})),
                block(interval(JANUARY, DAY, value), number=number),
            )
        return feed(*found)

    @pytest.mark.parametrize(
        ("tous", "labels", "lost"),
        [
            ((1, 2), ["TOU 1", "TOU 2"], 0),
            ((0, 1, 2), [None], 2),
            ((1, 0), [None], 1),
        ],
    )
    def test_a_day_is_counted_once(self, tous, labels, lost):
        text = self.days(*tous)
        days = records(text, "Consumption")
        assert [dict(day.fields).get("sd:sourceLabel") for day in days] == labels
        assert len({day.key for day in days}) == len(labels)
        assert sum(row for _, row in messages(text)) == lost

    def hours(self, *tous):
        found = [point(), times()]
        for number, tou in enumerate(tous, 1):
            found += (meter_reading(number), kind(number, intervalLength=HOUR, tou=tou))
            found.append(block(interval(JANUARY, HOUR, 3), number=number))
        return of(feed(*found), Reading)

    def test_parts_of_a_whole_are_series_that_add_to_no_day(self):
        found = [(r.series.name, r.series.energy, r.value) for r in self.hours(0, 1)]
        assert found == [("energy", "energy", 3), ("energy-tou-1", "none", 3)]

    def test_the_time_of_use_of_an_hour_is_a_series_beside_it(self):
        found = [(r.series.name, r.value, r.counted) for r in self.hours(2)]
        assert found == [("energy", 3, True), ("energy-tou", 2, False)]

    @pytest.mark.parametrize(("length", "kinds"), [(DAY, ["Consumption"] * 2), (HOUR, [])])
    def test_registers_of_times_of_use_are_apart(self, length, kinds):
        found = [point(), times()]
        for number, tou in enumerate((1, 2), 1):
            shown = [interval(JANUARY + n * length, 0, 10 * n) for n in range(2)]
            found += (
                meter_reading(number),
                kind(number, tou=tou, accumulationBehaviour=1),
                block(*shown, number=number),
            )
        text = feed(*found)
        assert len({record.key for record in records(text, "MeterReading")}) == 4
        assert [record.kind for record in records(text, "Consumption")] == kinds
        assert {r.series.energy for r in of(text, Reading)} == (
            {"none"} if length == HOUR else set()
        )
