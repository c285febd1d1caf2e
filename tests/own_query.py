"""What a person's own app is told by the public query endpoint of her pod."""

import json
import urllib.parse

from vocab.names import SD


def asked(lived, query: str) -> list[dict[str, str]]:
    """What the public query endpoint answers to the owner's app."""
    sent = urllib.parse.urlencode({"query": f"PREFIX sd: <{SD.NS}> {query}"})
    url = f"{lived.owner.storage}.well-known/sparql?{sent}"
    answer = lived.owner.get(url, {"Accept": "application/sparql-results+json"})
    assert answer.status == 200, answer.text
    found = json.loads(answer.body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]
