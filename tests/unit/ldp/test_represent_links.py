"""What the links of a document say that its content says too."""

from dataclasses import replace

import pytest

from pod.ldp.represent import options
from pod.rdf.formats import RdfFormat
from vocab.iri import ResourceIri
from vocab.names import SOLID

STORAGE = "https://pod.example/ana/"
CARD = f"""@prefix ldp: <http://www.w3.org/ns/ldp#>. @prefix solid: <{SOLID.NS}>.
<#me> solid:oidcIssuer <https://pod.example/>, <https://b\u00fccher.example/>;
    ldp:inbox <{STORAGE}letters/>.
"""
ISSUER = f'rel="{SOLID.oidcIssuer}"; anchor="#me"'
INBOX = 'rel="http://www.w3.org/ns/ldp#inbox"'


def links(reply, relation):
    return [v for name, v in reply.headers if name == "Link" and relation in v]


@pytest.mark.spec("Solid-OIDC §4.1 #oidc-issuer-discovery-link-headers")
@pytest.mark.spec("LDN §3.1 #discovery")
@pytest.mark.parametrize("form", RdfFormat)
def test_a_webid_document_says_in_its_headers_what_it_says(get, pod, form):
    pod.put("profile/card", CARD.encode())
    reply = get("profile/card", Accept=form.media_type)
    assert links(reply, "oidcIssuer") == [
        f"<https://b%C3%BCcher.example/>; {ISSUER}",
        f"<https://pod.example/>; {ISSUER}",
    ]
    assert links(reply, "inbox") == [f"<{STORAGE}letters/>; {INBOX}"]


def test_an_inbox_of_its_description_goes_before_that_of_its_webid(get, pod):
    found = pod.put("profile/card", CARD.encode())
    pod.resources[found.iri] = replace(found, inbox="https://in.example/")
    assert links(get("profile/card"), "inbox") == [f"<https://in.example/>; {INBOX}"]


@pytest.mark.parametrize(("path", "kind"), [("card", "text/turtle"), ("profile/card", "a/b")])
def test_no_other_document_does(get, pod, path, kind):
    pod.put(path, CARD.encode(), kind)
    assert links(get(path), "oidcIssuer") + links(get(path), "ldp#inbox") == []


@pytest.mark.spec("LDN §3.3.1 #receiving-notifications")
@pytest.mark.parametrize(("path", "is_one"), [("inbox/", 1), ("letters/", 1), ("notes/", 0)])
def test_an_inbox_says_that_it_takes_rdf(get, pod, path, is_one):
    pod.put("profile/card", CARD.encode())
    pod.put(path)
    others = ", ".join(each.media_type for each in RdfFormat if each is not RdfFormat.JSON_LD)
    taken = f"application/ld+json, {others}" if is_one else "*/*"
    assert dict(get(path).headers)["Accept-Post"] == taken
    assert dict(options(ResourceIri(STORAGE, path), pod).headers)["Accept-Post"] == taken
