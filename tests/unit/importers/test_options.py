"""What a person says of exports is held against what their importers declare."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import pytest

from importers import by_format, identify, known
from importers.contract import Options
from importers.options import hold, missing, needed, options_of, with_name
from tests.importable import exports
from tests.importers.golden import options_of as told

QIF, OFX, POSITIONS = map(by_format, ("qif", "ofx", "boursorama-positions"))


class Noted(Mapping[str, str]):
    """Options that remember which of them were asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values_, self.asked = values, set[str]()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def said(**values: str) -> Options:
    return Options(values=values)


@pytest.mark.parametrize("one", known(), ids=lambda one: one.format)
def test_each_option_is_told_in_both_languages_with_a_value_that_it_can_have(one):
    names = [option.name for option in options_of(one)]
    assert len(set(names)) == len(names)
    for option in options_of(one):
        assert option.fr
        assert option.en
        for value in option.values or (option.example,):
            if not value.startswith("@"):
                option.check(value)
                assert option.plain(f" {value} ") == value


def test_an_importer_reads_and_asks_for_no_option_that_it_does_not_declare():
    for path in exports():
        content, given = path.read_bytes(), Noted(told(path).values)
        for importer, match in identify(path.name, content)[:1]:
            for _ in importer.parse(BytesIO(content), Options(values=given)):
                pass
            assert given.asked | set(match.needs) <= {one.name for one in options_of(importer)}


def test_what_an_importer_knows_passes_in_any_case_and_is_read_as_it_is_declared():
    hold(said(day_first="NO", currency="USD", complete="Oui"), (QIF,))
    option = next(one for one in QIF.options if one.name == "day_first")
    assert said(day_first=" NO ").said(option) == "no"


@pytest.mark.parametrize(
    ("importers", "values", "sentence"),
    [
        ((OFX,), {"account": "1"}, "the format ofx has no option `account`; it has `complete`"),
        (
            (OFX, QIF),
            {"unit": "m3"},
            (
                "none of these files has an option `unit`; they have `account`, `complete`, "
                "`currency`, `day_first`"
            ),
        ),
        ((QIF,), {"day_first": "first"}, "the option `day_first` takes `yes` or `no`"),
        (
            (QIF,),
            {"currency": "dollars"},
            (
                "the option `currency` takes the currency of the amounts, which else are in euros, "
                "as in `currency=USD`"
            ),
        ),
        (
            (POSITIONS, QIF),
            {"date": "31/03/2026"},
            (
                "the option `date` of boursorama-positions takes the day of the positions, which "
                "the file does not say, as in `date=2026-03-31`"
            ),
        ),
        (
            (by_format("open-badges"),),
            {"keys": "{}"},
            (
                "the option `keys` takes the keys of who signs, to verify signatures with, as in "
                "`keys=@FILE`"
            ),
        ),
    ],
)
def test_what_none_knows_and_what_cannot_be_is_refused_in_one_sentence(importers, values, sentence):
    with pytest.raises(ValueError, match=r"option") as refusal:
        hold(Options(values=values), importers)
    assert str(refusal.value) == sentence


def test_of_several_an_option_is_for_those_that_know_it():
    hold(said(account="12345"), (OFX, QIF))


def test_what_nothing_can_be_kept_without_is_asked_for():
    assert missing(said(date="2026-03-31"), POSITIONS) == ""
    assert missing(said(), POSITIONS).endswith("`--option date=2026-03-31`")
    assert missing(said(), QIF) == ""


def test_what_a_name_says_holds_unless_the_person_says_something_else():
    head = b"Start time,End time,Step count\n"
    ((quarters, match),) = identify("2024-03-31.csv", head)
    assert with_name(said(), match).values == {"date": "2024-03-31"}
    assert with_name(said(date="2024-04-01"), match).values == {"date": "2024-04-01"}
    assert missing(with_name(said(), match), quarters) == ""
    assert needed(match, quarters) == ()
    ((_, unnamed),) = identify("jour.csv", head)
    assert missing(with_name(said(), unnamed), quarters).startswith("say the day of the file")
    assert [one.name for one in needed(unnamed, quarters)] == ["date"]
