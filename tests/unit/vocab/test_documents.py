import json
import re
from html.parser import HTMLParser

import pytest
from pyoxigraph import RdfFormat, parse

from vocab import turtle
from vocab.documents import document, media_types
from vocab.glossary import glossary, of_type
from vocab.names import RDF, RDFS, SKOS

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


def test_every_term_has_its_place_on_the_page():
    known = glossary()
    words = [word for kind in (RDFS.Class, RDF.Property) for word in of_type(known, kind)]
    assert set(page("").ids) == {word.name for word in words}
    codes = {word.name for word in of_type(known, SKOS.Concept)}
    assert codes < set(page("codes").ids)


def test_a_class_is_explained_in_both_languages_with_its_properties_and_an_example():
    text = document("", "text/html").decode()
    section = text.partition('id="MeterPoint"')[2].partition("</section>")[0]
    assert "Point de livraison" in section
    assert "A delivery point of electricity" in section
    assert "mode de vie" in section
    rows = re.findall(r"<tr><td>.*?</tr>", section)
    counts = {
        re.search(r"<code>(.*?)</code>", row)[1]: re.search(r"<td>([^<]*)</td></tr>", row)[1]
        for row in rows
    }
    assert counts["sd:recordId"] == "1"
    assert counts["sd:power"] == "0..1"
    assert counts["prov:wasGeneratedBy"] == "1..*"
    assert counts["schema:name"] == "0..1"
    assert "Énergies et fluides: sdc:electricity, sdc:gas" in section
    assert "a sd:MeterPoint, sd:Account ;" in section
    assert re.search(r"Given by</span>: [^<]*Enedis", section)
    assert "Comparing prices on one&#x27;s consumption" in section
    assert "observed by the holder" in section
