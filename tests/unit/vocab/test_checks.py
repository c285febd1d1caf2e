import pytest

from vocab.checks import compile_check
from vocab.graph import BlankNode, Literal, NamedNode
from vocab.names import RDF, SD, SDC, XSD
from vocab.shacl import Property

IRI, BLANK, TEXT = NamedNode("https://a.example/x"), BlankNode("b"), Literal("x")


def literal(text, datatype):
    return Literal(text, datatype=NamedNode(datatype))


def messages(given, **rule):
    defaults = {
        "path": SD.date,
        "at_least": 0,
        "at_most": None,
        "datatypes": (),
        "iri": False,
        "pattern": None,
        "values": (),
        "minimum": None,
        "maximum": None,
    }
    return list(compile_check(Property(**(defaults | rule))).messages(given))


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ({"at_least": 1}, [TEXT]),
        ({"at_most": 1}, []),
        ({"iri": True}, [IRI]),
        ({"datatypes": (XSD.string,)}, [TEXT]),
        ({"datatypes": (XSD.string, RDF.langString)}, [Literal("x", language="fr")]),
        ({"datatypes": (XSD.decimal,)}, [literal("1.5", XSD.decimal)]),
        ({"pattern": "^https:"}, [IRI]),
        ({"pattern": "^x$"}, [TEXT]),
        ({"values": (SDC.in_, SDC.out)}, [NamedNode(SDC.out)]),
        ({"minimum": 0}, [literal("0", XSD.integer)]),
        ({"maximum": 1}, [literal("1.0", XSD.decimal)]),
    ],
)
def test_what_conforms(rule, values):
    assert messages(values, **rule) == []


@pytest.mark.parametrize(
    ("rule", "values", "message"),
    [
        ({"at_least": 1}, [], "give at least 1 of this property"),
        ({"at_most": 1}, [TEXT, IRI], "give at most 1 of this property"),
        ({"iri": True}, [TEXT], "give an IRI"),
        ({"iri": True}, [BLANK], "give an IRI"),
        ({"datatypes": (XSD.string,)}, [IRI], "give a well-formed string"),
        ({"datatypes": (XSD.string,)}, [Literal("x", language="fr")], "give a well-formed string"),
        ({"datatypes": (XSD.decimal,)}, [literal("1", XSD.double)], "give a well-formed decimal"),
        (
            {"datatypes": (XSD.decimal,)},
            [literal("1e3", XSD.decimal)],
            "give a well-formed decimal",
        ),
        (
            {"datatypes": (XSD.date, XSD.dateTime)},
            [TEXT],
            "give a well-formed date or dateTime",
        ),
        ({"pattern": "^y$"}, [TEXT], "give a text that matches ^y$"),
        ({"pattern": "b"}, [BLANK], "give a text that matches b"),
        ({"values": (SDC.in_, SDC.out)}, [NamedNode(SDC.card)], "give one of the codes in, out"),
        ({"values": (SDC.in_,)}, [Literal(SDC.in_)], "give one of the codes in"),
        ({"minimum": 0}, [literal("-1", XSD.integer)], "give a number of at least 0"),
        ({"minimum": 0}, [IRI], "give a number of at least 0"),
        ({"minimum": 0}, [literal("x", XSD.decimal)], "give a number of at least 0"),
        ({"maximum": 1}, [literal("1.1", XSD.decimal)], "give a number of at most 1"),
        ({"maximum": 1}, [literal("0", XSD.string)], "give a number of at most 1"),
    ],
)
def test_what_does_not_conform(rule, values, message):
    assert messages(values, **rule) == [message]


def test_each_wrong_value_is_told():
    assert messages([TEXT, IRI, TEXT], iri=True) == ["give an IRI", "give an IRI"]
