"""What is tried with the document of an app: it changes, leads inwards, or speaks for another."""

import json
import uuid

import pytest
from tried import CONTEXT, code_of, rewritten, sign_in


class TestDocuments:
    def test_a_client_document_that_is_swapped_while_she_is_asked(
        self, browser, app, ana, elsewhere
    ):
        browser.open(app.request())
        sign_in(browser, ana)
        rewritten(app, elsewhere, redirect_uris=["https://evil.example/back"])
        page = browser.send({"decision": "allow", "access": "everything"})
        assert (page.status, browser.at.startswith(app.world.base)) == (400, True)

    @pytest.mark.parametrize(
        "changed",
        [
            {"client_name": "Bank of Ana"},
            {"redirect_uris": ["https://evil.example/back"]},
            {"redirect_uris": ["http://localhost:1/back"]},
            {"redirect_uris": ["com.example.app:/back"]},
        ],
        ids=str,
    )
    def test_a_client_document_that_was_swapped_after_she_had_allowed_it(
        self, browser, app, ana, elsewhere, changed
    ):
        code_of(browser, app, ana)
        rewritten(app, elsewhere, **changed)
        app.landing = changed.get("redirect_uris", [app.landing])[0]
        browser.open(app.request(prompt="none"))
        assert browser.answered["error"] == "consent_required"

    def test_another_place_at_the_same_origin_is_allowed_as_before(
        self, browser, app, ana, elsewhere
    ):
        code_of(browser, app, ana)
        rewritten(app, elsewhere, redirect_uris=["https://app.example/new"])
        app.landing = "https://app.example/new"
        browser.open(app.request(prompt="none"))
        assert "code" in browser.answered

    @pytest.mark.spec("Practice OP-08")
    @pytest.mark.parametrize(
        ("status", "kind", "body"),
        [
            (302, "http://169.254.169.254/latest/meta-data/", ""),
            (302, "http://10.0.0.1/", ""),
            (302, "http://[::ffff:10.0.0.1]/", ""),
            (302, "file:///etc/passwd", ""),
            (200, "application/ld+json", " " * 70_000),
            (200, "application/ld+json", "[" * 60_000),
            (200, "text/html", "<p>x"),
            (404, "application/ld+json", "{}"),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_a_client_document_that_leads_inwards_or_is_none(
        self, browser, app, elsewhere, status, kind, body
    ):
        path = f"{uuid.uuid4().hex}/id"
        elsewhere.serve(path, body, kind, status)
        page = browser.open(app.request(client_id=elsewhere.base + path))
        assert (page.status, browser.title) == (400, "This does not work")

    def test_a_client_document_that_lies_elsewhere_speaks_for_nobody(self, browser, app, elsewhere):
        """An open redirect on a good host would let anybody be shown by its name."""
        path, there = f"{uuid.uuid4().hex}/id", elsewhere.base.replace("localhost", "127.0.0.1")
        address = elsewhere.base + path
        document = {
            "@context": CONTEXT,
            "client_id": address,
            "redirect_uris": ["https://evil.example/"],
        }
        elsewhere.serve(path + "-there", json.dumps(document), "application/ld+json")
        elsewhere.serve(path, "", f"{there}{path}-there", 302)
        sent = {"client_id": address, "redirect_uri": "https://evil.example/"}
        assert browser.open(app.request(**sent)).status == 400
        elsewhere.serve(path + "2", "", f"{elsewhere.base}{path}-2", 302)
        document["client_id"] = address + "2"
        elsewhere.serve(path + "-2", json.dumps(document), "application/ld+json")
        browser.open(app.request(**{**sent, "client_id": address + "2"}))
        assert browser.title == "Sign in"
