"""The server's own pages and documents, outside every pod."""

import re
from base64 import b64encode
from dataclasses import fields, replace
from hashlib import sha256
from importlib.resources import files

import pytest
from answers import listed, said

from pod.cli.demo_operator import operator_of
from pod.config import Config, Operator
from pod.consent.bilingual import Bilingual, same
from pod.web.ui.page import Look, page

OWN = (
    "",
    "about",
    "about/patterns",
    ".well-known/openid-configuration",
    ".oidc/jwks",
    ".well-known/solid",
    "ns/constraints",
    "ns/catalogue",
    "ns/catalogue.csv",
    "ns/selfdata",
    "ns/selfdata/codes",
    "ns/selfdata/shapes",
    "ns/selfdata/context.jsonld",
    "ns/selfdata/app.jsonld",
)


@pytest.mark.parametrize("path", OWN)
def test_each_is_there_for_anyone_and_says_what_it_allows(world, nobody, path):
    got, told = nobody.get(world.base + path), nobody.head(world.base + path)
    assert (got.status, told.status, told.body) == (200, 200, b"")
    assert got.headers["Content-Length"] == told.headers["Content-Length"] == str(len(got.body))
    options = nobody.options(world.base + path)
    assert (options.status, listed(options, "Allow")) == (204, {"GET", "HEAD", "OPTIONS"})


@pytest.mark.spec("RFC 9110 §15.5.6")
@pytest.mark.parametrize("path", OWN)
def test_none_can_be_written(world, ana, path):
    answer = ana.put(world.base + path)
    assert (answer.status, listed(answer, "Allow")) == (405, {"GET", "HEAD", "OPTIONS"})


@pytest.mark.parametrize(
    "path", ["none", "ana", ".well-known/none", "ns/", ".oidc/", "ns/selfdata/"]
)
def test_what_is_not_there_is_404_in_words(world, nobody, path):
    answer = nobody.get(world.base + path)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_the_vocabulary_is_data(world, nobody, accept):
    answer = nobody.get(world.base + "ns/selfdata", {"Accept": accept})
    assert answer.headers["Content-Type"] == accept
    assert len(said(answer, world.base)) > 100
    known = {"Accept": accept, "If-None-Match": answer.headers["ETag"]}
    assert nobody.get(world.base + "ns/selfdata", known).status == 304


def test_the_vocabulary_is_a_page_for_people(world, nobody):
    answer = nobody.get(world.base + "ns/selfdata", {"Accept": "text/html"})
    assert answer.headers["Content-Type"].startswith("text/html")


def test_the_vocabulary_is_nothing_else(world, nobody):
    assert nobody.get(world.base + "ns/selfdata", {"Accept": "image/png"}).status == 406


def test_the_configuration_says_where_everything_is(world, nobody):
    told = nobody.get(world.base + ".well-known/openid-configuration").json()
    assert told["issuer"] == world.base
    assert nobody.get(told["jwks_uri"]).status == 200
    assert told["jwks_uri"].startswith(world.base)
    assert told["token_endpoint"].startswith(world.base)


def test_no_private_key_is_published(world, nobody):
    keys = nobody.get(world.base + ".oidc/jwks").json()["keys"]
    assert keys
    assert all({"d", "p", "q", "dp", "dq", "qi", "k"}.isdisjoint(key) for key in keys)


PAGES = ("", "about", "about/patterns", "ns/selfdata", "ns/selfdata/codes", "ns/selfdata/shapes")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_to_itself(world, nobody, path):
    answer = nobody.get(world.base + path, {"Accept": "text/html"})
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    # By its path a pod shares the host of the server: 'self' would let in what lies in a pod.
    assert not {"'self'", "'unsafe-inline'"} & set(re.split("[ ;]", policy))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_the_styles_that_its_policy_allows_and_no_script(world, nobody, path):
    answer = nobody.get(world.base + path, {"Accept": "text/html"})
    allowed = set(re.findall(r"sha256-[^']+", answer.headers["Content-Security-Policy"]))
    styles = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert allowed == {f"sha256-{b64encode(sha256(s.encode()).digest()).decode()}" for s in styles}
    assert not re.search(r"<script|\son\w+=|\sstyle=|<iframe|<object|<base", answer.text)
    # What a form of these pages does is to choose a language, or to look around in a demonstration.
    actions = set(re.findall(r'<form[^>]* action="([^"]*)"', answer.text))
    assert actions <= {"/.account/look/", "/about/patterns"}


@pytest.mark.parametrize("path", ["ns/selfdata", ".well-known/openid-configuration"])
def test_what_is_no_page_is_taken_for_none(world, nobody, path):
    answer = nobody.get(world.base + path, {"Accept": "application/ld+json, application/json"})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_missing_address_says_where_pods_are(world, nobody):
    assert f"{world.base}NAME/" in nobody.get(world.base + "none").json()["detail"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Make your space"), ("fr", "Créer votre espace")]
)
def test_the_first_page_leads_to_a_space_and_to_ones_account(world, nobody, language, words):
    answer = nobody.get(world.base, {"Accept-Language": language})
    assert f'<a class="button main" href="/.account/sign-up/">{words}</a>' in answer.text
    for path in (".account/sign-up/", ".account/sign-in/"):
        assert nobody.get(world.base + path).status == 200


class TestAbout:
    @pytest.mark.spec("Self Data CON-33")
    def test_what_nobody_has_said_is_said_not_to_be_known(self, world, nobody):
        page = nobody.get(world.base + "about", {"Accept-Language": "en"}).text
        assert page.count("We do not know: it is not said.") == len(fields(Operator))

    @pytest.mark.spec("Self Data CON-33")
    def test_a_demonstration_says_that_nobody_runs_it(self):
        said = operator_of(Config())
        assert said.missing == ()
        assert said.name.within("en").startswith("Nobody")
        own = Operator(help=same("aide@pod.example"))
        assert operator_of(replace(Config(), operator=own)) == own

    @pytest.mark.spec("Self Data CON-33")
    def test_what_its_operator_says_is_said_in_the_language_of_the_page(self):
        operator = Operator(
            place=Bilingual(fr="Chez nous, à Lyon\nFrance", en="At ours, in <Lyon>"),
            help=same("aide@pod.example"),
        )
        said = {one.name: getattr(operator, one.name).within("en") for one in fields(operator)}
        values = {"said": [*said.items()], "base": "", "is_open": False, "sign_up": ""}
        text = page("about", Look(base="https://pod.example/", language="en"), values).body.decode()
        assert "At ours, in &lt;Lyon&gt;" in text
        assert "aide@pod.example" in text
        assert operator.missing == (
            "name",
            "contact",
            "quality",
            "security",
            "incidents",
            "processing",
        )


def test_each_part_of_the_pages_is_on_the_page_of_patterns(world, nobody):
    folder = files("pod.web.ui").joinpath("templates")
    parts = re.findall(r"macro (\w+)\(", folder.joinpath("components.html").read_text("utf-8"))
    shown = folder.joinpath("patterns.html").read_text("utf-8")
    for whole, part in (("figure", "table"), ("not_kept", "unfitting")):  # which it has in it
        shown = shown.replace(whole, f"{whole} {part}")
    named = {name for name in parts if re.search(rf"\b{name}\b", shown)}
    assert named == set(parts)
    page = nobody.get(world.base + "about/patterns", {"Accept-Language": "fr"})
    assert (page.status, "Les pièces des pages" in page.text) == (200, True)


def test_nobody_looks_around_where_there_is_no_demonstration(browser):
    browser.open("/")
    assert "visit" not in browser.page.text
    browser.open("/.account/sign-in/")
    forms = browser.page.text.replace(
        'action="/.account/sign-in/"', 'action="/.account/sign-in/visit"'
    )
    browser.page = replace(browser.page, body=forms.encode())
    assert browser.send(form=1).status == 404
    assert browser.cookies == {}
