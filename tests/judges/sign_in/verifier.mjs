// @solid/access-token-verifier, which storages in use look at tokens with, and jose for signatures.
import { deepEqual, equal, ok, rejects } from "node:assert/strict";

import { createSolidTokenVerifier } from "@solid/access-token-verifier";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";

import { Client } from "../lib/client.mjs";
import { alice, end, issuer, test } from "../lib/cases.mjs";

const script = new Client(issuer, alice.clientId, alice.clientSecret);
const token = await script.token();
const known = await (await fetch(`${issuer}.well-known/openid-configuration`)).json();
const keys = createRemoteJWKSet(new URL(known.jwks_uri));
const url = `${alice.pod}x`;

await test("its signature, issuer, audience and kind hold", async () => {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience: "solid",
    typ: "at+jwt",
    algorithms: ["ES256"],
    requiredClaims: ["sub", "webid", "client_id", "iat", "exp", "jti", "cnf"],
  });
  equal(protectedHeader.kid, decodeProtectedHeader(token).kid);
  equal(payload.webid, alice.webid);
  equal(payload.client_id, alice.clientId);
});

await test("another token does not hold", async () => {
  const [head, said, signature] = token.split(".");
  const other = Buffer.from(said, "base64url").toString().replace("alice", "bob");
  await rejects(jwtVerify([head, Buffer.from(other).toString("base64url"), signature].join("."), keys));
});

await test("the keys are public alone", async () => {
  const set = await (await fetch(known.jwks_uri)).json();
  ok(set.keys.length > 0);
  for (const key of set.keys) deepEqual(["d", "p", "q", "k"].filter((name) => name in key), []);
});

await test("a storage of somebody else lets her in", async () => {
  const verify = createSolidTokenVerifier();
  const proof = { header: script.proof(url, "GET", token), method: "GET", url };
  const found = await verify(`DPoP ${token}`, proof);
  equal(found.webid, alice.webid);
  equal(found.client_id, alice.clientId);
});

await test("and nobody with a proof for something else", async () => {
  const verify = createSolidTokenVerifier();
  const proof = { header: script.proof(`${url}y`, "GET", token), method: "GET", url };
  await rejects(verify(`DPoP ${token}`, proof));
});

end();
