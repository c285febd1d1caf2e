// LDO (Linked Data Objects): @ldo/connected-solid, its resources, transactions and access rules.
import { deepEqual, equal, ok } from "node:assert/strict";

import { createSolidLdoDataset } from "@ldo/connected-solid";
import { DataFactory } from "n3";

import { alice, bob, end, test, unique } from "../lib/cases.mjs";

const { literal, namedNode, quad } = DataFactory;
const NAME = namedNode("https://schema.org/name");
const container = `${alice.pod}ldo-${unique}/`;
const document = `${container}data.ttl`;
const it = namedNode(`${document}#it`);

function dataset(who = alice) {
  const made = createSolidLdoDataset();
  made.setContext("solid", { fetch: who ? who.fetch : globalThis.fetch });
  return made;
}

/** LDO throws nothing: a result says itself that it is an error. */
function done(result) {
  if (result.isError) throw new Error(`${result.type}: ${result.message}`);
  return result;
}

const names = (where) => [...where.match(it, NAME)].map((each) => each.object.value);

await test("read the profile and find the root of the storage", async () => {
  const profile = dataset().getResource(alice.webid);
  done(await profile.read());
  const root = await profile.getRootContainer();
  equal(done(root).uri, alice.pod);
});

await test("create a container, once", async () => {
  const resource = dataset().getResource(container);
  equal(done(await resource.createIfAbsent()).type, "createSuccess");
  ok(done(await dataset().getResource(container).createIfAbsent()).type.endsWith("ReadSuccess"));
});

await test("create a child document", async () => {
  const parent = dataset().getResource(container);
  const made = done(await parent.createChildAndOverwrite("data.ttl"));
  equal(made.resource.uri, document);
});

await test("commit a transaction that adds", async () => {
  const all = dataset();
  done(await all.getResource(document).read());
  const transaction = all.startTransaction();
  transaction.add(quad(it, NAME, literal("one"), namedNode(document)));
  done(await transaction.commitToRemote());
  const again = dataset();
  done(await again.getResource(document).read());
  deepEqual(names(again), ["one"]);
});

await test("commit a transaction that replaces", async () => {
  const all = dataset();
  done(await all.getResource(document).read());
  const transaction = all.startTransaction();
  transaction.delete(quad(it, NAME, literal("one"), namedNode(document)));
  transaction.add(quad(it, NAME, literal("two"), namedNode(document)));
  done(await transaction.commitToRemote());
  const again = dataset();
  done(await again.getResource(document).read());
  deepEqual(names(again), ["two"]);
});

await test("upload a file", async () => {
  const parent = dataset().getResource(container);
  const blob = new Blob(["hello"], { type: "text/plain" });
  done(await parent.uploadChildAndOverwrite("note.txt", blob, "text/plain"));
  const file = dataset().getResource(`${container}note.txt`);
  done(await file.read());
  ok(file.isBinary());
  equal(await file.getBlob().text(), "hello");
});

await test("list the children of a container", async () => {
  const parent = dataset().getResource(container);
  done(await parent.read());
  const found = parent.children().map((child) => child.uri);
  deepEqual(found.sort(), [document, `${container}note.txt`]);
});

await test("what is not there is absent, not an error", async () => {
  const missing = dataset().getResource(`${container}none.ttl`);
  done(await missing.read());
  equal(missing.isAbsent(), true);
});

await test("a stranger gets an error that says so", async () => {
  const result = await dataset(null).getResource(document).read();
  equal(result.type, "unauthenticatedError");
});

await test("somebody without access gets an error that says so", async () => {
  const result = await dataset(bob).getResource(document).read();
  equal(result.type, "unauthorizedError");
});

await test("read and write access rules", async () => {
  const resource = dataset().getResource(document);
  const rules = done(await resource.getWac()).wacRule;
  equal(rules.agent[alice.webid].control, true);
  const reading = { read: true, append: false, write: false, control: false };
  const agent = { ...rules.agent, [bob.webid]: reading };
  done(await resource.setWac({ ...rules, agent }));
  done(await dataset(bob).getResource(document).read());
});

await test("delete a container with what is in it", async () => {
  done(await dataset().getResource(container).delete());
  equal((await alice.fetch(container)).status, 404);
});

end();
