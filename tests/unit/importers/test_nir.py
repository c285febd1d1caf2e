"""The number of the social security is in nothing that is kept, however it is written."""

import random
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.contract import (
    Code,
    Iri,
    Key,
    LangString,
    Problem,
    Record,
    Ref,
    Stated,
    Typed,
)
from importers.naming import Naming, pseudonyms
from importers.nir import MASK, masked, screened, without_nir
from importers.triples import to_node

MARKS = ("", " ", "\u00a0", "\u202f", ".", "-", "/")


def keyed(thirteen):
    """A number with its key, by INSEE: 97 less the rest by 97, 2A as 19 and 2B as 18."""
    plain = thirteen.upper().replace("2A", "19").replace("2B", "18")
    return f"{thirteen}{97 - int(plain) % 97:02}"


@st.composite
def numbers(draw):
    """A made-up number of thirteen characters."""
    departments = [f"{n:02}" for n in range(1, 96) if n != 20] + ["2A", "2B", "2a", "97", "99"]
    months = [f"{n:02}" for n in (*range(1, 13), 20, 31, 50)]
    return "".join(
        (
            draw(st.sampled_from("123478")),
            f"{draw(st.integers(0, 99)):02}",
            draw(st.sampled_from(months)),
            draw(st.sampled_from(departments)),
            f"{draw(st.integers(1, 990)):03}",
            f"{draw(st.integers(1, 999)):03}",
        )
    )


def apart(number, mark):
    """The number in its groups, with a mark between them."""
    ends = (0, 1, 3, 5, 7, 10, 13, 15)
    return mark.join(filter(None, (number[a:b] for a, b in pairwise(ends))))


@given(numbers(), st.sampled_from(MARKS), st.sampled_from(["", "Remb. ", "n°", "(", "é"]))
def test_a_number_with_its_key_is_masked_in_whatever_stands_around_it(number, mark, before):
    text = f"{before}{apart(keyed(number), mark)}"
    assert masked(text) == before + MASK
    assert masked(f"{text}, suite") == f"{before}{MASK}, suite"


@given(numbers(), st.sampled_from(MARKS[1:]))
def test_a_number_without_key_is_one_where_its_groups_stand_apart(number, mark):
    assert masked(f"de {apart(number, mark)}.") == f"de {MASK}."


@given(numbers())
def test_a_number_without_key_is_one_where_a_word_says_so(number):
    for before in ("NIR : ", "Sécurité sociale n° ", "numéro INSEE ", "Social security "):
        assert masked(before + number) == before + MASK
    for name in ("column:NIR", "column:N°_sécu", "sd:socialSecurityNumber"):
        assert masked(number, name) == MASK


@given(numbers(), st.integers(1, 96))
def test_a_number_with_another_key_is_another_number(number, other):
    wrong = number + f"{(int(keyed(number)[13:]) + other - 1) % 97 + 1:02}"
    assert masked(wrong) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "1712345678901",  # a moment in milliseconds
        "3017620422003",  # the code of a product
        "FR7630006000011234567890189",
        "FR76 3000 6000 0112 3456 7890 189",
        "09123456789012",
        "2026-03-31T08:30:00+02:00",
        "+33 6 23 45 67 89",
        "1 84 13 75 108 108",  # there is no month 13
        "1184127510810862",
        "12,50 03/02/2026 125,00",
    ],
)
def test_other_numbers_stay(text):
    assert masked(text) == text


NUMBER = keyed("1841275108108")
CORSICAN = apart(keyed("269102B088157"), " ")
NAMING = Naming(
    storage="https://a.example/",
    holder="https://b.example/",
    slug="b",
    domain="health",
    activity="https://a.example/imports/2026/i.ttl#i",
    pseudonym=pseudonyms(b"a secret"),
)
RECORD = Record(
    kind="HealthExpense",
    key=Key(stable=NUMBER),
    fields=(
        ("sd:sourceLabel", f"Assuré {NUMBER}"),
        ("schema:description", LangString(f"de {CORSICAN}", "fr")),
        ("schema:identifier", Typed(NUMBER, "xsd:string")),
        ("sd:account", Ref("LoyaltyMembership", Key(stable=NUMBER), Key(natural=("a", NUMBER)))),
        ("sd:relatedTo", Iri(f"urn:x:{NUMBER}")),
        ("column:nir", int(NUMBER)),
        ("column:number", Decimal(NUMBER)),
        ("sd:total", Decimal("12.50")),
        ("sd:date", date(2026, 3, 2)),
        ("schema:startTime", datetime.fromisoformat("2026-03-02T08:00:00+01:00")),
        ("sd:nature", Code("pharmacy")),
        ("sd:provisional", True),
    ),
    on=date(2026, 3, 2),
    account=Key(natural=(NUMBER,)),
    locator="line=2",
)


def test_nothing_of_a_record_holds_the_number():
    kept = without_nir(RECORD)
    iri = NAMING.iri(kept)
    node = to_node(kept, iri, NAMING)
    said = " ".join((iri, *(str(term) for terms in node.values() for term in terms)))
    assert NUMBER[:13] not in said
    assert CORSICAN[:20] not in said
    assert MASK in said
    assert [name for name, _ in kept.fields if name not in dict(RECORD.fields)] == []
    assert {name for name, _ in RECORD.fields} - {name for name, _ in kept.fields} == {
        "sd:relatedTo",
        "column:nir",
        "column:number",
    }


def test_a_record_is_the_same_again_and_its_references_lead_to_it():
    card = Record(kind="LoyaltyMembership", key=Key(stable=NUMBER), fields=(), locator="line=1")
    other = replace(card, key=Key(stable=apart(NUMBER, " ")))
    (ref,) = [v for _, v in without_nir(RECORD).fields if isinstance(v, Ref)]
    assert NAMING.iri(without_nir(card)) == NAMING.iri(without_nir(other)) == NAMING.iri(ref)
    assert NAMING.iri(without_nir(replace(card, key=Key(stable=keyed("1841275108109"))))) != (
        NAMING.iri(ref)
    )


def test_what_was_masked_is_told_once_for_a_row_and_the_rest_passes_as_it_is():
    plain = replace(RECORD, key=Key(stable="7"), fields=RECORD.fields[7:], account=None)
    stated = Stated(name="sum", scope=NUMBER, value=Decimal(1), locator="line=9")
    problem = Problem("line=8", "why")
    found = [*screened([RECORD, plain, stated, problem])]
    assert [one.row for one in found if isinstance(one, Problem)] == [False, True]
    assert found[2] is plain
    assert found[3].scope == MASK
    assert found[4] is problem


def test_any_text_comes_through():
    chance = random.Random(4)  # noqa: S311 - no secret
    for _ in range(300):
        text = "".join(chance.choices("0123456789AB. -/é", k=40))
        assert masked(masked(text)) == masked(text)
