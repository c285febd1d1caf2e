// The checks of a receiver in the test suite of W3C Linked Data Notifications (csarven/ldn-tests):
// its own server is not on a registry. The inbox is for everybody to read and to append.
import { equal, ok } from "node:assert/strict";
import { get } from "node:http";

import { JsonLdParser } from "jsonld-streaming-parser";
import { Parser } from "n3";

import { alice, end, test, unique } from "../lib/cases.mjs";

const LDP = "http://www.w3.org/ns/ldp#";
const JSON_LD = "application/ld+json";
const inbox = `${alice.pod}inbox-${unique}/`;
const note = JSON.stringify({
  "@context": { as: "https://www.w3.org/ns/activitystreams#" },
  "@id": "",
  "@type": "as:Announce",
  "as:summary": "hello",
});
const post = (headers, body = note) => fetch(inbox, { method: "POST", headers, body });
const essence = (type) => type.split(";")[0];

let sent;
let listed = [];

function jsonLd(text, baseIRI) {
  return new Promise((resolve, reject) => {
    const quads = [];
    const parser = new JsonLdParser({ baseIRI });
    parser.on("data", (quad) => quads.push(quad));
    parser.on("error", reject);
    parser.on("end", () => resolve(quads));
    parser.write(text);
    parser.end();
  });
}

const contained = () =>
  listed
    .filter((quad) => quad.subject.value === inbox && quad.predicate.value === `${LDP}contains`)
    .map((quad) => quad.object.value);

/** A GET with no Accept at all, which `fetch` cannot send. */
function bare(url, headers = {}) {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      let text = "";
      answer.on("data", (piece) => (text += piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    }).on("error", reject);
  });
}

async function isRdf(answer) {
  equal(answer.status, 200);
  const json = essence(answer.headers["content-type"]) === JSON_LD;
  const parsed = () => new Parser({ baseIRI: sent }).parse(answer.text);
  ok((json ? await jsonLd(answer.text, sent) : parsed()).length);
}

await test("an inbox that everybody may read and append to", async () => {
  const link = `<${LDP}BasicContainer>; rel="type"`;
  const made = await alice.fetch(inbox, {
    method: "PUT",
    headers: { "content-type": "text/turtle", link },
  });
  ok(made.ok);
  const links = (await alice.fetch(inbox, { method: "HEAD" })).headers.get("link");
  const acl = new URL(/<([^>]*)>\s*;\s*rel="?acl"?/.exec(links)[1], inbox).href;
  const body = `@prefix acl: <http://www.w3.org/ns/auth/acl#>.
    <#owner> a acl:Authorization; acl:agent <${alice.webid}>; acl:accessTo <${inbox}>;
      acl:default <${inbox}>; acl:mode acl:Read, acl:Write, acl:Control.
    <#public> a acl:Authorization; acl:agentClass <http://xmlns.com/foaf/0.1/Agent>;
      acl:accessTo <${inbox}>; acl:default <${inbox}>; acl:mode acl:Read, acl:Append.`;
  ok((await alice.fetch(acl, { method: "PUT", headers: { "content-type": "text/turtle" }, body })).ok);
});

await test("MUST take POST of JSON-LD, with 201 or 202", async () => {
  ok([201, 202].includes((await post({ "content-type": JSON_LD })).status));
});

await test("MUST take JSON-LD with a profile, a charset and a Slug", async () => {
  const type = `${JSON_LD}; profile="http://example.org/profile"; charset=utf-8`;
  const answer = await post({ "content-type": type, slug: `${unique}.jsonld` });
  ok([201, 202].includes(answer.status));
  sent = answer.headers.get("location");
});

await test("MUST say the Location, where it is JSON-LD", async () => {
  sent = new URL(sent, inbox).href;
  const answer = await fetch(sent, { headers: { accept: JSON_LD } });
  equal(essence(answer.headers.get("content-type")), JSON_LD);
  await jsonLd(await answer.text(), sent);
});

await test("MUST list as JSON-LD", async () => {
  const answer = await fetch(inbox, { headers: { accept: JSON_LD } });
  equal(answer.status, 200);
  equal(essence(answer.headers.get("content-type")), JSON_LD);
  listed = await jsonLd(await answer.text(), inbox);
});

await test("MUST list the notifications by ldp:contains", async () => {
  equal(contained().length, 2);
  ok(contained().includes(sent));
});

await test("MUST give each notification as JSON-LD", async () => {
  ok(contained().length);
  for (const url of contained()) {
    const answer = await fetch(url, { headers: { accept: JSON_LD } });
    equal(answer.status, 200);
    ok((await jsonLd(await answer.text(), url)).length);
  }
});

await test("MUST give RDF to who accepts anything", async () =>
  isRdf(await bare(sent, { accept: "*/*" })));

await test("MUST give RDF to who says nothing", async () => isRdf(await bare(sent)));

await test("MAY answer OPTIONS", async () => {
  ok((await fetch(inbox, { method: "OPTIONS" })).status < 300);
});

await test("MAY say Accept-Post on OPTIONS", async () => {
  ok((await fetch(inbox, { method: "OPTIONS" })).headers.get("accept-post"));
});

await test("MAY say JSON-LD in Accept-Post", async () => {
  const answer = await fetch(inbox, { method: "OPTIONS" });
  ok(/ld\+json|\*\/\*/.test(answer.headers.get("accept-post") ?? ""));
});

await test("SHOULD refuse broken JSON-LD", async () => {
  const { status } = await post({ "content-type": JSON_LD }, '{ "@id": ');
  ok(status >= 400 && status < 500);
});

await test("MAY be an LDP container", async () => {
  const answer = await fetch(inbox, { headers: { accept: JSON_LD } });
  ok(answer.headers.get("link").includes(`${LDP}Container`));
});

await test("who may append may not delete", async () => {
  equal((await fetch(sent, { method: "DELETE" })).status, 401);
});

for (const url of contained()) await alice.fetch(url, { method: "DELETE" });
await alice.fetch(inbox, { method: "DELETE" });
end();
