"""Nothing on the pages of her data is a code of the vocabulary, or of a format, bare (CON-36)."""

import html
import re

import pytest

from vocab.glossary import glossary

DATA = "/.account/data/"
CODES = {word.name for word in glossary().values() if re.search("[a-z][A-Z]", word.name)}
"""Names that are no words of any language: BankTransaction, energyBills."""
BARE = re.compile(r"\b(?:sdc?|schema|prov|xsd|urn):\w|\b(?:OP|CL|PR|IT)(?:BD|AV|CD)\b")


def said(page: str) -> set[str]:
    """What a page says, piece by piece, without the calls that are there for programs."""
    (main,) = re.findall("<main.*?</main>", page, re.DOTALL)
    shown = re.sub(r"<pre.*?</pre>", "", main, flags=re.DOTALL)
    return {html.unescape(piece).strip() for piece in re.split("<[^>]+>", shown)}


def leads(page: str, to: str) -> list[str]:
    found = (html.unescape(one) for one in re.findall(r'href="([^"]+)"', page))
    return [one for one in dict.fromkeys(found) if one.startswith(DATA) and to in one]


def bare(page: str) -> set[str]:
    return {
        piece
        for piece in said(page)
        if BARE.search(piece) or CODES & set(re.findall(r"\w+", piece))
    }


@pytest.mark.spec("Self Data CON-36")
def test_no_code_of_the_vocabulary_stands_on_a_page_of_her_data(lived, browse):
    browser = browse(lived.owner, "fr")
    found, seen = {}, 0
    for domain in leads(browser.open(DATA).text, "domain="):
        for category in leads(browser.open(domain).text, "class="):
            page = browser.open(category).text
            record = browser.open(next(iter(leads(page, "record=")), category)).text
            seen += 1
            if shown := bare(page) | bare(record):
                found[category] = shown
    for place in ("/.account/", "/.account/timeline/", "/.account/recipes/", DATA):
        if shown := bare(browser.open(place).text):
            found[place] = shown
    assert seen > 12
    assert found == {}
