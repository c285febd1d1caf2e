// openid-client: what OAuth 2.1 and OpenID Connect want, step by step, from a strict client.
import { equal, match, notEqual, ok, rejects } from "node:assert/strict";

import * as client from "openid-client";

import { alice, base, end, issuer, test } from "../lib/cases.mjs";
import { Pages } from "../lib/pages.mjs";

const LANDING = "http://127.0.0.1/back";
const http = { execute: [client.allowInsecureRequests] };
const metadata = {
  client_name: "A strict judge",
  redirect_uris: [LANDING],
  post_logout_redirect_uris: ["http://127.0.0.1/bye"],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "client_secret_basic",
  scope: "openid offline_access webid",
};
let config, tokens, pages, dpop;

await test("the configuration is found, and the client registers itself", async () => {
  config = await client.dynamicClientRegistration(
    new URL(issuer), metadata, client.ClientSecretBasic(), http,
  );
  equal(config.serverMetadata().issuer, issuer);
  const said = config.clientMetadata();
  equal(said.client_secret_expires_at, 0);
  equal(said.redirect_uris[0], LANDING);
});

/** Where the person comes back, and what belongs to that. */
async function asked(more = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expected = { pkceCodeVerifier, expectedState: client.randomState(), expectedNonce: client.randomNonce() };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: LANDING,
    scope: metadata.scope,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expected.expectedState,
    nonce: expected.expectedNonce,
    ...more,
  });
  return { back: new URL(await pages.allow(url.href, alice)), expected };
}

await test("a code with PKCE and DPoP becomes tokens", async () => {
  pages = new Pages(base);
  dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const { back, expected } = await asked();
  tokens = await client.authorizationCodeGrant(config, back, expected, undefined, { DPoP: dpop });
  equal(tokens.token_type, "dpop");
  equal(tokens.claims().webid, alice.webid);
  ok(tokens.claims().aud.includes("solid"));
});

await test("an answer without its issuer, or from another, is refused by the client", async () => {
  for (const iss of [undefined, "https://other.example/"]) {
    const { back, expected } = await asked();
    back.searchParams.delete("iss");
    if (iss) back.searchParams.set("iss", iss);
    await rejects(client.authorizationCodeGrant(config, back, expected, undefined, { DPoP: dpop }));
  }
});

await test("a code is good once", async () => {
  const { back, expected } = await asked();
  const redeem = () => client.authorizationCodeGrant(config, back, expected, undefined, { DPoP: dpop });
  await redeem();
  await rejects(redeem(), { error: "invalid_grant" });
});

await test("an old sign-in is not enough where the app says so", async () => {
  const { back, expected } = await asked({ max_age: "0", prompt: "login" });
  const given = await client.authorizationCodeGrant(
    config, back, { ...expected, maxAge: 60 }, undefined, { DPoP: dpop },
  );
  ok(given.claims().auth_time > 0);
});

await test("a protected resource is read", async () => {
  const answer = await client.fetchProtectedResource(
    config, tokens.access_token, new URL(alice.pod), "GET", undefined, undefined, { DPoP: dpop },
  );
  equal(answer.status, 200);
});

await test("tokens are refreshed", async () => {
  const next = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: dpop });
  notEqual(next.refresh_token, tokens.refresh_token);
  equal(next.claims().webid, alice.webid);
  tokens = { ...next, id_token: next.id_token };
});

await test("a token tells what it is good for, until it is given back", async () => {
  const before = await client.tokenIntrospection(config, tokens.access_token);
  ok(before.active);
  equal(before.webid, alice.webid);
  await client.tokenRevocation(config, tokens.access_token);
  equal((await client.tokenIntrospection(config, tokens.access_token)).active, false);
});

await test("who is not asked is told so", async () => {
  const { back } = await asked({ prompt: "none" });
  ok(back.searchParams.get("code"));
  pages = new Pages(base);
  const { back: refused, expected } = await asked({ prompt: "none" });
  await rejects(client.authorizationCodeGrant(config, refused, expected), { error: "login_required" });
});

await test("client credentials are taken in both forms", async () => {
  for (const way of [client.ClientSecretBasic, client.ClientSecretPost]) {
    const { clientId, clientSecret } = alice;
    const script = await client.discovery(new URL(issuer), clientId, {}, way(clientSecret), http);
    const handle = client.getDPoPHandle(script, await client.randomDPoPKeyPair("ES256"));
    const given = await client.clientCredentialsGrant(script, { scope: "webid" }, { DPoP: handle });
    equal(given.token_type, "dpop");
  }
});

await test("signing out leads back to the app", async () => {
  pages = new Pages(base);
  const { back, expected } = await asked();
  const given = await client.authorizationCodeGrant(config, back, expected, undefined, { DPoP: dpop });
  const url = client.buildEndSessionUrl(config, {
    id_token_hint: given.id_token,
    post_logout_redirect_uri: "http://127.0.0.1/bye",
    state: "x",
  });
  match(await pages.open(url.href), /^http:\/\/127\.0\.0\.1\/bye\?state=x$/);
});

end();
