"""What is signed of a request, and how the one signature that counts is found in it."""

import pytest

from pod.intake.holder import keygen
from pod.intake.holder_key import private_key
from pod.intake.signature import Message, read_signature, sign, signature_base
from pod.intake.structured import InnerList, Item

KEY = private_key(keygen(bytes(32)))


def _message(url="https://pod.example/ana/?a=1", **headers):
    return Message(method="POST", url=url, headers=headers)


def _value(name, message):
    base = signature_base(message, InnerList((Item(name),))).decode()
    line, _, _ = base.partition("\n")
    return line.removeprefix(f'"{name}": ')


@pytest.mark.spec("RFC9421 §2.2")
@pytest.mark.parametrize(
    ("name", "url", "value"),
    [
        ("@method", "https://pod.example/", "POST"),
        ("@target-uri", "https://pod.example/a?b=c", "https://pod.example/a?b=c"),
        ("@authority", "https://POD.example/", "pod.example"),
        ("@authority", "https://pod.example:443/", "pod.example"),
        ("@authority", "http://pod.example:80/", "pod.example"),
        ("@authority", "https://pod.example:80/", "pod.example:80"),
        ("@authority", "http://[::1]:3000/", "[::1]:3000"),
        ("@scheme", "HTTPS://pod.example/", "https"),
        ("@path", "https://pod.example", "/"),
        ("@path", "https://pod.example/a%20b/?c", "/a%20b/"),
        ("@query", "https://pod.example/a?b=c&d", "?b=c&d"),
        ("@query", "https://pod.example/a", "?"),
    ],
)
def test_the_parts_of_a_request_that_are_no_header(name, url, value):
    assert _value(name, _message(url)) == value


@pytest.mark.spec("RFC9421 §2.1")
@pytest.mark.parametrize(
    ("sent", "value"), [("a, b", "a, b"), ("  a\t", "a"), ("", ""), ("a\tb", "a\tb")]
)
def test_a_header_is_signed_without_the_space_around_it(sent, value):
    assert _value("digest", _message(digest=sent)) == value


@pytest.mark.spec("RFC9421 §2.5")
@pytest.mark.parametrize(
    ("items", "says"),
    [
        pytest.param((Item("x"), Item("x")), "twice", id="twice"),
        pytest.param((Item("X"),), "lower case", id="upper case"),
        pytest.param((Item("x", (("sf", True),)),), "plain names", id="with a parameter"),
        pytest.param((Item(1),), "plain names", id="a number"),
        pytest.param((Item("y"),), "not in the request", id="absent"),
        pytest.param((Item("@status"),), "not in the request", id="of a response"),
        pytest.param((Item("@signature-params"),), "not in the request", id="of itself"),
        pytest.param((Item("@odd"),), "not in the request", id="a header called @odd"),
        pytest.param((Item("lines"),), "one line", id="two lines"),
        pytest.param((Item("return"),), "one line", id="a carriage return"),
        pytest.param((Item("accent"),), "ASCII", id="not ascii"),
    ],
)
def test_what_cannot_be_covered_is_refused(items, says):
    headers = {"x": "1", "@odd": "1", "lines": "a\nb", "return": "a\rb", "accent": "é"}
    message = Message(method="POST", url="https://pod.example/", headers=headers)
    with pytest.raises(ValueError, match=says):
        signature_base(message, InnerList(items))


def _signed(tag="t", **headers):
    made = sign(_message(**headers), ("@method",), (("created", 1), ("tag", tag)), KEY)
    return {name.lower(): value for name, value in made.items()}


def test_a_signature_is_found_by_its_tag_among_others():
    ours, other = _signed("ours"), _signed("other")
    headers = {
        name: f"{value}, {other[name].replace('deposit=', 'proxy=')}"
        for name, value in ours.items()
    }
    signature = read_signature(_message(**headers), "ours")
    assert (signature.label, signature.covered) == ("deposit", ("@method",))
    assert signature.parameters == {"created": 1, "tag": "ours"}
    assert signature.base.endswith(b'"@signature-params": ("@method");created=1;tag="ours"')


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        pytest.param({}, 'tag="t"', id="unsigned"),
        pytest.param(_signed("other"), 'tag="t"', id="another tag"),
        pytest.param({"signature-input": "deposit=1;tag=t"}, 'tag="t"', id="no list"),
        pytest.param(
            {
                "signature-input": 'a=("@method");tag="t", b=("@method");tag="t"',
                "signature": "a=::, b=::",
            },
            'tag="t"',
            id="two of them",
        ),
        pytest.param(
            {"signature-input": _signed()["signature-input"]}, "labelled", id="no signature"
        ),
        pytest.param(
            {**_signed(), "signature": _signed()["signature"].replace("deposit", "other")},
            "labelled",
            id="another label",
        ),
        pytest.param({**_signed(), "signature": 'deposit="AAAA"'}, "labelled", id="a string"),
        pytest.param({**_signed(), "signature": "deposit=(:AAAA:)"}, "labelled", id="a list"),
        pytest.param({**_signed(), "signature": "deposit"}, "labelled", id="a key alone"),
        pytest.param({**_signed(), "signature": "="}, "cannot be read", id="broken signature"),
        pytest.param({**_signed(), "signature-input": "("}, "cannot be read", id="broken input"),
    ],
)
def test_a_request_without_its_one_signature_is_refused(headers, says):
    with pytest.raises(ValueError, match=says):
        read_signature(_message(**headers), "t")
