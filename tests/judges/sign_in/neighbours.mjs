// Two servers that know nothing of each other: people of a Community Solid Server read here, and
// ours read there, where they are named.
import { equal, match, ok } from "node:assert/strict";

import { Client } from "../lib/client.mjs";
import { alice, bob, end, test, unique } from "../lib/cases.mjs";

const env = process.env;
const of = (name) => {
  const [webid, pod, id, secret] = ["WEBID", "POD", "CLIENT_ID", "CLIENT_SECRET"].map(
    (what) => env[`COMMUNITY_${name}_${what}`],
  );
  const client = new Client(env.COMMUNITY_ISSUER, id, secret);
  return { webid, pod, fetch: client.fetch.bind(client) };
};
const [theirAlice, theirBob] = [of("ALICE"), of("BOB")];

/** A document of somebody that one other person may read. */
async function letter(owner, reader) {
  const url = `${owner.pod}letter-${unique}`;
  const rules = `
    @prefix acl: <http://www.w3.org/ns/auth/acl#>.
    <#owner> a acl:Authorization; acl:agent <${owner.webid}>; acl:accessTo <${url}>;
      acl:mode acl:Read, acl:Write, acl:Control.
    <#reader> a acl:Authorization; acl:agent <${reader.webid}>; acl:accessTo <${url}>;
      acl:mode acl:Read.`;
  for (const [at, type, body] of [[url, "text/plain", "dear neighbour"], [`${url}.acl`, "text/turtle", rules]]) {
    const answer = await owner.fetch(at, { method: "PUT", headers: { "content-type": type }, body });
    ok(answer.ok, `${at}: ${answer.status}`);
  }
  return url;
}

async function read(reader, url) {
  const answer = await reader.fetch(url);
  equal(answer.status, 200, `${answer.status} ${answer.headers.get("www-authenticate")}`);
  equal(await answer.text(), "dear neighbour");
  return answer;
}

await test("somebody of the other server reads here what names her", async () => {
  const answer = await read(theirAlice, await letter(alice, theirAlice));
  match(answer.headers.get("wac-allow"), /user="read"/);
});

await test("nobody else of the other server does", async () => {
  equal((await theirBob.fetch(`${alice.pod}letter-${unique}`)).status, 403);
});

await test("somebody of this server reads there what names her", async () => {
  await read(alice, await letter(theirAlice, alice));
});

await test("nobody else of this server does", async () => {
  equal((await bob.fetch(`${theirAlice.pod}letter-${unique}`)).status, 403);
});

await test("a token that is for here is no good there without its key", async () => {
  const client = new Client(env.ISSUER, alice.clientId, alice.clientSecret);
  const thief = new Client(env.ISSUER, alice.clientId, alice.clientSecret);
  const [token, url] = [await client.token(), `${theirAlice.pod}letter-${unique}`];
  const headers = { authorization: `DPoP ${token}`, dpop: thief.proof(url, "GET", token) };
  ok((await fetch(url, { headers })).status >= 400);
});

end();
