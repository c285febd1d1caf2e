"""Categories: those of several holders are one, and a broader class counts what is only of it."""

from datetime import date

from pod.insight.held import Category, by_life, categories
from pod.insight.life import LIFE


def held(container, kind, count, holder="https://a.example/", first=None, last=None) -> Category:
    return Category(
        container=container,
        kind=kind,
        count=count,
        own=count,
        first=first,
        last=last,
        holders=(holder,),
    )


def test_what_several_holders_give_is_one_category():
    one = held("bank", "BankTransaction", 3, first=date(2025, 2, 1), last=date(2025, 3, 1))
    two = held("bank", "BankTransaction", 4, "https://b.example/", date(2024, 1, 1))
    (found,) = categories([one, two])
    assert (found.count, found.first, found.last) == (7, date(2024, 1, 1), date(2025, 3, 1))
    assert found.holders == ("https://a.example/", "https://b.example/")


def test_a_broader_class_is_shown_only_where_something_is_of_it_alone():
    meters = held("energy", "MeterPoint", 2)
    assert [one.kind for one in categories([meters, held("energy", "Account", 2)])] == [
        "MeterPoint"
    ]
    found = {one.kind: one.own for one in categories([meters, held("energy", "Account", 3)])}
    assert found == {"MeterPoint": 2, "Account": 1}


def test_classes_of_other_containers_do_not_count_against_it():
    found = categories([held("energy", "MeterPoint", 2), held("telecom", "Account", 1)])
    assert {one.kind: one.own for one in found} == {"MeterPoint": 2, "Account": 1}


def test_all_domains_are_there_also_where_nothing_is_in_them():
    found = by_life(categories([held("retail", "Line", 1)]))
    assert tuple(found) == LIFE
    assert {life.name: len(several) for life, several in found.items() if several} == {
        "shopping": 1
    }
