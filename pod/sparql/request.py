"""A query as it arrives (SPARQL 1.1 Protocol §2.1): its text and the dataset it names."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from pod.http.fields import media_type
from pod.model import Blob, Request
from pod.problems import Malformed, MethodNotAllowed, TooLarge, UnsupportedMediaType

LONGEST = 64 * 1024
"""Characters of a query: many times the longest we know, and read in a tenth of a second."""

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_OF_A_QUERY = frozenset({"query", "default-graph-uri", "named-graph-uri"})

_Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked: the text, the IRI its relative IRIs are resolved against, and the dataset.

    Both sets empty: the request names no dataset, and the text decides.
    """

    text: str
    base: str
    default_graphs: frozenset[str] = frozenset()
    named_graphs: frozenset[str] = frozenset()


def read_query(request: Request) -> Query:
    """The query of a GET, of a posted form, or of a posted text.

    Raises Malformed, UnsupportedMediaType, MethodNotAllowed, or TooLarge.
    """
    in_url = _parameters(urlsplit(request.url).query)
    if request.method in {"GET", "HEAD"}:
        # SPARQL 1.1 Protocol §2.1.1 #query-via-get: "must include exactly one query parameter".
        return _query(request, in_url, _only(in_url))
    if request.method != "POST":
        allow = ("GET", "HEAD", "POST", "OPTIONS")
        raise MethodNotAllowed("send a query with GET or POST", allow=allow)
    sent_as, _ = media_type(request.headers.get("Content-Type", ""))
    if sent_as == _FORM:
        # SPARQL 1.1 Protocol §2.1.2 #query-via-post-urlencoded: all parameters are in the body.
        if in_url.keys() & _OF_A_QUERY:
            raise Malformed("a posted form holds all parameters of its query; leave the URL bare")
        form = _parameters(_body(request))
        return _query(request, form, _only(form))
    if sent_as == _DIRECT:
        # SPARQL 1.1 Protocol §2.1.3 #query-via-post-direct: the dataset is named in the URL.
        if "query" in in_url:
            raise Malformed("the query stands in the body; leave it out of the URL")
        return _query(request, in_url, _body(request))
    if sent_as == _UPDATE:
        raise UnsupportedMediaType("nothing is updated here; change documents by PUT or PATCH")
    raise UnsupportedMediaType(f"send the query as `{_DIRECT}` or `{_FORM}`")


def _query(request: Request, parameters: _Parameters, text: str) -> Query:
    if len(text) > LONGEST:
        raise TooLarge(f"the query is longer than {LONGEST} characters; ask for less at once")
    return Query(
        text=text,
        base=str(request.target),
        default_graphs=frozenset(parameters.get("default-graph-uri", ())),
        named_graphs=frozenset(parameters.get("named-graph-uri", ())),
    )


def _only(parameters: _Parameters) -> str:
    if "update" in parameters:
        raise Malformed("nothing is updated here; change documents by PUT or PATCH")
    found = parameters.get("query", ())
    if len(found) != 1:
        raise Malformed("send exactly one parameter `query` with the text of the query")
    return found[0]


def _parameters(encoded: str) -> _Parameters:
    found = defaultdict(list)
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Malformed("the parameters are not UTF-8 or more than a thousand") from error
    for name, value in pairs:
        found[name].append(value)
    return found


def _body(request: Request) -> str:
    if isinstance(request.body, Blob):
        raise TooLarge(f"the query is longer than {LONGEST} characters; ask for less at once")
    try:
        return request.body.decode()
    except UnicodeDecodeError as error:
        raise Malformed("the query is not UTF-8") from error
