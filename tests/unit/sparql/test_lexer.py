"""The tokens of SPARQL 1.1."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pod.problems import Malformed
from pod.sparql.lexer import Kind, tokenize

S, C, I, N, W, O = (  # noqa: E741 - columns of tables
    Kind.SPACE,
    Kind.COMMENT,
    Kind.IRI,
    Kind.PREFIXED_NAME,
    Kind.WORD,
    Kind.OTHER,
)


def tokens(text):
    return [(token.kind, token.text) for token in tokenize(text) if token.kind is not Kind.SPACE]


@pytest.mark.spec("SPARQL 1.1 Query §19.8 #sparqlGrammar")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("SELECT*{", [(W, "SELECT"), (O, "*"), (O, "{")], id="no-spaces"),
        pytest.param("<http://x/é?a=b#c>", [(I, "<http://x/é?a=b#c>")], id="iri"),
        pytest.param("<>", [(I, "<>")], id="empty-iri"),
        pytest.param("?a<?b", [(O, "?a"), (O, "<"), (O, "?b")], id="less-than"),
        pytest.param("?a<=?b", [(O, "?a"), (O, "<="), (O, "?b")], id="at-most"),
        pytest.param("?a<?b&&?c>?d", [(O, "?a"), (I, "<?b&&?c>"), (O, "?d")], id="longest-iri"),
        pytest.param("ex:", [(N, "ex:")], id="namespace"),
        pytest.param(":", [(N, ":")], id="empty-prefix"),
        pytest.param(":a.b:c..", [(N, ":a.b:c"), (O, "."), (O, ".")], id="dots-in-a-name"),
        pytest.param("a.b:c", [(N, "a.b:c")], id="dots-in-a-prefix"),
        pytest.param("é-1:0", [(N, "é-1:0")], id="letters-of-all-scripts"),
        pytest.param("ex:%41\\#\\-x", [(N, "ex:%41\\#\\-x")], id="escapes-in-a-name"),
        pytest.param("ex:a# b", [(N, "ex:a"), (C, "# b")], id="comment-behind-a-name"),
        pytest.param("#c\rd", [(C, "#c"), (W, "d")], id="comment-ends-at-CR"),
        pytest.param("<a#b> #c\nd", [(I, "<a#b>"), (C, "#c"), (W, "d")], id="no-comment-in-iri"),
        pytest.param("true.OPTIONAL", [(W, "true"), (O, "."), (W, "OPTIONAL")], id="word-dot"),
        pytest.param("GROUP_CONCAT", [(W, "GROUP_CONCAT")], id="word-with-underscore"),
        pytest.param("_:a.b.", [(O, "_:a.b"), (O, ".")], id="blank-node"),
        pytest.param("?x1$été", [(O, "?x1"), (O, "$été")], id="variables"),
        pytest.param("ex:p?/^a", [(N, "ex:p"), (O, "?"), (O, "/"), (O, "^"), (W, "a")], id="path"),
        pytest.param("''@en-GB", [(O, "''"), (O, "@en-GB")], id="language"),
        pytest.param("'a'^^<b>", [(O, "'a'"), (O, "^^"), (I, "<b>")], id="datatype"),
        pytest.param("1 1.5 .5", [(O, "1"), (O, "1.5"), (O, ".5")], id="numbers"),
        pytest.param("1.e5 -.5e-3 +1E1", [(O, "1.e5"), (O, "-.5e-3"), (O, "+1E1")], id="doubles"),
        pytest.param("1.", [(O, "1"), (O, ".")], id="number-dot"),
        pytest.param("?a-1", [(O, "?a"), (O, "-1")], id="signed"),
        pytest.param(
            "!?a||?b&&?c!=1",
            [(O, x) for x in ("!", "?a", "||", "?b", "&&", "?c", "!=", "1")],
            id="operators",
        ),
        pytest.param("'\"' \"'\"", [(O, "'\"'"), (O, '"\'"')], id="the-other-quote"),
        pytest.param(r"'\'#\\' #", [(O, r"'\'#\\'"), (C, "#")], id="escaped-quote"),
        pytest.param("'''a'b''c\n\\''''", [(O, "'''a'b''c\n\\''''")], id="long-string"),
        pytest.param('"""a"b""c"""d', [(O, '"""a"b""c"""'), (W, "d")], id="long-string-ends"),
        pytest.param("''''a'''", [(O, "''''a'''")], id="long-string-begins-with-a-quote"),
        pytest.param("()[ ]", [(O, x) for x in "()[]"], id="NIL-and-ANON-as-brackets"),
    ],
)
def test_the_terminals(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("'a", id="string-without-end"),
        pytest.param("'a\nb'", id="newline-in-a-short-string"),
        pytest.param(r"'\x'", id="unknown-escape"),
        pytest.param("é", id="letter-that-is-no-name"),
        pytest.param("$ ", id="dollar-alone"),
        pytest.param("@1", id="at-alone"),
        pytest.param("?a & ?b", id="single-ampersand"),
        pytest.param("\\", id="backslash"),
        pytest.param("a~b", id="tilde"),
        pytest.param("\ufeffASK {}", id="byte-order-mark"),
        pytest.param("ASK\u00a0{}", id="space-that-is-none"),
        pytest.param("\x00", id="NUL"),
        pytest.param("é" * 300 + ":x", id="prefix-of-absurd-length"),
    ],
)
def test_a_text_that_is_not_made_of_terminals_is_refused(text):
    with pytest.raises(Malformed):
        tokens(text)


def test_the_refusal_says_where():
    with pytest.raises(Malformed, match="line 3"):
        tokens("ASK {\n}\n~")


@pytest.mark.spec("SPARQL 1.1 Query §19.2 #codepointEscape")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(r"\u0053ERVICE", [(W, "SERVICE")], id="in-a-word"),
        pytest.param(r"<ab\u00E9xy>", [(I, "<abéxy>")], id="in-an-iri"),
        pytest.param(r"'\U0001F600'", [(O, "'😀'")], id="eight-digits"),
        pytest.param(r"'\\u0041'", [(O, r"'\\u0041'")], id="behind-a-backslash-it-is-none"),
    ],
)
def test_codepoint_escapes_are_replaced_before_anything_else(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"'\u0027'", id="a-quote-that-ends-the-string"),
        pytest.param(r"'\uD800'", id="surrogate"),
        pytest.param(r"'\U00110000'", id="beyond-Unicode"),
        pytest.param(r"\u005Cu0053ERVICE", id="escape-made-by-an-escape"),
        pytest.param(r"'\u005C\U00000041'", id="escape-made-by-half"),
    ],
)
def test_codepoint_escapes_that_make_no_text_are_refused(text):
    with pytest.raises(Malformed):
        tokens(text)


# The terminals once more, one by one, and the longest of all that match: the slow and plain way.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_U = f"{_BASE}_"
_CHAR = rf"{_U}\-0-9\u00b7\u0300-\u036f\u203f-\u2040"
_ECHAR = r"""\\[tbnrf\\"']"""
_PLX = r"(?:%[0-9A-Fa-f][0-9A-Fa-f]|\\[_~.\-!$&'()*+,;=/?#@%])"
_PREFIX = rf"(?:[{_BASE}](?:[{_CHAR}.]*[{_CHAR}])?)?"
_EXP = "[eE][+-]?[0-9]+"
PLAIN = {
    S: ["[ \t\r\n]+"],
    C: ["#[^\r\n]*"],
    I: [r"<[^<>\"{}|^`\\\x00-\x20]*>"],
    N: [
        rf"{_PREFIX}:",
        rf"{_PREFIX}:(?:[{_U}:0-9]|{_PLX})(?:(?:[{_CHAR}.:]|{_PLX})*(?:[{_CHAR}:]|{_PLX}))?",
    ],
    W: ["[A-Za-z][A-Za-z0-9_]*"],
    O: [
        rf"'(?:[^'\\\n\r]|{_ECHAR})*'",
        rf'"(?:[^"\\\n\r]|{_ECHAR})*"',
        rf"'''(?:(?:'|'')?(?:[^'\\]|{_ECHAR}))*'''",
        rf'"""(?:(?:"|"")?(?:[^"\\]|{_ECHAR}))*"""',
        rf"_:[{_U}0-9](?:[{_CHAR}.]*[{_CHAR}])?",
        rf"[?$][{_U}0-9][{_U}0-9\u00b7\u0300-\u036f\u203f-\u2040]*",
        "@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*",
        "[+-]?[0-9]+",
        r"[+-]?[0-9]*\.[0-9]+",
        rf"[+-]?(?:[0-9]+\.[0-9]*{_EXP}|\.[0-9]+{_EXP}|[0-9]+{_EXP})",
        *map(re.escape, (*"{}()[].;,*/+-!=<>^|?", "&&", "||", "^^", "!=", "<=", ">=")),
    ],
}


def plainly(text):
    found = []
    while text:
        matches = [
            (len(match[0]), kind, match[0])
            for kind, patterns in PLAIN.items()
            for pattern in patterns
            if (match := re.match(pattern, text))
        ]
        if not matches:
            return None
        longest = max(matches, key=lambda match: match[0])
        found.append((longest[1], longest[2]))
        text = text[longest[0] :]
    return found


PIECES = st.sampled_from(
    [
        *"{}()[].;,*/+-!=<>^|?&:_#@\\'\" \n\r~aé1e%",
        "'''",
        '"""',
        "\\'",
        "ex:",
        "_:",
        "SERVICE",
        "<a>",
        "?x",
        "1.5",
        "@en",
        "\\#",
        "%41",
        "''",
        "true",
        "a.b",
        "e5",
        "..",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_longest_terminal_is_taken(text):
    try:
        found = [(token.kind, token.text) for token in tokenize(text)]
    except Malformed:
        found = None
    assert found == plainly(text)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_tokens_are_the_text(text):
    try:
        found = "".join(token.text for token in tokenize(text))
    except Malformed:
        return
    assert found == text
