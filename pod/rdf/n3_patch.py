"""N3 Patch (Solid Protocol §5.3.1): its text to a patch.

The text is parsed as N3, where formulas become graphs. Raised is Malformed for what is no N3, and
Unprocessable for N3 that is against a constraint of the section: "Servers MUST respond with a 422
status code if a patch document does not satisfy all of the above constraints".
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from pod.problems import Unprocessable
from pod.rdf.match import Node, Pattern, Patterns, blank_nodes_of, variables_of
from pod.rdf.patch import NOTHING, Patch, Step
from pod.rdf.patterns import read_formulas
from vocab.graph import BlankNode, NamedNode
from vocab.names import RDF, SOLID

_TYPE = NamedNode(RDF.type)
_INSERT_DELETE = NamedNode(SOLID.InsertDeletePatch)
_PATCHES = (NamedNode(SOLID.Patch), _INSERT_DELETE)
_WHERE, _DELETES, _INSERTS = map(NamedNode, (SOLID.where, SOLID.deletes, SOLID.inserts))
_PARTS = (_WHERE, _DELETES, _INSERTS)

_Formulas = Mapping[Node, Patterns]


def read_n3_patch(text: str, base: str) -> Patch:
    """The patch of an N3 Patch document; relative IRIs are resolved against `base`."""
    statements, formulas = read_formulas(text, base)
    patch = _patch_resource(statements, formulas)
    where, deletes, inserts = (
        _formula(statements, formulas, patch, predicate) for predicate in _PARTS
    )
    other = (f for f in formulas.values() if f is not where and f is not inserts)
    _check_variables(where, deletes | inserts)
    _check_blank_nodes(where, deletes, inserts, [*statements, *chain(*other)])
    step = Step(where=where, deletes=deletes, inserts=inserts, once=True, strict=True)
    return Patch((step,))


def _patch_resource(statements: Patterns, formulas: _Formulas) -> Node:
    found = {s for s, p, o in statements if p in _PARTS or (p == _TYPE and o in _PATCHES)}
    # #server-patch-n3-single: "The patch document MUST contain exactly one patch resource,
    # identified by one or more of the triple patterns described above". Other statements are
    # not about the patch, and passed over.
    if len(found) != 1:
        raise Unprocessable("an N3 Patch holds exactly one patch, of type solid:InsertDeletePatch")
    (patch,) = found
    # #server-patch-n3-patch-identifier: "identified by a URI or blank node".
    if not isinstance(patch, NamedNode | BlankNode) or patch in formulas:
        raise Unprocessable("the patch is named by an IRI or a blank node")
    # #server-patch-n3-simple-type: "MUST contain a triple ?patch rdf:type
    # solid:InsertDeletePatch".
    if (patch, _TYPE, _INSERT_DELETE) not in statements:
        raise Unprocessable("give the patch the type solid:InsertDeletePatch")
    return patch


def _formula(
    statements: Patterns, formulas: _Formulas, patch: Node, predicate: NamedNode
) -> Patterns:
    values = [o for s, p, o in statements if (s, p) == (patch, predicate)]
    name = "solid:" + predicate.value.removeprefix(SOLID.NS)
    # #server-patch-n3-deletes, -inserts, -where: "MUST contain at most one triple of the form".
    if len(values) > 1:
        raise Unprocessable(f"a patch has at most one {name}")
    if not values:
        return NOTHING
    # #server-patch-n3-formulae: "MUST be non-nested cited formulae consisting only of triples
    # and/or triple patterns".
    formula = formulas.get(values[0])
    if formula is None:
        raise Unprocessable(f"write the triples of {name} between braces")
    if any(node in formulas for pattern in formula for node in pattern):
        raise Unprocessable(f"no braces stand within those of {name}")
    return formula


def _check_variables(where: Patterns, others: Patterns) -> None:
    # #server-patch-n3-variables: "MUST NOT contain variables that do not occur in the ?conditions
    # formula".
    if not variables_of(others) <= variables_of(where):
        raise Unprocessable(
            "each variable of solid:deletes and solid:inserts is one of solid:where"
        )


def _check_blank_nodes(
    where: Patterns, deletes: Patterns, inserts: Patterns, elsewhere: Iterable[Pattern]
) -> None:
    """Raises Unprocessable; `elsewhere` is all but the conditions and the insertions."""
    # #server-patch-n3-blank-nodes: "The ?deletions formula MUST NOT contain blank nodes". It does
    # not say so of the insertions.
    if blank_nodes_of(deletes):
        raise Unprocessable(
            "solid:deletes has no blank nodes; name each by a variable that solid:where finds"
        )
    # #server-patch-n3-blank-nodes-syntax: the same identifier is not used "in both the
    # ?insertions and the ?conditions formulae [...], nor in either of these formulae and
    # elsewhere in the patch document".
    wanted, new = blank_nodes_of(where), blank_nodes_of(inserts)
    if wanted & new or (wanted | new) & blank_nodes_of(elsewhere):
        raise Unprocessable("a blank node of one part of the patch is used in another; rename it")
