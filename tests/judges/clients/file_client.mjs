// solid-file-client: files and folders.
import { deepEqual, equal, ok } from "node:assert/strict";

import FileClient from "solid-file-client";

import { alice, end, test, unique } from "../lib/cases.mjs";

const folder = `${alice.pod}files-${unique}/`;
const plain = { withAcl: false, withMeta: false };
const session = { fetch: alice.fetch, login() {}, currentSession() {} };
const files = new FileClient(session, { enableLogging: "error" });

await test("create a folder", async () => ok((await files.createFolder(folder)).ok));

await test("create files", async () => {
  await files.putFile(`${folder}a.txt`, "hello", "text/plain");
  await files.createFile(`${folder}b.ttl`, "<#a> <#b> <#c>.", "text/turtle");
  ok(await files.itemExists(`${folder}a.txt`));
});

await test("read a file", async () => equal(await files.readFile(`${folder}a.txt`), "hello"));

await test("read its head", async () => ok(await files.readHead(`${folder}a.txt`)));

await test("read a folder", async () => {
  const { files: found } = await files.readFolder(folder);
  deepEqual(found.map((file) => file.name).sort(), ["a.txt", "b.ttl"]);
});

await test("patch a file with SPARQL", async () => {
  const update = "INSERT DATA { <#x> <#y> <#z> }";
  ok((await files.patchFile(`${folder}b.ttl`, update, "application/sparql-update")).ok);
});

await test("copy a file and a folder", async () => {
  await files.copyFile(`${folder}a.txt`, `${folder}copy.txt`, plain);
  await files.createFolder(`${folder}sub/`);
  await files.putFile(`${folder}sub/s.txt`, "s", "text/plain");
  await files.copyFolder(`${folder}sub/`, `${folder}sub2/`, plain);
  equal(await files.readFile(`${folder}sub2/s.txt`), "s");
});

await test("move a file", async () => {
  await files.move(`${folder}copy.txt`, `${folder}moved.txt`, plain);
  equal(await files.itemExists(`${folder}copy.txt`), false);
  equal(await files.readFile(`${folder}moved.txt`), "hello");
});

await test("copy a file with its access rules", async () => {
  await files.copyFile(`${folder}a.txt`, `${folder}with.txt`, { withAcl: true, withMeta: true });
  equal(await files.readFile(`${folder}with.txt`), "hello");
});

await test("delete a folder with what is in it", async () => {
  await files.deleteFolder(folder);
  equal(await files.itemExists(folder), false);
});

end();
