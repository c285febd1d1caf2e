// @inrupt/solid-client, signed in with @inrupt/solid-client-authn-node.
import { deepEqual, equal, ok } from "node:assert/strict";

import * as solid from "@inrupt/solid-client";
import { Session } from "@inrupt/solid-client-authn-node";

import { alice, bob, end, issuer, refusal, test, unique } from "../lib/cases.mjs";

const NAME = "https://schema.org/name";
const container = `${alice.pod}inrupt-${unique}/`;
const document = `${container}data.ttl`;
const session = new Session();
const other = new Session();
const as = { fetch: session.fetch };
const asBob = { fetch: other.fetch };

const credentials = (who, tokenType) => ({
  oidcIssuer: issuer,
  clientId: who.clientId,
  clientSecret: who.clientSecret,
  tokenType,
});

await test("sign in with client credentials, DPoP", async () => {
  await session.login(credentials(alice, "DPoP"));
  ok(session.info.isLoggedIn);
  equal(session.info.webId, alice.webid);
});

await test("sign in with client credentials, Bearer", async () => {
  const bearer = new Session();
  await bearer.login(credentials(bob, "Bearer"));
  ok(bearer.info.isLoggedIn);
  equal((await bearer.fetch(bob.pod)).status, 200);
  await bearer.logout();
});

await test("sign in as somebody else", async () => {
  await other.login(credentials(bob));
  equal(other.info.webId, bob.webid);
});

await test("find the pod from the WebID", async () => {
  ok((await solid.getPodUrlAll(alice.webid, as)).includes(alice.pod));
});

await test("create a container", () => solid.createContainerAt(container, as));

await test("create a dataset", async () => {
  const thing = solid
    .buildThing({ url: `${document}#it` })
    .addStringNoLocale(NAME, "one")
    .addInteger("https://schema.org/age", 4)
    .addDatetime("https://schema.org/date", new Date(0))
    .addStringWithLocale("https://schema.org/title", "un", "fr")
    .build();
  await solid.saveSolidDatasetAt(document, solid.setThing(solid.createSolidDataset(), thing), as);
});

await test("read a dataset", async () => {
  const thing = solid.getThing(await solid.getSolidDataset(document, as), `${document}#it`);
  equal(solid.getStringNoLocale(thing, NAME), "one");
  equal(solid.getInteger(thing, "https://schema.org/age"), 4);
  deepEqual(solid.getDatetime(thing, "https://schema.org/date"), new Date(0));
  equal(solid.getStringWithLocale(thing, "https://schema.org/title", "fr"), "un");
});

await test("update a dataset", async () => {
  const before = await solid.getSolidDataset(document, as);
  const changed = solid.setStringNoLocale(solid.getThing(before, `${document}#it`), NAME, "two");
  await solid.saveSolidDatasetAt(document, solid.setThing(before, changed), as);
  const after = await solid.getSolidDataset(document, as);
  deepEqual(solid.getStringNoLocaleAll(solid.getThing(after, `${document}#it`), NAME), ["two"]);
});

await test("remove a thing from a dataset", async () => {
  const more = solid.buildThing({ url: `${document}#gone` }).addStringNoLocale(NAME, "x").build();
  const before = await solid.getSolidDataset(document, as);
  const kept = await solid.saveSolidDatasetAt(document, solid.setThing(before, more), as);
  await solid.saveSolidDatasetAt(document, solid.removeThing(kept, `${document}#gone`), as);
  const after = await solid.getSolidDataset(document, as);
  equal(solid.getThing(after, `${document}#gone`), null);
});

await test("a second creation at the same address is refused with 412", async () => {
  const thing = solid.buildThing({ url: `${document}#x` }).addStringNoLocale(NAME, "no").build();
  const dataset = solid.setThing(solid.createSolidDataset(), thing);
  equal((await refusal(solid.saveSolidDatasetAt(document, dataset, as))).statusCode, 412);
});

await test("a file comes back byte for byte, with its type", async () => {
  const bytes = new Uint8Array(70_000).map((_, index) => index * 7);
  const blob = new Blob([bytes], { type: "application/octet-stream" });
  await solid.overwriteFile(`${container}file.bin`, blob, as);
  const file = await solid.getFile(`${container}file.bin`, as);
  deepEqual(new Uint8Array(await file.arrayBuffer()), bytes);
  equal(solid.getContentType(file), "application/octet-stream");
});

await test("save a file in a container, with a suggested name", async () => {
  const blob = new Blob(["hi"], { type: "text/plain" });
  const file = await solid.saveFileInContainer(container, blob, { ...as, slug: "slugged.txt" });
  ok(solid.getSourceUrl(file).includes("slugged"));
});

await test("create a container in a container", async () => {
  const made = await solid.createContainerInContainer(container, { ...as, slugSuggestion: "kid" });
  ok(solid.isContainer(made));
});

await test("list what a container has", async () => {
  const listed = await solid.getSolidDataset(container, as);
  equal(solid.getContainedResourceUrlAll(listed).length, 4);
});

await test("what is said of a file", async () => {
  const about = await solid.getResourceInfo(`${container}file.bin`, as);
  ok(solid.isRawData(about));
  ok(solid.getLinkedResourceUrlAll(about).acl);
});

await test("somebody without access is refused with 403", async () => {
  equal((await refusal(solid.getSolidDataset(document, asBob))).statusCode, 403);
});

await test("a stranger is refused with 401", async () => {
  equal((await refusal(solid.getSolidDataset(document))).statusCode, 401);
});

await test("universal access: let somebody read", async () => {
  const access = await solid.universalAccess.setAgentAccess(document, bob.webid, { read: true }, as);
  equal(access.read, true);
  ok(solid.getThing(await solid.getSolidDataset(document, asBob), `${document}#it`));
});

await test("effective access from WAC-Allow", async () => {
  const about = await solid.getResourceInfo(document, asBob);
  const expected = { read: true, append: false, write: false };
  deepEqual(solid.getEffectiveAccess(about).user, expected);
});

await test("universal access: what somebody may do", async () => {
  const access = await solid.universalAccess.getAgentAccess(document, bob.webid, as);
  deepEqual([access.read, access.write], [true, false]);
});

await test("universal access: all agents", async () => {
  const all = await solid.universalAccess.getAgentAccessAll(document, as);
  equal(all[bob.webid].read, true);
  equal(all[alice.webid].controlWrite, true);
});

await test("universal access: let everybody read, and no more", async () => {
  await solid.universalAccess.setPublicAccess(document, { read: true }, as);
  ok(await solid.getSolidDataset(document));
  const { read, write } = await solid.universalAccess.getPublicAccess(document, as);
  deepEqual([read, write], [true, false]);
});

await test("universal access: take it back", async () => {
  await solid.universalAccess.setPublicAccess(document, { read: false }, as);
  equal((await refusal(solid.getSolidDataset(document))).statusCode, 401);
});

await test("WAC: an ACL of a container, by default for what is in it", async () => {
  const withAcl = await solid.getSolidDatasetWithAcl(container, as);
  ok(solid.hasAccessibleAcl(withAcl));
  const before = solid.hasResourceAcl(withAcl)
    ? solid.getResourceAcl(withAcl)
    : solid.createAclFromFallbackAcl(withAcl);
  const modes = { read: true, append: true, write: false, control: false };
  await solid.saveAclFor(withAcl, solid.setAgentDefaultAccess(before, bob.webid, modes), as);
  equal((await other.fetch(`${container}file.bin`)).status, 200);
});

await test("WAC: an ACL of its own is deleted", async () => {
  const withAcl = await solid.getSolidDatasetWithAcl(document, as);
  ok(solid.hasResourceAcl(withAcl));
  await solid.deleteAclFor(withAcl, as);
  ok(!solid.hasResourceAcl(await solid.getSolidDatasetWithAcl(document, as)));
});

await test("the description of the storage", () => solid.getWellKnownSolid(container, as));

await test("the profiles of a WebID", async () => {
  const { webIdProfile } = await solid.getProfileAll(alice.webid, as);
  ok(solid.getThing(webIdProfile, alice.webid));
});

await test("a container with something in it is not deleted, with 409", async () => {
  equal((await refusal(solid.deleteContainer(container, as))).statusCode, 409);
});

await test("delete everything", async () => {
  await remove(container);
  equal((await session.fetch(container)).status, 404);
});

async function remove(url) {
  if (!url.endsWith("/")) return solid.deleteFile(url, as);
  const listed = await solid.getSolidDataset(url, as);
  for (const inside of solid.getContainedResourceUrlAll(listed)) await remove(inside);
  return solid.deleteContainer(url, as);
}

await session.logout();
await other.logout();
end();
