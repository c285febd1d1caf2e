// solid-bashlib: its command `sld`, with a token made over the account API.
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { equal, match } from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { alice, bob, end, test, unique } from "../lib/cases.mjs";

const home = new URL("../../community/node_modules/solid-bashlib/", import.meta.url);
const program = fileURLToPath(new URL("bin/solid.js", home));
const folder = mkdtempSync(join(tmpdir(), "bashlib-"));
const container = `${alice.pod}bashlib-${unique}/`;
const require = createRequire(import.meta.url);
process.env.HOME = folder;
process.chdir(folder);

const leave = process.exit;

/** Runs its program in this process, since what that loads takes longer than what it does. */
async function sld(...words) {
  const { stdout, stderr } = process;
  const shown = [stdout.write, stderr.write];
  let written = "";
  stdout.write = stderr.write = (text) => { written += text; };
  process.argv = [process.execPath, program, ...words];
  // Some commands end the process, and others leave nothing to wait for.
  const ended = new Promise((resolve) => {
    process.exit = (code) => setImmediate(resolve, code);
    process.once("beforeExit", resolve);
  });
  try {
    delete require.cache[require.resolve(program)];
    require(program);
    if (await ended) throw new Error(written);
    return written;
  } finally {
    process.removeAllListeners("beforeExit");
    [stdout.write, stderr.write] = shown;
  }
}

const as = (...words) => sld("-a", "token", ...words);

writeFileSync(join(folder, "a.txt"), "hello bashlib\n");
writeFileSync(join(folder, "d.ttl"), '<#a> <#b> "c".\n');
mkdirSync(join(folder, "up/sub"), { recursive: true });
writeFileSync(join(folder, "up/one.txt"), "one\n");
writeFileSync(join(folder, "up/sub/two.txt"), "two\n");

const stored = async (name) => (await alice.fetch(container + name)).text();
const status = async (name) => (await alice.fetch(container + name)).status;

await test("auth create-token-css", () =>
  sld(
    ...["auth", "create-token-css", "--webid", alice.webid, "--name", `t${unique}`],
    ...["--email", alice.email, "--password", alice.password],
  ));

await test("auth set", () => sld("auth", "set", alice.webid));

await test("auth show", async () => match(await sld("auth", "show"), /alice/));

await test("mkdir", async () => {
  await as("mkdir", container);
  equal(await status(""), 200);
});

await test("cp a file to the pod", async () => {
  await as("cp", "a.txt", container);
  equal(await stored("a.txt"), "hello bashlib\n");
});

await test("curl it", async () => match(await as("curl", `${container}a.txt`), /hello bashlib/));

await test("cp Turtle to the pod", async () => {
  await as("cp", "d.ttl", `${container}d.ttl`);
  match(await stored("d.ttl"), /"c"/);
});

await test("cp a folder to the pod", async () => {
  await as("cp", "up/", `${container}up/`);
  equal(await stored("up/up/sub/two.txt"), "two\n");
});

await test("ls", async () => match(await as("ls", container), /a\.txt/));

await test("tree", async () => match(await as("tree", container), /two\.txt/));

await test("find", async () => match(await as("find", container, "two.txt"), /two\.txt/));

await test("touch", async () => {
  await as("touch", `${container}empty.txt`);
  equal(await stored("empty.txt"), "");
});

await test("query", async () =>
  match(await as("query", `${container}d.ttl`, "SELECT ?o WHERE { ?s ?p ?o }"), /c/));

await test("cp inside the pod", async () => {
  await as("cp", `${container}a.txt`, `${container}b.txt`);
  equal(await stored("b.txt"), "hello bashlib\n");
});

await test("mv", async () => {
  await as("mv", `${container}b.txt`, `${container}c.txt`);
  equal(await stored("c.txt"), "hello bashlib\n");
  equal(await status("b.txt"), 404);
});

await test("cp a folder from the pod", async () => {
  await as("cp", `${container}up/`, "down/");
  const copies = readdirSync(join(folder, "down"), { recursive: true });
  const two = copies.find((name) => name.endsWith("two.txt"));
  equal(readFileSync(join(folder, "down", two), "utf-8"), "two\n");
});

await test("access list", async () => match(await as("access", "list", container), /alice/));

await test("access set for everybody", async () => {
  await as("access", "set", `${container}a.txt`, "p=r");
  equal(await (await fetch(`${container}a.txt`)).text(), "hello bashlib\n");
});

await test("access set for somebody", async () => {
  await as("access", "set", `${container}d.ttl`, `${bob.webid}=rw`);
  equal((await bob.fetch(`${container}d.ttl`)).status, 200);
});

await test("access delete", async () => {
  await as("access", "delete", `${container}a.txt`);
  equal((await fetch(`${container}a.txt`)).status, 401);
});

await test("rm a file", async () => {
  await as("rm", `${container}c.txt`);
  equal(await status("c.txt"), 404);
});

await test("rm -r a container", async () => {
  await as("rm", "-r", container);
  equal(await status(""), 404);
});

process.exit = leave;
end();
