"""Green Button: what is measured, in which unit, what it costs, and when it costs more."""

from decimal import Decimal

import pytest

from importers.contract import Reading
from tests.unit.importers.espi import (
    DAY,
    HOUR,
    JANUARY,
    block,
    element,
    feed,
    house,
    interval,
    kind,
    messages,
    meter_reading,
    of,
    point,
    records,
    times,
)


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
