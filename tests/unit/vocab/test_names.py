import pytest

from vocab import names
from vocab.glossary import glossary, of_type
from vocab.names import RDF, RDFS, SD, SDC, SKOS
from vocab.prefixes import PREFIXES, expand

NAMESPACES = [
    value for value in vars(names).values() if isinstance(value, type) and hasattr(value, "NS")
]


def constants(of):
    return {name: iri for name, iri in vars(of).items() if name[0] != "_" and name != "NS"}


def test_our_constants_are_exactly_the_terms():
    terms = {word.iri for kind in (RDFS.Class, RDF.Property) for word in of_type(glossary(), kind)}
    assert set(constants(SD).values()) == terms


def test_our_codes_are_exactly_the_concepts():
    assert set(constants(SDC).values()) == {w.iri for w in of_type(glossary(), SKOS.Concept)}


@pytest.mark.parametrize("of", NAMESPACES, ids=lambda of: of.__name__)
def test_a_constant_is_named_as_its_iri_ends(of):
    for name, iri in constants(of).items():
        assert iri.startswith(of.NS)
        assert name.removesuffix("_") == iri.removeprefix(of.NS).replace("-", "_")


def test_a_prefixed_name_becomes_an_iri():
    assert expand("sd:amount") == SD.amount
    assert expand("vcard:given-name") == "http://www.w3.org/2006/vcard/ns#given-name"


def test_an_unknown_prefix_is_an_error():
    with pytest.raises(KeyError):
        expand("nowhere:x")


def test_prefixes_that_have_constants_agree_with_them():
    for of in NAMESPACES:
        prefix = of.__name__.lower()
        assert PREFIXES.get(prefix, of.NS) == of.NS
