"""Profiles: what is held to in a WebID document and in the preferences, and nothing else."""

import pytest

from pod.ldp.facts import facts_about, profile_of
from pod.ldp.operation import Operation, read_operation
from pod.ldp.patch import patch
from pod.ldp.profile import Profile, check_context, described, profile_in
from pod.ldp.put import put
from pod.model import Blob
from pod.problems import Conflict, Malformed, UnknownContext, Unprocessable
from pod.rdf.formats import Form, RdfFormat
from pod.rdf.n3_patch import read_n3_patch
from pod.rdf.serialise import convert
from vocab.graph import Literal
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
CARD = "profile/card"
ANA = STORAGE + CARD + "#me"
ISSUER = "https://pod.example/"
PREFIXES = """@prefix foaf: <http://xmlns.com/foaf/0.1/>. @prefix ldp: <http://www.w3.org/ns/ldp#>.
@prefix pim: <http://www.w3.org/ns/pim/space#>. @prefix schema: <http://schema.org/>.
@prefix solid: <http://www.w3.org/ns/solid/terms#>. @prefix v: <http://v.example/>.
"""
SAID = f"<#me> a foaf:Person; solid:oidcIssuer <{ISSUER}>; pim:preferencesFile </ana/s>."


def turtle(said):
    return (PREFIXES + said).encode()


@pytest.fixture
def home(pod):
    """The pod with a WebID document and the preferences that it names."""
    for path in ("profile/", CARD, "s"):
        pod.put(path, turtle(SAID) if path == CARD else b"")
    return pod


@pytest.fixture
def replaced(home, request_on, now):
    """What a PUT comes to."""

    def make(path, body, kind="text/turtle"):
        operation = read_operation(request_on("PUT", path, body, Content_Type=kind))
        return put(operation, facts_about("PUT", operation.target, home), now)

    return make


@pytest.fixture
def patched(home, request_on, now):
    """What an N3 Patch comes to."""

    def make(path, **formulae):
        parts = "".join(f"; solid:{name} {{ {text} }}" for name, text in formulae.items())
        body = turtle(f"_:p a solid:InsertDeletePatch {parts} .")
        request = request_on("PATCH", path, body, Content_Type="text/n3")
        operation = read_operation(request, None, {"text/n3": read_n3_patch})
        return patch(operation, facts_about("PATCH", operation.target, home), now)

    return make


@pytest.mark.spec("WebID Profile §3.2 #server-update-protected-triples")
class TestProtected:
    """Who signs an owner in is not changed by a write to her WebID document."""

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param("<#me> a foaf:Person.", id="removed"),
            pytest.param(SAID + "<#me> solid:oidcIssuer <https://evil.example/>.", id="added"),
            pytest.param(SAID.replace(ISSUER, "https://evil.example/"), id="changed"),
            pytest.param(SAID.replace(ISSUER, ISSUER[:-1]), id="spelled-otherwise"),
            pytest.param(SAID + "<#me> solid:oidcIssuer 'x'.", id="added-text"),
            pytest.param(SAID.replace("<#me>", "<#you>"), id="of-somebody-else"),
            pytest.param("", id="emptied"),
        ],
    )
    def test_put_is_a_conflict(self, replaced, said):
        with pytest.raises(Conflict, match="oidcIssuer"):
            replaced(CARD, turtle(said))

    @pytest.mark.parametrize("kind", ["text/plain", "image/png"])
    def test_so_is_one_that_is_no_rdf(self, replaced, kind):
        with pytest.raises(Conflict, match="oidcIssuer"):
            replaced(CARD, b"hello", kind)

    def test_so_is_a_file(self, home, now, request_on):
        request = request_on("PUT", CARD, Blob("5e", 10**9), Content_Type="text/plain")
        operation = read_operation(request)
        with pytest.raises(Conflict, match="oidcIssuer"):
            put(operation, facts_about("PUT", operation.target, home), now)

    def test_so_is_what_comes_by_no_request(self, home, now):
        operation = Operation(
            method="PUT", target=home.iri(CARD), media_type="text/turtle", content=turtle(SAID)
        )
        with pytest.raises(Conflict, match="oidcIssuer"):
            put(operation, facts_about("PUT", operation.target, home), now)

    @pytest.mark.parametrize(
        "formulae",
        [
            {"inserts": "<#me> solid:oidcIssuer <https://evil.example/>."},
            {"deletes": f"<#me> solid:oidcIssuer <{ISSUER}>."},
            {
                "where": "?me solid:oidcIssuer ?who.",
                "deletes": "?me solid:oidcIssuer ?who.",
                "inserts": "?me solid:oidcIssuer <https://evil.example/>.",
            },
        ],
        ids=["insert", "delete", "change"],
    )
    def test_so_is_patch(self, patched, formulae):
        with pytest.raises(Conflict, match="oidcIssuer"):
            patched(CARD, **formulae)

    def test_so_is_writing_it_anew_once_it_is_gone(self, home, replaced):
        del home.resources[home.iri(CARD)]
        with pytest.raises(Conflict, match="oidcIssuer"):
            replaced(CARD, turtle(SAID))
        assert replaced(CARD, turtle("<#me> a foaf:Person."))

    def test_whatever_else_it_says_may_change(self, replaced, patched):
        more = SAID + "<#me> v:likes v:tea. <#bob> solid:oidcIssuer <https://b.example/>."
        (change,) = replaced(CARD, turtle(more))
        assert change.after.content == turtle(more)
        assert len(patched(CARD, inserts="<#me> foaf:name 'Ana'.")) == 1

    def test_another_format_may_say_the_same(self, replaced):
        body = (
            f'{{"@id": "{ANA}", "@type": "http://xmlns.com/foaf/0.1/Agent",'
            f' "http://www.w3.org/ns/solid/terms#oidcIssuer": {{"@id": "{ISSUER}"}}}}'
        )
        assert len(replaced(CARD, body.encode(), "application/ld+json")) == 1

    def test_nor_does_a_named_graph_say_otherwise(self, replaced):
        body = (
            f'[{{"@id": "{ANA}", "@type": "http://xmlns.com/foaf/0.1/Agent",'
            f' "http://www.w3.org/ns/solid/terms#oidcIssuer": {{"@id": "{ISSUER}"}}}},'
            f' {{"@id": "#g", "@graph": [{{"@id": "{ANA}",'
            ' "http://www.w3.org/ns/solid/terms#oidcIssuer": {"@id": "https://evil.example/"}}]}]'
        )
        with pytest.raises(Unprocessable, match="named graphs"):
            replaced(CARD, body.encode(), "application/ld+json")
        quads = convert(body.encode(), RdfFormat.JSON_LD, Form(RdfFormat.N_QUADS), ANA)
        with pytest.raises(Unprocessable, match="named graphs"):
            replaced(CARD, quads, "application/n-quads")

    def test_other_documents_say_of_issuers_what_they_like(self, replaced):
        said = f"<{ANA}> solid:oidcIssuer <https://evil.example/>."
        assert len(replaced("s2", turtle(said))) == 1


@pytest.mark.spec("WebID Profile §3.2 #server-unprocessable-content")
class TestDescribed:
    """A profile and its preferences keep saying what a program needs of them."""

    @pytest.mark.parametrize(
        "kind",
        ["foaf:Agent", "foaf:Person", "foaf:Organization", "schema:Person", "v:Cat, foaf:Group"],
    )
    def test_what_is_an_agent_will_do(self, replaced, kind):
        assert len(replaced(CARD, turtle(SAID.replace("foaf:Person", kind)))) == 1

    @pytest.mark.parametrize(
        ("said", "what"),
        [
            pytest.param(SAID.replace("a foaf:Person;", ""), "foaf:Agent", id="no-type"),
            pytest.param(SAID.replace("foaf:Person", "v:Cat"), "foaf:Agent", id="cat"),
            pytest.param(SAID.replace("foaf:Person", "'foaf:Person'"), "foaf:Agent", id="text"),
            pytest.param(SAID + "<#me> pim:preferencesFile <b>.", "preferencesFile", id="two"),
            pytest.param(SAID.replace("</ana/s>", "'s'"), "preferencesFile", id="text-file"),
            pytest.param(SAID + "<#me> ldp:inbox <a/>, <b/>.", "ldp:inbox", id="two-inboxes"),
            pytest.param(SAID + "<#me> ldp:inbox [].", "ldp:inbox", id="nameless-inbox"),
        ],
    )
    def test_what_the_specification_says_is_wrong_is_refused(self, replaced, said, what):
        with pytest.raises(Unprocessable, match=what):
            replaced(CARD, turtle(said))

    def test_by_patch_too(self, patched):
        with pytest.raises(Unprocessable, match="foaf:Agent"):
            patched(CARD, deletes="<#me> a foaf:Person.")

    def test_preferences_and_inbox_may_be_missing_or_elsewhere(self, replaced):
        without = f"<#me> a foaf:Agent; solid:oidcIssuer <{ISSUER}>."
        more = "<#me> ldp:inbox <https://a.example/in>; pim:storage <a>, <b>."
        assert len(replaced(CARD, turtle(without))) == 1
        assert len(replaced(CARD, turtle(without + more))) == 1

    @pytest.mark.spec("WebID Profile §3.1 #preferences-document")
    def test_the_preferences_are_a_configuration(self, replaced):
        assert len(replaced("s", turtle("<> a pim:ConfigurationFile; v:p 1."))) == 1
        for said in ("", "<> a v:File.", "<#x> a pim:ConfigurationFile."):
            with pytest.raises(Unprocessable, match="ConfigurationFile"):
                replaced("s", turtle(said))
        with pytest.raises(Unprocessable, match="ConfigurationFile"):
            replaced("s", b"hello", "text/plain")

    def test_what_the_profile_does_not_name_is_no_preferences(self, replaced):
        assert len(replaced("t", turtle("<> a v:File."))) == 1

    @pytest.mark.parametrize(
        ("path", "raised"), [(CARD, Unprocessable), ("s", Unprocessable), ("t", None)]
    )
    def test_an_unknown_context_is_told_as_such(self, home, path, raised):
        profile, problem = profile_of(STORAGE, home), UnknownContext("put it in")
        check_context(Malformed("broken"), home.iri(path), profile)
        if raised is None:
            check_context(problem, home.iri(path), profile)
            return
        with pytest.raises(raised, match="put it in"):
            check_context(problem, home.iri(path), profile)


def test_a_webid_belongs_to_its_document():
    owners = {ANA, "https://elsewhere.example/#me"}
    assert described(ResourceIri(STORAGE, CARD), owners) == (ANA,)
    assert described(ResourceIri(STORAGE, CARD + "/"), owners) == ()
    assert described(ResourceIri(STORAGE, "profile/"), owners) == ()


def test_where_the_owner_is_elsewhere_it_is_held_to_what_says_who_signs_it_in(home, replaced):
    home.owners = frozenset({"https://elsewhere.example/#me"})
    with pytest.raises(Conflict, match="oidcIssuer"):
        replaced(CARD, turtle("<#me> a foaf:Person."))
    home.put(CARD, turtle("<#me> v:p 1."))
    assert len(replaced(CARD, turtle(SAID))) == 1
    del home.resources[home.iri(CARD)]
    assert len(replaced(CARD, turtle(SAID))) == 1


def test_what_the_documents_in_the_storage_say_of_its_owners(home):
    home.owners = frozenset({ANA, STORAGE + "public/id#me", "https://elsewhere.example/#me"})
    home.put("public/id", turtle("<#me> ldp:inbox <in/>, [], 'x'. <#you> ldp:inbox <no/>."))
    found = profile_of(STORAGE, home)
    assert found.inboxes == {STORAGE + "public/in/"}
    assert found.preferences == {STORAGE + "s"}
    assert found.issuers == (ISSUER,)


@pytest.mark.parametrize(("content", "kind"), [(b"<", "text/turtle"), (b"<", "text/plain")])
def test_one_that_cannot_be_read_says_nothing(home, content, kind):
    home.put(CARD, content, kind)
    assert profile_of(STORAGE, home) == Profile(webids=frozenset({ANA}))


def test_a_long_one_says_the_same():
    text = turtle(SAID + "<#me> solid:oidcIssuer 'x'. #" + "x" * 20_000)
    found = profile_in(text, RdfFormat.TURTLE, ANA)
    assert (found.issuers, found.preferences) == ((ISSUER,), {STORAGE + "s"})
    assert Literal("x") in {triple.object for triple in found.protected}
