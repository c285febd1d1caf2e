// An app on another origin, known by its own document: it needs bank data, would like energy, and
// says why. It signs people in with a stock library, and keeps the key that its token is bound to.
import { once } from "node:events";
import { createServer } from "node:http";

import * as client from "openid-client";

import { issuer } from "./cases.mjs";

export const NAME = "Budget Malin";
export const MAKER = "Budget Malin SAS"; // who answers for it
const HTTP = { execute: [client.allowInsecureRequests] };

const saying = (origin) => ({
  "@context": ["https://www.w3.org/ns/solid/oidc-context.jsonld"],
  client_id: `${origin}/id`,
  client_name: NAME,
  redirect_uris: [`${origin}/back`],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  scope: "openid webid",
  token_endpoint_auth_method: "none",
  controller: {
    legal_name: MAKER,
    kind: "company",
    country: "FR",
    contact: "mailto:privacy@budget.example",
    privacy_notice: "https://budget.example/privacy",
  },
  uses: [
    {
      purpose: "https://w3id.org/dpv#ServicePersonalisation",
      sentence: { en: "We sort your spending by month.", fr: "Nous trions vos dépenses par mois." },
      required: [{ category: "bank", modes: ["read"] }],
      optional: [{ category: "energy", modes: ["read"] }],
      days: 30,
      retention: "P30D",
      processing: "leaving",
      country: "FR",
      person_gains: { en: "A budget.", fr: "Un budget." },
      app_gains: { en: "A subscription.", fr: "Un abonnement." },
    },
  ],
});

/** The app, which answers at an origin of its own; call `close` when done. */
export async function opened() {
  let origin;
  const server = createServer((request, answer) => {
    const isDocument = request.url.startsWith("/id");
    answer.setHeader("content-type", isDocument ? "application/ld+json" : "text/html");
    answer.end(isDocument ? JSON.stringify(saying(origin)) : "<!doctype html><title>Back</title><h1>Back</h1>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${server.address().port}`;
  const config = await client.discovery(new URL(issuer), `${origin}/id`, undefined, client.None(), HTTP);
  return { origin, begin: () => begun(config, `${origin}/back`), close: () => server.close() };
}

/** One sign-in: where it begins, whether it has ended, and what the app may do then. */
async function begun(config, landing) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: landing,
    scope: "openid webid",
    state: expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  }).href;
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  let token;
  return {
    url,
    isBack: (at) => at.href.startsWith(landing),
    async redeem(at) {
      const checks = { pkceCodeVerifier, expectedState };
      const tokens = await client.authorizationCodeGrant(config, new URL(at), checks, undefined, { DPoP });
      token = tokens.access_token;
      return tokens.claims().webid;
    },
    /** The status and the text of an answer. */
    async read(address) {
      const asked = [config, token, new URL(address), "GET", undefined, undefined, { DPoP }];
      try {
        const answer = await client.fetchProtectedResource(...asked);
        return [answer.status, await answer.text()];
      } catch (error) {
        if (error.status === undefined) throw error; // no answer at all
        return [error.status, ""];
      }
    },
  };
}
