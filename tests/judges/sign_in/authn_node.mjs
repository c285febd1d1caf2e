// @inrupt/solid-client-authn-node: both of its ways in, with what it insists on.
import { equal, ok } from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";

import { Session, refreshTokens } from "@inrupt/solid-client-authn-node";

import { alice, base, end, issuer, test, unique } from "../lib/cases.mjs";
import { Pages } from "../lib/pages.mjs";

const SECRET = `${alice.pod}judged-${unique}`;
const put = { method: "PUT", headers: { "content-type": "text/plain" }, body: "for her alone" };
ok((await alice.fetch(SECRET, put)).ok);

const reads = async (session) => {
  const answer = await session.fetch(SECRET);
  equal(answer.status, 200);
  equal(await answer.text(), "for her alone");
};

await test("a script signs in with client credentials", async () => {
  const session = new Session();
  const { clientId, clientSecret } = alice;
  await session.login({ oidcIssuer: issuer, clientId, clientSecret, tokenType: "DPoP" });
  ok(session.info.isLoggedIn);
  equal(session.info.webId, alice.webid);
  await reads(session);
});

// An app that is known by its document, on another origin.
const documents = createServer((_, answer) => {
  answer.setHeader("content-type", "application/ld+json");
  answer.end(JSON.stringify(document));
}).listen(0, "localhost");
await once(documents, "listening");
const origin = `http://localhost:${documents.address().port}`;
const landing = `${origin}/back`;
const document = {
  "@context": ["https://www.w3.org/ns/solid/oidc-context.jsonld"],
  client_id: `${origin}/id`,
  client_name: "A judge",
  redirect_uris: [landing],
  post_logout_redirect_uris: [`${origin}/bye`],
  grant_types: ["authorization_code", "refresh_token"],
  scope: "openid offline_access webid",
};

async function signedIn(options, pages = new Pages(base)) {
  const session = new Session({ keepAlive: false });
  let sent, tokens;
  session.events.on("newTokens", (given) => (tokens = given));
  await session.login({
    oidcIssuer: issuer,
    redirectUrl: landing,
    tokenType: "DPoP",
    handleRedirect: (url) => (sent = url),
    ...options,
  });
  await session.handleIncomingRedirect(await pages.allow(sent, alice));
  return { session, pages, tokens };
}

await test("a person signs in to an app that is known by its document", async () => {
  const { session } = await signedIn({ clientId: document.client_id });
  ok(session.info.isLoggedIn);
  equal(session.info.webId, alice.webid);
  await reads(session);
});

await test("a person signs in to an app that registers itself", async () => {
  const { session } = await signedIn({ clientName: "Registered" });
  equal(session.info.webId, alice.webid);
  await reads(session);
});

await test("tokens are refreshed and still hold", async () => {
  const { tokens } = await signedIn({ clientId: document.client_id });
  const again = await refreshTokens(tokens);
  ok(again.accessToken !== tokens.accessToken && again.refreshToken !== tokens.refreshToken);
  await reads(await Session.fromTokens(again, "again"));
});

await test("who signs out of the app is signed out here too", async () => {
  const { session, pages } = await signedIn({ clientId: document.client_id });
  let sent;
  await session.logout({
    logoutType: "idp",
    postLogoutUrl: `${origin}/bye`,
    handleRedirect: (url) => (sent = url),
  });
  equal(await pages.open(sent), `${origin}/bye`);
  ok(!pages.cookies.has("css-account"));
});

documents.close();
end();
