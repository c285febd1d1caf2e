"""The JSON-LD contexts of credentials, by address. Nothing is ever fetched.

What a proof covers depends on every word of them, so they are whole and as published: see the
README beside them for where they are from.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from vocab.contexts import Contexts

_OB: Final = "https://purl.imsglobal.org/spec/ob/v3p0/"
_CLR: Final = "https://purl.imsglobal.org/spec/clr/v2p0/"
_FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "https://www.w3.org/2018/credentials/v1": "credentials-v1",
        "https://www.w3.org/ns/credentials/v2": "credentials-v2",
        "https://w3id.org/security/data-integrity/v1": "data-integrity-v1",
        "https://w3id.org/security/data-integrity/v2": "data-integrity-v2",
        "https://w3id.org/security/multikey/v1": "multikey-v1",
        "https://w3id.org/security/suites/ed25519-2020/v1": "ed25519-2020-v1",
        f"{_OB}context.json": "open-badges-3.0",
        f"{_OB}context-3.0.1.json": "open-badges-3.0.1",
        f"{_OB}context-3.0.2.json": "open-badges-3.0.2",
        f"{_OB}context-3.0.3.json": "open-badges-3.0.3",
        f"{_OB}extensions.json": "open-badges-extensions",
        f"{_CLR}context.json": "clr-2.0",
        f"{_CLR}context-2.0.1.json": "clr-2.0.1",
    }
)


CONTEXTS: Final = Contexts("importers.education", _FILES)
