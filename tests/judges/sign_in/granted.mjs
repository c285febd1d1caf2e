// A stock app, unchanged: somebody signs in to it as the owner of her pod, and lets it read one part.
import { deepEqual, equal, ok } from "node:assert/strict";

import {
  buildThing,
  deleteFile,
  getEffectiveAccess,
  getSolidDataset,
  getThingAll,
  overwriteFile,
  saveSolidDatasetAt,
  setThing,
} from "@inrupt/solid-client";
import { Session } from "@inrupt/solid-client-authn-node";

import { alice, base, bob, end, issuer, refusal, test, unique } from "../lib/cases.mjs";
import { Pages } from "../lib/pages.mjs";

const LANDING = "http://localhost:9/back";
const BANK = `${alice.pod}data/bank/${unique}/lines.ttl`;
const SECRET = `${alice.pod}private/${unique}.ttl`;
const turtle = (body) => ({ method: "PUT", headers: { "content-type": "text/turtle" }, body });
for (const url of [BANK, SECRET]) ok((await alice.fetch(url, turtle("<#a> <#b> <#c> ."))).ok);

const pages = new Pages(base);
const session = new Session({ keepAlive: false });

await test("she signs in, and ticks that it may read her bank data", async () => {
  let sent;
  const redirects = { redirectUrl: LANDING, handleRedirect: (url) => (sent = url) };
  await session.login({ oidcIssuer: issuer, clientName: "Stock", tokenType: "DPoP", ...redirects });
  await pages.open(sent);
  await pages.send({ email: alice.email, password: alice.password });
  await pages.send({ decision: "allow", access: "granted" });
  const [before] = pages.text.split("<strong>Bank</strong>");
  const item = /name="item" value="(\d+)"[^]*$/.exec(before.slice(before.lastIndexOf("<input")))[1];
  await pages.send({ answer: "accept", item, [`modes-${item}`]: "read" });
  await session.handleIncomingRedirect(pages.at);
  equal(session.info.webId, alice.webid);
});

const asking = () => ({ fetch: session.fetch });

await test("the app reads what it was granted, and is told that it may", async () => {
  const found = await getSolidDataset(BANK, asking());
  equal(getThingAll(found).length, 1);
  deepEqual(getEffectiveAccess(found), {
    user: { read: true, append: false, write: false },
    public: { read: false, append: false, write: false },
  });
});

await test("the app changes nothing there", async () => {
  const more = buildThing({ name: "b" }).addStringNoLocale("https://example.org/p", "x").build();
  const changed = setThing(await getSolidDataset(BANK, asking()), more);
  equal((await refusal(saveSolidDatasetAt(BANK, changed, asking()))).statusCode, 403);
  equal((await refusal(deleteFile(BANK, asking()))).statusCode, 403);
});

// What others may not do either: to the app the rest of her pod is a stranger's.
const ELSEWHERE = [
  ["GET", SECRET],
  ["GET", `${SECRET}.acl`],
  ["GET", `${BANK}.acl`],
  ["GET", alice.pod],
  ["GET", `${alice.pod}.acl`],
  ["GET", `${alice.pod}private/`],
  ["GET", `${alice.pod}private/nothing`],
  ["GET", `${alice.pod}data/`],
  ["GET", alice.webid.split("#")[0]],
  ["GET", `${alice.pod}public/`],
  ["GET", `${alice.pod}inbox/`],
  ["DELETE", SECRET],
  ["DELETE", `${alice.pod}public/`],
  ["PUT", `${alice.pod}private/new`],
  ["PUT", `${alice.pod}public/new`],
  ["PUT", `${alice.pod}.acl`],
];

await test("everywhere else it gets what a stranger gets", async () => {
  const body = "<#a> <#b> <#c> .";
  for (const [method, url] of ELSEWHERE) {
    const init = method === "PUT" ? turtle(body) : { method };
    const [app, stranger] = [await session.fetch(url, init), await bob.fetch(url, init)];
    equal(app.status, stranger.status, `${method} ${url}`);
    const told = (answer) => answer.headers.get("wac-allow");
    equal(told(app), told(stranger), `${method} ${url}`);
    ok(method === "GET" || app.status === 403, `${method} ${url}`);
  }
});

await test("a file of hers is neither read nor written", async () => {
  const file = new Blob(["x"], { type: "text/plain" });
  equal((await refusal(getSolidDataset(SECRET, asking()))).statusCode, 403);
  equal((await refusal(overwriteFile(SECRET, file, asking()))).statusCode, 403);
});

await test("she stops it, and the next request is refused", async () => {
  await pages.open(`${base}.account/apps/`);
  await pages.stop("Stock");
  const answer = await session.fetch(BANK);
  ok([401, 403].includes(answer.status), String(answer.status));
});

end();
