from vocab.graph import Literal, NamedNode, Triple, objects, subjects

A, B = NamedNode("https://a.example/a"), NamedNode("https://a.example/b")
SAYS, HEARS = NamedNode("https://a.example/says"), NamedNode("https://a.example/hears")
YES, NO = Literal("yes"), Literal("no")
GRAPH = frozenset({Triple(A, SAYS, YES), Triple(A, SAYS, NO), Triple(B, SAYS, YES)})


def test_the_values_of_a_property_are_found():
    assert set(objects(GRAPH, A, SAYS)) == {YES, NO}
    assert set(objects(GRAPH, A, HEARS)) == set()


def test_who_has_a_value_is_found():
    assert set(subjects(GRAPH, SAYS, YES)) == {A, B}
    assert set(subjects(GRAPH, HEARS, YES)) == set()
