"""The formats of results, by query form (SPARQL 1.1 Protocol §2.1.6 #conneg)."""

from pod.http.negotiate import negotiate
from pod.problems import NotAcceptable
from pod.sparql.dataset import Form

_ROWS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
_GRAPHS = ("text/turtle", "application/ld+json", "application/n-triples")

# The first of a row is sent to an asker who has no preference.
OFFERS: dict[Form, tuple[str, ...]] = {
    Form.SELECT: _ROWS,
    # The CSV and TSV formats have no place for a boolean (SPARQL 1.1 CSV and TSV §1).
    Form.ASK: _ROWS[:2],
    Form.CONSTRUCT: _GRAPHS,
    Form.DESCRIBE: _GRAPHS,
}


def result_type(form: Form, accept: str | None) -> str:
    """The media type of the results, from the Accept field. Raises NotAcceptable."""
    offers = OFFERS[form]
    chosen = negotiate(accept, offers, offers[0])
    if chosen is None:
        raise NotAcceptable(f"the results of this query come as {', '.join(offers)}")
    return chosen
