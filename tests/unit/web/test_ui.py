"""The pages: the same words in both languages, nothing unescaped, nothing from elsewhere."""

import re
from importlib.resources import files
from string import Formatter

import pytest

from pod.http.language import LANGUAGES, language_of
from pod.web.ui.page import Look, page
from pod.web.ui.words import words

TEMPLATES = sorted(
    file.name.removesuffix(".html")
    for file in files("pod.web.ui").joinpath("templates").iterdir()
    if file.name.endswith(".html")
)
ENGLISH = Look(base="https://pod.example/", language="en")


def blanks(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_each_sentence_is_there_in_each_language():
    first, *others = (words(language) for language in LANGUAGES)
    for other in others:
        assert list(first) == list(other)
        assert {key: blanks(text) for key, text in first.items()} == {
            key: blanks(text) for key, text in other.items()
        }


def test_each_sentence_is_said_somewhere():
    said = " ".join(
        files("pod.web.ui").joinpath("templates", f"{name}.html").read_text("utf-8")
        for name in TEMPLATES
    )
    quoted = set(re.findall(r'say\("([a-z_.]+)"', said))
    assert quoted - set(words("en")) <= {key for key in quoted if key.endswith((".", "_"))}


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,en;q=0.8", "fr"),
        ("en;q=0.5, fr;q=0.9", "fr"),
        ("de, fr;q=0.3", "fr"),
        ("fr;q=0, en", "en"),
        ("fr;q=0", "en"),
        ("FR", "fr"),
        ("fr;q=high", "en"),
        (";,;", "en"),
    ],
)
def test_the_language_is_the_one_that_is_preferred(preferred, language):
    assert language_of(preferred) == language


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_holds_a_script_or_a_word_of_its_own(name):
    text = files("pod.web.ui").joinpath("templates", f"{name}.html").read_text("utf-8")
    assert "style=" not in text
    assert not re.search(r"\son[a-z]+=", text)
    assert "|safe" not in text.replace(" ", "")
    assert re.findall(r"<script(?![^>]* src=)", text) == []
    # Every word that people read is in the files of words.
    bare = re.sub(r"{#.*?#}|{[{%].*?[%}]}|<[^>]*>", " ", text, flags=re.DOTALL)
    known = ("Self Data", "doctype", "UTC")
    assert re.findall(r"\w{3,}", re.sub("|".join(known), "", bare)) == []


def test_what_an_app_says_is_only_text():
    evil = "<script>alert(1)</script>{app}"
    values = dict.fromkeys(("wrong", "next", "passkey", "sign_up", "recover", "again"), "")
    values |= {"app": evil, "action": "/x", "email": '"><b>'}
    reply = page("sign_in", ENGLISH, values)
    text = reply.body.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{app} asks who you are." in text
    assert "<script>" not in text
    assert "<b>" not in text


@pytest.mark.spec("Practice OP-25")
def test_a_page_keeps_to_itself():
    reply = page("message", ENGLISH, {"message": "signed_out", "detail": ""})
    fields = dict(reply.headers)
    policy = fields["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    # A pod by path has the origin of the pages: what lies in it must not run in them.
    assert "script-src https://pod.example/.pages/;" in policy
    assert "style-src https://pod.example/.pages/;" in policy
    assert "frame-ancestors 'none'" in policy
    own = "https://pod.example/.account/ https://pod.example/.oidc/"
    assert f"form-action {own};" in policy
    assert fields["Cache-Control"] == "no-store"
    assert fields["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://app.example/back?x=1", "https://app.example"),
        ("com.example.app:/back", "com.example.app:"),
    ],
)
def test_a_form_may_end_at_the_app_it_is_about(address, source):
    reply = page("message", ENGLISH, {"message": "too_late", "detail": "x"}, leads_to=address)
    policy = dict(reply.headers)["Content-Security-Policy"]
    own = "https://pod.example/.account/ https://pod.example/.oidc/"
    assert f"form-action {own} {source};" in policy


def test_a_notice_stands_on_each_page():
    look = Look(base="https://pod.example/", language="fr", notice="Données fictives")
    reply = page("message", look, {"message": "too_late", "detail": ""}, status=400)
    assert (reply.status, "Données fictives" in reply.body.decode()) == (400, True)
    assert 'lang="fr"' in reply.body.decode()
