"""Mappings of tables: what they declare, and mistakes that are told with their line."""

import pytest

from importers.mapped.mapping import mapping_of
from importers.mapped.outline import outline

TABLE = """\
holder: {name: Acme, sector: retail}
class: Purchase
key: order
columns:
  day: sd:date
  sum: sd:total
"""


def with_(text, line):
    """The mapping with one more line behind a text."""
    assert text in TABLE
    return TABLE.replace(text, f"{text}\n{line}", 1)


def test_classes_and_properties_go_by_their_names_and_labels_in_both_languages():
    said = TABLE.replace("class: Purchase", "class: Achat").replace("sd:total", "total")
    declared = mapping_of(said)
    (table,) = declared.tables
    assert (table.kind.name, table.key) == ("Purchase", ("order",))
    assert [(one.column, one.name) for one in table.columns] == [
        ("day", "sd:date"),
        ("sum", "sd:total"),
    ]
    assert (declared.domain, declared.holder.iri) == ("retail", "urn:sd:holder:acme")


MISTAKES = {
    TABLE.replace("Purchase", "Purchas"): "line 2: there is no class `Purchas`: did you mean `Pu",
    with_("sd:total", "  shop: counterpartyNam"): "line 7: Purchase has no property `counterpartyN"
    "am`: did you mean `counterpartyName`?",
    with_("sd:total", "  shop: shema:name"): "line 7: Purchase has no property `shema:name`",
    with_("sd:total", "  x: {property: sd:total, typ: day}"): "line 7: the column `x` has no memb"
    "er `typ`: did you mean `type`?",
    TABLE.replace("sd:total", "{property: sd:total, type: day}"): "line 6: `sd:total` takes a num"
    "ber, as in 12.50, and no day",
    with_("sd:total", "constants: {sd:channel: pigeon}"): "line 7: `sd:channel` takes one of web",
    with_("sd:total", "  x: {property: sd:channel, codes: {A: pigeon}}"): "line 7: `sd:channel` t",
    with_("sd:total", "  x: {property: sd:account, to: cards}"): "line 7: `to` names a table of t",
    with_("sd:total", "  x: {property: sd:total, to: cards}"): "line 7: `sd:total` takes a number",
    TABLE.replace("sum: sd:total", "x: sd:currency"): "line 1: Purchase needs total (`sd:total`): ",
    TABLE.replace("day: sd:date", "x: sd:currency"): "line 1: Purchase is kept by its day: map a ",
    TABLE.replace("class: Purchase", "class: Invoice").replace("key: order\n", ""): "line 1: Inv"
    "oice is known by its number or name: say its column with `key`",
    with_("key: order", "dates: dd/mm/yyyy"): "line 4: `dates` is `day-first`, `month-first` or ",
    with_("key: order", "zone: Paris"): "line 4: `zone` is the name of a time zone, such as Europ",
    with_("key: order", "key: other"): "line 4: `key` stands here twice",
    with_("key: order", "colums: {}"): "line 4: a mapping has no member `colums`: did you mean `c",
    TABLE.replace("retail", "shops"): "line 1: `sector` is `bank`, `insurance`",
    TABLE.replace("holder: {name: Acme", "holder: &a {name: *a"): "line 1: write it out: `*` and ",
    "columns: {a: [b": "line 1: this is no YAML: ",
    "": "line 1: the mapping is empty",
    "tables: []": "line 1: `tables` is a list",
    "columns: {}": "line 1: say the `class` of what the rows",
    "class: https://acme.example/ns#Warranty\nkey: no\n": "line 1: say the `domain`, as https://ac",
}


@pytest.mark.parametrize(("text", "sentence"), MISTAKES.items(), ids=range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_line(text, sentence):
    with pytest.raises(ValueError, match="^line ") as told:
        mapping_of(text)
    assert str(told.value).startswith(sentence)


def test_tables_that_wait_for_each_other_are_refused():
    one = "  - {name: %s, class: Purchase, key: a, columns: {b: sd:date, c: sd:total, "
    one += "d: {property: sd:relatedTo, to: %s}}}\n"
    with pytest.raises(ValueError, match="^line 2: `x`, `y` refer to each other in a circle$"):
        mapping_of("tables:\n" + one % ("x", "y") + one % ("y", "x"))


def test_what_looks_like_a_number_or_no_is_a_text():
    said = outline("key: no\ncodes: {0123: 'yes', on: ~}")
    members = {name.text: value for name, value in said.pairs("x")}
    assert members["key"].text == "no"
    assert [(a.text, b.text) for a, b in members["codes"].pairs("x")] == [
        ("0123", "yes"),
        ("on", ""),
    ]


@pytest.mark.parametrize("text", ["a: [" * 2000, "a" * (1 << 19), "? {a: b}", "\0", "- - -"])
def test_no_text_stops_the_reader(text):
    with pytest.raises(ValueError, match="."):
        mapping_of(text)
