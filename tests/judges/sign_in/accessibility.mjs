// The pages of sign-in, and those that are shown once, in both languages and both schemes of colours,
// as axe-core sees them; ../pages/looks.mjs looks at all others.
import { deepEqual, ok } from "node:assert/strict";
import { createServer } from "node:http";

import axe from "axe-core";
import * as client from "openid-client";

import { base, end, issuer, test, unique } from "../lib/cases.mjs";
import { launched, patient } from "../lib/chromium.mjs";

const PASSWORD = "a few plain words";
const app = createServer((_, answer) => answer.end("back"));
await new Promise((listening) => { app.listen(0, "127.0.0.1", listening); });
const LANDING = `http://127.0.0.1:${app.address().port}/back`;
const http = { execute: [client.allowInsecureRequests] };
const browser = await launched();
const config = await client.dynamicClientRegistration(
  new URL(issuer), { redirect_uris: [LANDING], client_name: "Plain" }, client.ClientSecretBasic(), http,
);
const challenge = await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier());
const asking = (more = {}) =>
  client.buildAuthorizationUrl(config, {
    redirect_uri: LANDING,
    scope: "openid webid offline_access",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  }).href;

async function violations(page, where) {
  // What is folded away is looked at too.
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.evaluate(axe.source);
  const { looked, found } = await page.evaluate(async () => {
    const { passes, violations } = await window.axe.run({ resultTypes: ["violations"] });
    return { looked: passes.map((rule) => rule.id), found: violations };
  });
  ok(looked.includes("color-contrast"), `${where}: nothing was looked at`);
  return found.map(({ id, impact, nodes }) => `${where}: ${id} (${impact}) ${nodes[0].html}`.slice(0, 200));
}

/** A browser of somebody in a language and colours, which notes what is wrong on the pages it sees. */
async function looking(locale, colorScheme) {
  const context = patient(await browser.newContext({ locale, colorScheme }));
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const found = [];
  const see = async (where) => found.push(...(await violations(page, where)));
  const visit = async (path) => {
    await page.goto(path.startsWith("http") ? path : base + path);
    await see(path.replace(/\?.*/, ""));
  };
  const send = (selector, fields) =>
    page.evaluate(
      ([chosen, filled]) => {
        const form = document.querySelector(chosen);
        for (const [field, value] of Object.entries(filled)) form.elements[field].value = value;
        form.requestSubmit(form.querySelector("[type=submit]"));
      },
      [selector, fields],
    );
  const signUp = async (kind) => {
    await page.goto(`${base}.account/sign-up/`);
    const name = `cleo${unique}${kind}${locale.slice(0, 2)}`;
    await send("form#sign-up", { name, password: PASSWORD });
    await page.locator("ol.codes").waitFor();
    return name;
  };
  return { context, page, found, see, visit, send, signUp };
}

/** What is wrong on the pages that somebody comes by who makes an account. */
async function walked(locale, colorScheme) {
  const { context, page, found, see, visit, send, signUp } = await looking(locale, colorScheme);
  for (const path of [".account/sign-in/", ".account/sign-up/", ".account/recover/"]) await visit(path);
  await visit(".oidc/auth?client_id=nobody");
  await visit(".oidc/interaction/over/");
  await visit(asking());
  await page.goto(`${base}.account/sign-up/`);
  await send("form#sign-up", { name: "no name", password: PASSWORD });
  await page.locator("[role=alert]:not([hidden])").waitFor();
  await see("sign-up, refused");
  await signUp("one");
  await see("welcome");
  for (const path of ["", "security/", "spaces/", "confirm/"]) await visit(`.account/${path}`);
  await page.goto(`${base}.account/security/`);
  await send("form[action$='/recovery']", {});
  await page.locator("ol.codes").waitFor();
  await see("security, with codes");
  await visit(asking());
  await visit(".oidc/session/end");
  await send("form", {});
  await page.waitForURL(/confirm/);
  await see("signed out");
  await context.close();
  return found;
}

/** What is wrong on the pages on which she says what others may do, and sees what they did. */
async function decided(locale, colorScheme) {
  const { context, page, found, see, visit, send, signUp } = await looking(locale, colorScheme);
  await signUp("two");
  await page.goto(asking());
  await send("form[action$='/consent']", {});
  await page.waitForURL(/data/);
  await see("what an app may do with her data");
  await page.evaluate(() => document.querySelectorAll("input[type=checkbox]").forEach((one) => { one.checked = true; }));
  await send("form.consent", {});
  await page.waitForURL(/back/);
  for (const path of ["apps/", "journal/", "requests/", "terms/"]) await visit(`.account/${path}`);
  await page.goto(`${base}.account/journal/`);
  await visit(await page.evaluate(() => document.querySelector("a[href*='why']").href));
  await page.goto(`${base}.account/journal/`);
  await send("form[action$='/verify']", {});
  await page.locator("[role=status]").waitFor();
  await see("journal, checked");
  await page.goto(`${base}.account/apps/`);
  await send("form[action$='/apps/stop']", {});
  await page.waitForURL(/stopped/);
  await see("stopped");
  await context.close();
  return found;
}

await test("in English, light", async () => deepEqual(await walked("en-GB", "light"), []));
await test("in French, dark", async () => deepEqual(await walked("fr-FR", "dark"), []));

await test("what others may do, in French, dark", async () => deepEqual(await decided("fr-FR", "dark"), []));

await browser.close();
end();
