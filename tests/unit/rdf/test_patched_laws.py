"""Laws of documents after a patch, whatever is in them and whatever is asked."""

from hypothesis import given, settings
from hypothesis import strategies as st
from patching import after

from pod.problems import Unprocessable

EX = "PREFIX ex: <http://v.example/>"
PREFIXES = "@prefix ex: <http://v.example/> .\n"
STATEMENTS = st.lists(
    st.sampled_from(
        [
            "<#a> ex:p 1, 2 ; ex:q <#b> .",
            "<#b> ex:p [ ex:q 1 ; ex:p [] ] .",
            "_:x ex:p _:y .",
            "_:y ex:q ( 1 <#a> _:x ) .",
            "[] ex:p ( [ ex:q _:x ] ) .",
            "# a comment. \n",
            "<#a> ex:p 1 .",
            'ex:a.b ex:p """x. \n""" .',
            "@base <sub/> .",
            EX,
            "( 1 ) ex:p ( ) .",
        ]
    ),
    max_size=8,
    unique=True,  # to compare many nodes that are alike takes very long
)
NODES = ("<#a>", "<#b>", "ex:a.b", "?x", "?y", "?z")
PATTERNS = st.lists(
    st.tuples(
        st.sampled_from(NODES), st.sampled_from(["ex:p", "ex:q", "?p"]), st.sampled_from(NODES)
    ),
    max_size=2,
).map(lambda found: " . ".join(" ".join(one) for one in found))


@settings(max_examples=100, deadline=None)
@given(STATEMENTS, PATTERNS, PATTERNS, PATTERNS)
def test_a_document_says_what_another_store_makes_of_it(statements, deletes, inserts, where):
    text = PREFIXES + " ".join(statements) + "\n"
    insert = f"{inserts} . ?x ex:p _:new" if inserts else ""
    update = f"{EX} DELETE {{ {deletes} }} INSERT {{ {insert} }} WHERE {{ {where} }}"
    try:
        assert after(update, text).startswith(PREFIXES)
    except Unprocessable:
        assert where.count("?") > 3


@settings(deadline=None)
@given(STATEMENTS)
def test_what_is_inserted_and_deleted_again_leaves_the_text_as_it_was(statements):
    text = PREFIXES + " ".join(statements) + "\n"
    once = after("INSERT DATA { <#new> <#p> 1, 2 . <#newer> <#q> <#new> }", text)
    assert once.startswith(text)
    assert after("DELETE DATA { <#new> <#p> 1, 2 . <#newer> <#q> <#new> }", once) == text
