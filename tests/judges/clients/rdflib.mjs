// rdflib.js: its fetcher and its update manager.
import { deepEqual, equal, match, ok } from "node:assert/strict";

import * as $rdf from "rdflib";

import { alice, bob, end, refusal, test, unique } from "../lib/cases.mjs";

const { lit, st, sym } = $rdf;
const container = `${alice.pod}rdflib-${unique}/`;
const document = sym(`${container}data.ttl`);
const it = sym(`${document.value}#it`);
const NAME = sym("https://schema.org/name");
const ADDRESS = sym("http://example.org/address");
const CITY = sym("http://example.org/city");

function fresh(who) {
  const graph = $rdf.graph();
  const fetcher = $rdf.fetcher(graph, who ? { fetch: who.fetch } : {});
  const updater = new $rdf.UpdateManager(graph);
  return { graph, fetcher, updater };
}

async function loaded(what, who = alice) {
  const made = fresh(who);
  await made.fetcher.load(what);
  return made;
}

await test("load the profile of a WebID", async () => {
  const { graph } = await loaded(sym(alice.webid).doc());
  ok(graph.any(sym(alice.webid), sym("http://www.w3.org/ns/solid/terms#oidcIssuer")));
});

await test("load a container", async () => {
  const { graph } = await loaded(sym(alice.pod));
  ok(graph.each(sym(alice.pod), sym("http://www.w3.org/ns/ldp#contains")).length);
});

await test("create a container", async () => {
  ok((await fresh(alice).fetcher.createContainer(alice.pod, `rdflib-${unique}`)).ok);
  equal((await alice.fetch(container, { method: "HEAD" })).status, 200);
});

await test("put a new document", async () => {
  const { updater } = fresh(alice);
  await updater.put(document, [st(it, NAME, lit("one"), document)], "text/turtle", () => {});
  ok((await alice.fetch(document.value)).ok);
});

await test("read it back", async () => {
  equal((await loaded(document)).graph.anyValue(it, NAME), "one");
});

await test("know from the headers that it can be edited", async () => {
  ok((await loaded(document)).updater.editable(document));
});

await test("insert a statement", async () => {
  const { updater } = await loaded(document);
  await updater.update([], [st(it, CITY, lit("Nantes"), document)]);
  equal((await loaded(document)).graph.anyValue(it, CITY), "Nantes");
});

await test("replace a statement", async () => {
  const { updater } = await loaded(document);
  await updater.update([st(it, NAME, lit("one"), document)], [st(it, NAME, lit("two"), document)]);
  deepEqual((await loaded(document)).graph.each(it, NAME).map((each) => each.value), ["two"]);
});

await test("replace a statement of a blank node", async () => {
  const first = await loaded(document);
  const node = first.graph.bnode();
  const given = [st(it, ADDRESS, node, document), st(node, CITY, lit("Ghent"), document)];
  await first.updater.update([], given);
  const second = await loaded(document);
  const found = second.graph.any(it, ADDRESS);
  const [before, after] = ["Ghent", "Lyon"].map((city) => st(found, CITY, lit(city), document));
  await second.updater.update([before], [after]);
  const third = await loaded(document);
  equal(third.graph.anyValue(third.graph.any(it, ADDRESS), CITY), "Lyon");
});

await test("update where no document is yet", async () => {
  const { fetcher, updater } = fresh(alice);
  const another = sym(`${container}new.ttl`);
  await fetcher.load(another).catch(() => {});
  await updater.update([], [st(sym(`${another.value}#x`), NAME, lit("fresh"), another)]);
  match(await (await alice.fetch(another.value)).text(), /fresh/);
});

await test("put and get a text", async () => {
  const { fetcher } = fresh(alice);
  const text = { data: "hello", contentType: "text/plain" };
  await fetcher.webOperation("PUT", `${container}note.txt`, text);
  equal((await fetcher.webOperation("GET", `${container}note.txt`)).status, 200);
});

await test("load a document in JSON-LD", async () => {
  const url = `${container}x.jsonld`;
  const body = JSON.stringify({ "@id": "#j", [NAME.value]: "jay" });
  await alice.fetch(url, { method: "PUT", headers: { "content-type": "application/ld+json" }, body });
  equal((await loaded(sym(url))).graph.anyValue(sym(`${url}#j`), NAME), "jay");
});

await test("a stranger is refused with 401", async () => {
  const error = await refusal(loaded(document, null));
  match(String(error.status ?? error.message), /401/);
});

await test("somebody without access is refused with 403", async () => {
  equal((await refusal(loaded(document, bob))).status, 403);
});

await test("links to the access rules", async () => {
  const { graph } = await loaded(sym(alice.pod));
  ok(graph.any(sym(alice.pod), sym("http://www.iana.org/assignments/link-relations/acl")));
});

await test("delete documents and their container", async () => {
  const { fetcher } = fresh(alice);
  for (const name of ["data.ttl", "new.ttl", "note.txt", "x.jsonld", ""]) {
    await fetcher.webOperation("DELETE", container + name);
  }
  equal((await alice.fetch(container)).status, 404);
});

end();
