// Comunica for Solid: queries over documents, over the SPARQL endpoint, and updates of documents.
import { deepEqual, equal, ok } from "node:assert/strict";

import { QueryEngine } from "@comunica/query-sparql-solid";
import { Session } from "@inrupt/solid-client-authn-node";

import { Parser } from "n3";

import { alice, bob, end, issuer, refusal, test, unique } from "../lib/cases.mjs";

const PREFIX = "PREFIX schema: <https://schema.org/>";
const SESSION = "@comunica/actor-http-inrupt-solid-client-authn:session";
const container = `${alice.pod}comunica-${unique}/`;
const turtle = (body) => ({ method: "PUT", headers: { "content-type": "text/turtle" }, body });

async function signedIn(who) {
  const session = new Session();
  const { clientId, clientSecret } = who;
  await session.login({ oidcIssuer: issuer, clientId, clientSecret });
  return session;
}

const sessions = { alice: await signedIn(alice), bob: await signedIn(bob) };

/** The values of ?a and ?b; by an engine of its own, so that nothing is remembered. */
async function select(query, sources, session = sessions.alice) {
  const context = { sources, ...(session ? { [SESSION]: session } : {}) };
  const found = await new QueryEngine().queryBindings(`${PREFIX} ${query}`, context);
  const rows = await found.toArray();
  return rows.map((row) => row.get("a").value + (row.get("b")?.value ?? "")).sort();
}

async function update(query, url) {
  const context = { sources: [url], destination: url, [SESSION]: sessions.alice };
  await new QueryEngine().queryVoid(`${PREFIX} ${query}`, context);
}

async function endpoint() {
  const links = (await alice.fetch(container)).headers.get("link");
  const [, description] = links.match(/<([^>]*)>; rel="[^"]*#storageDescription"/);
  const about = await alice.fetch(description, { headers: { accept: "text/turtle" } });
  const quads = new Parser({ baseIRI: description }).parse(await about.text());
  const named = quads.find((quad) => quad.predicate.value.endsWith("void#sparqlEndpoint"));
  if (!named) throw new Error("the storage names no SPARQL endpoint");
  return { type: "sparql", value: named.object.value };
}

await test("prepare two documents", async () => {
  const one = '<#it> <https://schema.org/name> "one"; <https://schema.org/isPartOf> <two.ttl#it>.';
  ok((await alice.fetch(`${container}one.ttl`, turtle(one))).ok);
  ok((await alice.fetch(`${container}two.ttl`, turtle('<#it> <https://schema.org/name> "two".'))).ok);
});

await test("query a private document", async () => {
  deepEqual(await select("SELECT ?a { ?s schema:name ?a }", [`${container}one.ttl`]), ["one"]);
});

await test("join two private documents", async () => {
  const sources = [`${container}one.ttl`, `${container}two.ttl`];
  const query = "SELECT ?a ?b { ?s schema:name ?a; schema:isPartOf ?t. ?t schema:name ?b }";
  deepEqual(await select(query, sources), ["onetwo"]);
});

await test("query a container for what it has", async () => {
  const query = "SELECT ?a { ?s <http://www.w3.org/ns/ldp#contains> ?a }";
  const expected = [`${container}one.ttl`, `${container}two.ttl`];
  deepEqual(await select(query, [container]), expected);
});

await test("follow a container to its documents", async () => {
  const inside = await select("SELECT ?a { ?s <http://www.w3.org/ns/ldp#contains> ?a }", [container]);
  deepEqual(await select("SELECT ?a { ?s schema:name ?a }", inside), ["one", "two"]);
});

await test("a private document is refused to a stranger", async () => {
  await refusal(select("SELECT * { ?s ?p ?o }", [`${container}one.ttl`], null));
});

await test("a private document is refused to somebody without access", async () => {
  await refusal(select("SELECT * { ?s ?p ?o }", [`${container}one.ttl`], sessions.bob));
});

await test("insert into a document", async () => {
  const url = `${container}one.ttl`;
  await update(`INSERT DATA { <${url}#new> schema:name "three" }`, url);
  const found = await select("SELECT ?a { ?s schema:name ?a }", [url]);
  deepEqual(found, ["one", "three"]);
});

await test("delete and insert in a document", async () => {
  const url = `${container}two.ttl`;
  await update(
    `DELETE { <${url}#it> schema:name ?n } INSERT { <${url}#it> schema:name "TWO" }
     WHERE { <${url}#it> schema:name ?n }`,
    url,
  );
  deepEqual(await select("SELECT ?a { ?s schema:name ?a }", [url]), ["TWO"]);
});

await test("insert where no document is yet", async () => {
  const url = `${container}made.ttl`;
  await update(`INSERT DATA { <${url}#it> schema:name "made" }`, url);
  deepEqual(await select("SELECT ?a { ?s schema:name ?a }", [url]), ["made"]);
});

await test("query the SPARQL endpoint", async () => {
  const query = `SELECT ?a { ?s schema:name ?a. FILTER(STRSTARTS(STR(?s), "${container}")) }`;
  const found = await select(query, [await endpoint()]);
  deepEqual(found.filter((name) => name !== "made"), ["TWO", "one", "three"]);
});

await test("query the SPARQL endpoint for what was inserted where no document was", async () => {
  const query = `SELECT ?a { <${container}made.ttl#it> schema:name ?a }`;
  deepEqual(await select(query, [await endpoint()]), ["made"]);
});

await test("join in the SPARQL endpoint, and aggregate", async () => {
  const query = `SELECT (COUNT(?b) AS ?a)
    { ?s schema:isPartOf ?t. ?t schema:name ?b. FILTER(STRSTARTS(STR(?s), "${container}")) }`;
  deepEqual(await select(query, [await endpoint()]), ["1"]);
});

await test("the SPARQL endpoint shows nothing private to somebody else", async () => {
  const query = `SELECT ?a { ?s schema:name ?a. FILTER(STRSTARTS(STR(?s), "${container}")) }`;
  deepEqual(await select(query, [await endpoint()], sessions.bob), []);
});

await test("join a document with the SPARQL endpoint", async () => {
  const query = "SELECT ?a { ?s schema:isPartOf ?t. ?t schema:name ?a }";
  const found = await select(query, [`${container}one.ttl`, await endpoint()]);
  deepEqual([...new Set(found)], ["TWO"]);
});

for (const name of ["one.ttl", "two.ttl", "made.ttl", ""]) {
  await alice.fetch(container + name, { method: "DELETE" });
}
await test("nothing is left", async () => equal((await alice.fetch(container)).status, 404));
for (const session of Object.values(sessions)) await session.logout();
end();
