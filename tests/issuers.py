"""Another issuer, tried from outside: what it publishes, and the tokens that it gives."""

import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from client import Key, b64
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from neighbour import Neighbour

SOLID = "http://www.w3.org/ns/solid/terms#"


@dataclass
class Issuer:
    """An issuer elsewhere, on which a person has her WebID; both on another server."""

    here: Neighbour
    base: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def webid(self) -> str:
        return f"{self.base}carol#me"

    @property
    def jwk(self) -> dict[str, str]:
        numbers = self.key.public_key().public_numbers()
        x, y = (b64(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": "one"}

    def publish(self, **changed: Any) -> None:
        """Everything that there should be, or what is given instead; `card` names the issuer."""
        path = self.base.removeprefix(self.here.base)
        configuration = {"issuer": self.base, "jwks_uri": self.base + "keys"}
        said = {
            "configuration": json.dumps(configuration),
            "keys": json.dumps({"keys": [self.jwk]}),
            "card": f"<#me> <{SOLID}oidcIssuer> <{self.base}> .",
            **changed,
        }
        where = path + ".well-known/openid-configuration"
        self.here.serve(where, said["configuration"], "application/json")
        self.here.serve(path + "keys", said["keys"], "application/json")
        self.here.serve(path + "carol", said["card"])

    def token(self, key: Key, header: dict[str, Any] | None = None, **changed: Any) -> str:
        """A good access token, but for what is changed; None leaves a claim out."""
        now = int(time.time())
        claims = {
            "iss": self.base,
            "webid": self.webid,
            "sub": self.webid,
            "aud": "solid",
            "client_id": "https://app.example/id",
            "iat": now,
            "exp": now + 300,
            "jti": str(uuid.uuid4()),
            "cnf": {"jkt": key.thumbprint()},
            **changed,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        head = {"typ": "at+jwt", "alg": "ES256", "kid": "one", **(header or {})}
        signed = ".".join(b64(json.dumps(part).encode()) for part in (head, kept))
        r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
