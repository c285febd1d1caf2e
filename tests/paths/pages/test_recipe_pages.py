"""The recipes: their numbers are those of the household's own books, and of a query."""

import csv
import html
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from access_pages import text
from ledgers import by_month_and_item, moved, payments
from own_query import asked

from pod.charts.said import dated
from pod.cli.people_kit import import_into
from pod.insight.query import query
from pod.people.home import Span, home
from pod.people.made import made
from pod.web.ui.words import words

RECIPES = "/.account/recipes"
_NAMES = {
    said: key.removeprefix("item.") for key, said in words("en").items() if key[:5] == "item."
}


@pytest.fixture(params=["lived", "matched"])
def known(request):
    return request.getfixturevalue(request.param)


def rows(browser, address, sheet):
    return json.loads(browser.open(f"{RECIPES}/{address}").body)[sheet]


def exact(value):
    return Decimal(str(value)).quantize(Decimal("0.01"))


@pytest.mark.spec("Self Data SVC-21")
@pytest.mark.spec("Self Data SVC-01")
def test_a_budget_has_each_euro_of_the_books_once(known, browse):
    browser = browse(known.owner)
    truth = by_month_and_item(known.made.life)
    shown = {
        one.pop("month")[:7]: {name: exact(value) for name, value in one.items()}
        for one in rows(browser, "budget.json", "months")
    }
    assert shown == truth
    items = rows(browser, "budget.json?month=2026-02", "items")
    assert {_NAMES[one["item"]]: exact(one["amount"]) for one in items} == truth["2026-02"]


def test_the_queries_behind_the_pages_give_their_numbers(known, browse):
    """As the call that developers are shown asks them at the public endpoint."""
    browser, since = browse(known.owner), date(2025, 3, 1)
    lines = {
        row["line"]: exact(row["amount"]) for row in asked(known, query("bank-lines", since=since))
    }
    shown = rows(browser, "budget.json", "months")
    total = sum(exact(value) for one in shown for name, value in one.items() if name != "month")
    assert sum(lines.values()) == total
    used = asked(known, query("energy-days", since=since))
    electricity = [row for row in used if row["commodity"].endswith("#electricity")]
    shown = rows(browser, "energy.json", "months")
    assert sum(Decimal(str(one["energy"])) for one in shown if "energy" in one) == sum(
        Decimal(row["energy"]) for row in electricity
    )


def test_what_was_moved_between_accounts_is_said_and_left_out(known, browse):
    browser = browse(known.owner)
    browser.open(f"{RECIPES}/budget/")
    said = words("en")["budget.moved"].format(count=len(moved(known.made.life)))
    assert said in text(browser)


def test_a_recipe_says_whose_data_it_is_of_and_until_when(known, browse):
    browser = browse(known.owner)
    last = max(one.day for one in payments(known.made.life))
    browser.open(f"{RECIPES}/budget/")
    who = "Banque Exemple, Épargne Exemple"
    assert words("en")["recipes.until"].format(who=who, day=dated(last, "en")) in text(browser)


def test_behind_each_number_stand_the_records_that_it_is_made_of(known, browse):
    browser = browse(known.owner)
    month = "2026-02"
    truth = by_month_and_item(known.made.life)[month]
    for item in ("food", "health"):
        found = rows(browser, f"budget.json?month={month}&item={item}", "lines")
        assert sum(exact(one["amount"]) for one in found) == truth[item]
    page = browser.open(f"{RECIPES}/budget/?month={month}&item={item}").text
    assert page.count("record=") == len(found)


def test_a_receipt_stands_in_for_the_card_that_paid_it(matched, browse):
    life = matched.made.life
    found = rows(browse(matched.owner), "budget.json?month=2026-02&item=food", "lines")
    names = {one["label"].partition(" · ")[0] for one in found}
    paid = {-one.cents for one in payments(life) if one.nature == "card" and one.day.month == 2}
    bought = [one for one in life.receipts if one.cents in paid and one.day.month == 2]
    assert bought
    assert {line.name for one in bought for line in one.lines} <= names


def test_all_that_was_spent_is_what_a_query_finds(known, browse):
    (found,) = asked(
        known, "SELECT (SUM(?amount) AS ?sum) { ?line a sd:BankTransaction ; sd:amount ?amount }"
    )
    shown = rows(browse(known.owner), "budget.json", "months")
    total = sum(exact(value) for one in shown for name, value in one.items() if name != "month")
    assert total == exact(found["sum"])  # both sides of a move add up to nothing


@pytest.mark.spec("Self Data SVC-21")
def test_energy_is_that_of_the_meter_month_by_month(known, browse):
    browser = browse(known.owner)
    shown = {one["month"][:7]: one for one in rows(browser, "energy.json", "months")}
    truth = known.made.answers["services"]["SVC-18"]
    assert {month: exact(one["energy"]) for month, one in shown.items() if "energy" in one} == {
        month: exact(kwh) for month, kwh in truth.items()
    }
    counted = asked(
        known,
        "SELECT ?month (SUM(?kwh) AS ?sum) { ?it a sd:Consumption ; sd:date ?on ; sd:energy ?kwh ; "
        "sd:commodity <https://w3id.org/selfdata/codes#electricity> . "
        "BIND(SUBSTR(STR(?on), 1, 7) AS ?month) } GROUP BY ?month",
    )
    assert {row["month"]: exact(row["sum"]) for row in counted} == {
        month: exact(one["energy"]) for month, one in shown.items() if "energy" in one
    }
    assert shown["2026-01"]["days"] == 22  # the household begins on the tenth
    browser.open(f"{RECIPES}/energy/")
    assert "January 2026" in text(browser)


def test_a_bill_for_more_than_was_metered_is_told(known, browse):
    odd = [one for one in known.made.life.anomalies if one.kind == "bill-beside-curve"]
    bills = rows(browse(known.owner), "energy.json", "bills")
    assert bills
    checks = [one["check"] for one in bills]
    assert checks.count(words("en")["energy.look"]) == len(odd)
    for one in bills:
        more = one["billed"] - one["metered"]
        assert (abs(more) > 10) == (one["check"] == words("en")["energy.look"])


@pytest.mark.spec("Self Data SVC-21")
def test_suppliers_are_paid_what_the_books_say(known, browse):
    browser = browse(known.owner)
    debited = {}
    for one in payments(known.made.life):
        if one.mandate and one.cents < 0:
            debited[one.party] = debited.get(one.party, 0) - one.cents
    shown = {
        one["who"].casefold().partition(".")[0]: exact(one["year"])
        for one in rows(browser, "suppliers.json", "paid")
    }
    for party, cents in debited.items():
        name = party.casefold()
        assert (shown.get(name) or shown[name.partition(" ")[0]]) == Decimal(cents) / 100


def test_contracts_end_when_the_answer_sheet_says(known, browse):
    ends = rows(browse(known.owner), "suppliers.json", "ends")
    yearly = {one["yearly"]: one for one in ends if "yearly" in one}
    for one in known.made.answers["services"]["SVC-29"]:
        found = yearly[float(one["yearly"])]
        assert (found["day"][5:], found["notice"][5:]) == (one["yearEnds"][5:], one["notice"][5:])
    days = [one["day"] for one in ends if "day" in one]
    assert days == sorted(days)
    assert len(ends) == len(days) + 2  # electricity and gas say no end, and stand last


def test_whoever_has_no_data_is_told_what_to_bring(world, browse):
    browser = browse(world.fresh())
    for name in ("budget", "energy", "suppliers"):
        page = browser.open(f"{RECIPES}/{name}/")
        assert page.status == 200
        assert words("en")[f"{name}.needs"] in text(browser)
        assert "/.account/add/" in page.text
        assert browser.open(f"{RECIPES}/{name}.json").status == 200
    assert browser.open(f"{RECIPES}/").status == 200


def of_some_files(whole, *begin):
    """A household that only some of its holders gave anything of."""
    return replace(whole, files=tuple(one for one in whole.files if one.path.startswith(begin)))


def test_bills_alone_make_a_budget_that_says_so(matched, world, browse):
    owner, whole = world.fresh(), matched.made
    alone = of_some_files(whole, "telecom/facture", "epicerie/ticket")
    world.run(import_into(alone, world.pod(owner.name)))
    browser = browse(owner)
    shown = rows(browser, "budget.json", "months")
    phone = sum(one.cents for one in whole.life.bills if one.supplier == "phone")
    shop = sum(one.cents for one in whole.life.receipts)
    assert sum(exact(one.get("telecom", 0)) for one in shown) == -Decimal(phone) / 100
    assert (
        sum(exact(value) for one in shown for name, value in one.items() if name != "month")
        == -Decimal(phone + shop) / 100
    )
    browser.open(f"{RECIPES}/budget/")
    assert words("en")["budget.bills_alone"] in text(browser)


def test_her_own_sorting_goes_before_what_words_say(matched, world, browse):
    owner, whole = world.fresh(), matched.made
    world.run(import_into(of_some_files(whole, "banque/main"), world.pod(owner.name)))
    line = asked(
        replace(matched, owner=owner),
        "SELECT ?line ?on { ?line sd:date ?on ; sd:sourceLabel ?label "
        'FILTER(CONTAINS(?label, "LOYER")) } ORDER BY ?on LIMIT 1',
    )[0]
    note = f"<{line['line']}> <https://w3id.org/selfdata/ns#category> "
    said = f"{note}<https://w3id.org/selfdata/codes#schooling> ."
    assert owner.put(f"{owner.storage}annotations/sorted.ttl", said.encode()).status == 201
    month = line["on"][:7]
    found = rows(browse(owner), f"budget.json?month={month}", "items")
    rent = next(one for one in payments(whole.life) if "LOYER" in one.label)
    items = {_NAMES[one["item"]]: exact(one["amount"]) for one in found}
    assert items["education"] == Decimal(rent.cents) / 100
    assert "housing" not in items


def test_a_table_of_a_recipe_is_there_for_a_spreadsheet(lived, browse):
    browser = browse(lived.owner, "fr")
    found = browser.open(f"{RECIPES}/budget.csv?sheet=months")
    shown = list(csv.DictReader(io.StringIO(found.text)))
    assert [one["month"][:7] for one in shown] == sorted(by_month_and_item(lived.made.life))


def test_each_recipe_says_which_motive_it_serves(lived, browse):
    browser = browse(lived.owner)
    page = browser.open(f"{RECIPES}/").text
    for motive in ("know", "consume", "relations", "easier"):
        assert words("en")[f"recipes.to_{motive}"] in page
    assert "record=" not in page


CARE = """@prefix sd: <https://w3id.org/selfdata/ns#> . @prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#org> a sd:Holder ; schema:name "Caisse" .
<#paid> a sd:HealthExpense ; sd:holder <#org> ; sd:total 25.00 ; sd:date "{old}"^^xsd:date .
<#left> a sd:HealthExpense ; sd:holder <#org> ; sd:total 62.50 ; sd:date "{old}"^^xsd:date ;
  sd:sourceLabel "OPTIQUE" .
<#fresh> a sd:HealthExpense ; sd:holder <#org> ; sd:total 9.00 ; sd:date "{new}"^^xsd:date .
<#back> a sd:Reimbursement ; sd:holder <#org> ; sd:total 15.50 ; sd:date "{new}"^^xsd:date ;
  sd:reimburses <#paid> ."""


def test_reimbursements_that_are_awaited_are_told_with_their_evidence(world, browse):
    who, today = world.fresh(), world.server.now().date()
    old, new = today - timedelta(weeks=8), today - timedelta(days=2)
    put = who.put(f"{who.storage}data/health/caisse/care.ttl", CARE.format(old=old, new=new))
    assert put.status == 201, put.text
    browser = browse(who)
    (row,) = rows(browser, "../recipes.json", "awaited")
    assert (row["day"], row["what"], exact(row["total"])) == (str(old), "OPTIQUE", exact("62.5"))
    browser.open(f"{RECIPES}/")
    assert "for one treatment after 6 weeks: €62.50." in text(browser)
    (evidence,) = re.findall(
        r'href="(/.account/data/\?[^"]*record=[^"]*care.ttl%23left)"', browser.page.text
    )
    assert "OPTIQUE" in browser.open(html.unescape(evidence)).text


def test_who_tells_of_water_tells_no_energy(world, browse):
    who = world.fresh()
    whole = made(home(11, 1, Span.of(date(2024, 1, 1), 1)))
    files = tuple(file for file in whole.files if file.format in {"grdf-json", "green-button"})
    world.run(import_into(replace(whole, files=files), world.pod(who.name)))
    browser = browse(who)
    page = browser.open(f"{RECIPES}/energy/")
    assert page.status == 200
    assert "Réseau Gaz Exemple" in text(browser)
    assert "Eau Exemple" not in text(browser)
