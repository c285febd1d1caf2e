"""The JSON-LD contexts that are known here, by address. Nothing is ever fetched.

Ours are whole; the others hold the common terms of the published ones, each with its published
meaning, so that a document which uses them says the same here as elsewhere.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from vocab.selfdata import APP_CONTEXT, CONTEXT

_FILES: Final[Mapping[str, str]] = {
    CONTEXT: "selfdata",
    APP_CONTEXT: "app",
    "https://www.w3.org/ns/activitystreams": "activitystreams",
    "https://www.w3.org/ns/solid/oidc-context.jsonld": "solid-oidc",
    # The protocol names the first, its channel types the second: one file serves both.
    "https://www.w3.org/ns/solid/notifications-context/v1": "solid-notifications",
    "https://www.w3.org/ns/solid/notification/v1": "solid-notifications",
    # What schema.org publishes expands to http:, under either address.
    "https://schema.org": "schema-org",
    "https://schema.org/": "schema-org",
    "http://schema.org": "schema-org",
    "http://schema.org/": "schema-org",
    "https://w3id.org/security/v1": "security-v1",
}


@dataclass(frozen=True, slots=True, eq=False)
class Contexts(Mapping[str, object]):
    """Contexts by address, each read from its file when it is first asked for.

    `names` are those of files in the folder `contexts` of a `package`.
    """

    package: str
    names: Mapping[str, str]

    def __getitem__(self, address: str) -> object:
        return _document(self.package, self.names[address])

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@cache
def _document(package: str, name: str) -> object:
    path = files(package).joinpath("contexts", f"{name}.jsonld")
    document: object = json.loads(path.read_text(encoding="utf-8"))
    return document


BUNDLED: Final = Contexts("vocab", _FILES)
