import pytest

from importers.contract import Key, Reading
from importers.energy.green_button import GreenButton
from tests.unit.importers.espi import (
    BASE,
    HOUR,
    JANUARY,
    POINT,
    block,
    element,
    entry,
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

    def test_intervals_without_a_meter_reading_are_of_the_only_kind_there_is(self):
        bare = (entry(element("ReadingType", accumulationBehaviour=0, flowDirection=0, uom=72)),)
        blocks = entry(
            element("IntervalBlock", x="").replace("<e:x></e:x>", interval(JANUARY, HOUR, 385))
        )
        (found,) = of(feed(*bare, blocks), Reading)
        assert (found.value, found.series.name, found.series.flow) == (385, "energy", "in")

    def test_intervals_of_no_meter_reading_are_told_of(self):
        text = feed(point(), times(), kind(), kind(2), block(interval(JANUARY, HOUR, 5)))
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
