// Somebody opens a container in Chromium and looks around: what she sees, and what is asked for.
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { alice, base, end, test } from "../lib/cases.mjs";
import { QUIET, patient } from "../lib/chromium.mjs";

const { CHROMIUM } = process.env;
const CONTAINER = `${alice.pod}shared/`;
const FILES = {
  "letter.ttl": ["text/turtle", '<#it> <http://schema.org/name> "A letter to Camille" .'],
  "photos/beach.txt": ["text/plain", "sand"],
  "page.html": ["text/html", "<h1>Stored</h1>"],
  ".acl": [
    "text/turtle",
    `@prefix acl: <http://www.w3.org/ns/auth/acl#>.
     <#owner> a acl:Authorization; acl:agent <${alice.webid}>; acl:accessTo <./>;
       acl:default <./>; acl:mode acl:Read, acl:Write, acl:Control.
     <#public> a acl:Authorization; acl:agentClass <http://xmlns.com/foaf/0.1/Agent>;
       acl:accessTo <./>; acl:default <./>; acl:mode acl:Read.`,
  ],
};

await test("share a container with everybody", async () => {
  for (const [name, [type, body]] of Object.entries(FILES)) {
    const put = { method: "PUT", headers: { "content-type": type }, body };
    ok((await alice.fetch(CONTAINER + name, put)).ok);
  }
});

const profile = mkdtempSync(join(tmpdir(), "chromium-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: CHROMIUM,
  headless: true,
  args: QUIET,
});
const page = await patient(context).newPage();
const asked = [];
const broken = [];
page.on("request", (request) => asked.push(request.url()));
page.on("pageerror", (error) => broken.push(String(error)));

const shown = () => new URL(page.url()).searchParams.get("uri");
const sees = (text) => page.getByText(text, { exact: true }).first().waitFor();

await test("an address of a container opens the page that shows it", async () => {
  await page.goto(CONTAINER);
  match(page.url(), /\/\.browse\/\?uri=/);
  equal(shown(), CONTAINER);
});

await test("its children are listed", async () => {
  for (const name of ["letter.ttl", "photos"]) await sees(name);
});

await test("a child is followed", async () => {
  await page.getByText("photos", { exact: true }).first().click();
  await page.waitForURL((url) => url.searchParams.get("uri") === `${CONTAINER}photos/`);
  await sees("beach.txt");
});

await test("the way back leads back", async () => {
  await page.goBack();
  equal(shown(), CONTAINER);
  await sees("letter.ttl");
});

await test("an address of a document with a fragment shows what the fragment names", async () => {
  await page.goto(`${CONTAINER}letter.ttl#it`);
  await page.waitForURL((url) => url.searchParams.get("uri") === `${CONTAINER}letter.ttl#it`);
  await sees("A letter to Camille");
});

await test("a page that is stored is shown as it is", async () => {
  await page.goto(`${CONTAINER}page.html`);
  equal(page.url(), `${CONTAINER}page.html`);
  equal(await page.locator("h1").innerText(), "Stored");
});

await test("what is private leads to the page, which says that it may not show it", async () => {
  await page.goto(`${base}alice/`);
  equal(shown(), `${base}alice/`);
  const refused = page.getByText(/unauthori[sz]ed|401/i).first();
  await refused.waitFor({ state: "attached" });
});

await test("there is a way to sign in", async () => {
  await page.getByRole("button", { name: "Login" }).waitFor();
});

await test("nothing is asked of anybody else", async () => {
  const origin = new URL(base).origin;
  ok(asked.length > 20);
  deepEqual(asked.filter((url) => !/^(?:data|blob):/.test(url) && new URL(url).origin !== origin), []);
});

await test("no script of the page breaks", async () => deepEqual(broken, []));

await context.close();
rmSync(profile, { recursive: true, force: true });
end();
