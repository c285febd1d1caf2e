import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from pyoxigraph import RdfFormat, parse

from vocab import turtle
from vocab.documents import document, media_types
from vocab.formats import importable
from vocab.glossary import glossary, of_type
from vocab.names import RDF, RDFS, SKOS
from vocab.offers import catalogue

RDF_DOCUMENTS = ("", "codes", "shapes")


class Outline(HTMLParser):
    """What a page has: identifiers, links, and whether every element is closed in its turn."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.open, self.texts = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def page(name):
    return Outline(document(name, "text/html").decode())


@pytest.mark.parametrize("name", RDF_DOCUMENTS)
def test_what_a_document_is_served_as(name):
    assert media_types(name) == ("text/html", "text/turtle", "application/ld+json")


def test_the_context_is_json_ld_only():
    assert media_types("context.jsonld") == ("application/ld+json",)
    with pytest.raises(KeyError):
        media_types("nothing")


@pytest.mark.parametrize("wanted", [("", "text/plain"), ("nothing", "text/turtle")])
def test_nothing_else_is_served(wanted):
    with pytest.raises(KeyError):
        document(*wanted)


def triples(name, media_type, of):
    return {
        quad.triple
        for quad in parse(document(name, media_type), of)
        if "_:" not in str(quad.triple)
    }


@pytest.mark.parametrize("name", RDF_DOCUMENTS)
def test_turtle_and_json_ld_say_the_same(name):
    as_turtle = triples(name, "text/turtle", RdfFormat.TURTLE)
    assert as_turtle
    assert as_turtle == triples(name, "application/ld+json", RdfFormat.JSON_LD)


def test_ontology_and_codes_are_all_terms():
    parts = [turtle.graph_of(document(name, "text/turtle").decode()) for name in ("", "codes")]
    assert parts[0] | parts[1] == turtle.read("terms")
    assert not parts[0] & parts[1]


def test_the_context_is_ours():
    served = json.loads(document("context.jsonld", "application/ld+json"))
    assert served["@context"]["BankTransaction"] == "sd:BankTransaction"


@pytest.mark.parametrize("name", RDF_DOCUMENTS)
def test_a_page_is_whole(name):
    outline = page(name)
    assert outline.open == []
    assert len(set(outline.ids)) == len(outline.ids)
    anchors = {link.removeprefix("#") for link in outline.links if link.startswith("#")}
    assert anchors <= set(outline.ids)


@pytest.mark.parametrize("name", RDF_DOCUMENTS)
def test_a_page_runs_nothing_and_loads_nothing(name):
    text = document(name, "text/html").decode()
    assert re.search(r"<(script|img|link|iframe)|\bon\w+=", text) is None


@pytest.mark.spec("Self Data CAP-24")
def test_every_term_has_its_place_on_the_page():
    known = glossary()
    words = [word for kind in (RDFS.Class, RDF.Property) for word in of_type(known, kind)]
    assert set(page("").ids) == {word.name for word in words}
    codes = {word.name for word in of_type(known, SKOS.Concept)}
    assert codes < set(page("codes").ids)


@pytest.mark.spec("Self Data CAP-24")
def test_a_class_is_explained_in_both_languages_with_its_properties_and_an_example():
    text = document("", "text/html").decode()
    section = text.partition('id="MeterPoint"')[2].partition("</section>")[0]
    assert "Point de livraison" in section
    assert "A delivery point of electricity" in section
    assert "mode de vie" in section
    rows = re.findall(r"<tr><td>.*?</tr>", section)
    said = {
        re.search(r"<code>(.*?)</code>", row)[1]: re.findall(r"<td>([^<]*)</td>", row)[-2:]
        for row in rows
    }
    assert said["sd:recordId"] == ["1", "01324654321236"]
    assert said["sd:power"] == ["0..1", "6.0"]
    assert said["prov:wasGeneratedBy"][0] == "1..*"
    assert said["schema:name"][0] == "0..1"
    assert "Énergies et fluides : sdc:electricity, sdc:gas" in section
    assert "a sd:MeterPoint, sd:Account ;" in section
    assert re.search(r"Given by</span></dt><dd>[^<]*Enedis", section)
    assert "Comparing prices on one&#x27;s consumption" in section
    assert "observed by the holder" in section


def fact(section, title):
    """What is said under an English title in the section of a class; "" where it is not there."""
    found = re.search(rf">{title}</span></dt><dd>(.*?)</dd>", section)
    return unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


@pytest.mark.spec("Self Data CON-05")
@pytest.mark.parametrize("word", of_type(glossary(), RDFS.Class), ids=lambda word: word.name)
def test_a_class_says_who_gives_it_what_imports_it_and_what_it_is_for(word):
    text = document("", "text/html").decode()
    section = text.partition(f'id="{word.name}"')[2].partition("</section>")[0]
    listed = catalogue()
    offers = [offer for offer in listed.offers if word.iri in offer.classes]
    for offer in offers:
        if offer.publisher:
            assert listed.holders[offer.publisher].name in fact(section, "Given by")
        else:
            assert glossary()[offer.sector].label["en"] in fact(section, "Expected of any holder")
    if not offers:
        assert fact(section, "Written by") == "le pod lui-même · the pod itself"
    made_by = [one.name for one in importable().values() if word.iri in one.classes]
    assert fact(section, "Imported from") == ", ".join(made_by)
    services = [one for one in listed.services if word.iri in one.classes]
    assert services
    assert all(one.title["fr"] in fact(section, "Used for") for one in services)
    assert all(one.title["en"] in fact(section, "Used for") for one in services)


@pytest.mark.spec("Self Data CON-05")
@pytest.mark.parametrize("word", of_type(glossary(), RDFS.Class), ids=lambda word: word.name)
def test_each_property_of_a_class_has_an_example(word):
    text = document("", "text/html").decode()
    section = text.partition(f'id="{word.name}"')[2].partition("</section>")[0]
    rows = re.findall(r"<tr><td>.*?</tr>", section)
    assert all(re.findall(r"<td>([^<]*)</td>", row)[-1] for row in rows)
    assert f"a sd:{word.name}" in section
