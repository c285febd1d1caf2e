// The whole way in a real browser: a space is made, apps of another origin are signed in to, used,
// come back after a reload, and are signed out of; with scripts on our pages and without.
import { deepEqual, equal, match, ok } from "node:assert/strict";

import * as client from "openid-client";

import { serving } from "../lib/apps.mjs";
import { base, end, issuer, test, unique } from "../lib/cases.mjs";
import { launched, patient, withPasskeys } from "../lib/chromium.mjs";

const apps = await serving(issuer, ["inrupt", "uvdsl"]);
const browser = await launched();
const name = `ada${unique}`;
const webid = `${base}${name}/profile/card#me`;
/** Lets the app do all that she may, as she could on other servers. */
async function authorize(page) {
  await page.getByLabel("Everything that you can do").check();
  await press(page, "Authorize");
}

const press = (page, label) => page.getByRole("button", { name: label }).click();
const titled = (page, title) => page.getByRole("heading", { level: 1, name: title }).waitFor();
const told = (page, text) =>
  page.waitForFunction((wanted) => document.querySelector("output")?.textContent === wanted, text);

const context = patient(await browser.newContext());
const page = await withPasskeys(context);
page.setDefaultTimeout(15_000);
const broken = [];
const visited = [];
page.on("pageerror", (error) => broken.push(String(error)));
page.on("request", (request) => visited.push(request.url()));

await test("a space is made with a passkey, and recovery codes are shown", async () => {
  await page.goto(`${base}.account/sign-up/`);
  await page.getByLabel("A name for your space").fill(name);
  await press(page, "Make it with a passkey");
  await titled(page, "Your space is ready");
  equal(await page.locator("ol.codes li").count(), 8);
  await page.getByRole("link", { name: "I have kept the codes" }).click();
  await titled(page, `Hello ${name[0].toUpperCase()}${name.slice(1)}`);
});

async function signedIn(app) {
  await page.goto(`${apps.origin}/${app}/`);
  await told(page, "nobody");
  await press(page, "Sign in");
}

await test("she signs in to an app with her passkey, allows it, and is back", async () => {
  await context.clearCookies();
  await signedIn("inrupt");
  await titled(page, "Sign in");
  await press(page, "Sign in with a passkey");
  await titled(page, "Allow App inrupt?");
  ok(await page.getByText(`${apps.origin}/inrupt/id`).isVisible());
  await authorize(page);
  await told(page, webid);
  equal(new URL(page.url()).origin, apps.origin);
});

const SECRET = `${base}${name}/secret`;
const write = { method: "PUT", headers: { "content-type": "text/plain" }, body: "hers" };
const ask = (url, init) => page.evaluate(([at, how]) => window.ask(at, how), [url, init]);

await test("the app writes and reads what is hers alone", async () => {
  deepEqual((await ask(SECRET, write))[0], 201);
  deepEqual(await ask(SECRET, {}), [200, "hers"]);
  equal((await fetch(SECRET)).status, 401);
});

await test("after a reload the app is signed in again, and she is asked nothing", async () => {
  visited.length = 0;
  await page.goto(`${apps.origin}/inrupt/`);
  await told(page, webid);
  ok(visited.some((url) => url.startsWith(`${base}.oidc/auth`) && url.includes("prompt=none")));
  ok(!visited.some((url) => url.includes("/.oidc/interaction/")));
  deepEqual(await ask(SECRET, {}), [200, "hers"]);
});

await test("she signs out, and nobody is signed in", async () => {
  await press(page, "Sign out");
  await page.waitForURL(/\/inrupt\/bye/);
  const names = (await context.cookies(base)).map((cookie) => cookie.name);
  ok(!names.includes("css-account"), String(names));
  await page.goto(`${apps.origin}/inrupt/`);
  await told(page, "nobody");
});

await test("an app with another library: in, reload, out", async () => {
  await signedIn("uvdsl");
  await press(page, "Sign in with a passkey");
  await authorize(page);
  await told(page, webid);
  deepEqual(await ask(SECRET, {}), [200, "hers"]);
  await page.goto(`${apps.origin}/uvdsl/`);
  await told(page, webid);
  deepEqual(await ask(SECRET, {}), [200, "hers"]);
  await press(page, "Sign out");
  await told(page, "nobody");
});

await test("no script of any page breaks", async () => deepEqual(broken, []));
await context.close();

// --- without scripts on our pages, and without a mouse --------------------------------------------

const http = { execute: [client.allowInsecureRequests] };
const LANDING = `${apps.origin}/plain/`;

/** Where an app that is new here sends somebody, and what it does when she is back. */
async function asked() {
  const said = {
    redirect_uris: [LANDING],
    post_logout_redirect_uris: [`${LANDING}bye`],
    client_name: "Plain",
  };
  const config = await client.dynamicClientRegistration(
    new URL(issuer), said, client.ClientSecretBasic(), http,
  );
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const code_challenge = await client.calculatePKCECodeChallenge(pkceCodeVerifier);
  const url = (more = {}) =>
    client.buildAuthorizationUrl(config, {
      redirect_uri: LANDING,
      scope: "openid webid",
      state: expectedState,
      code_challenge,
      code_challenge_method: "S256",
      ...more,
    }).href;
  const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const redeem = (at) =>
    client.authorizationCodeGrant(
      config, new URL(at), { pkceCodeVerifier, expectedState }, undefined, { DPoP: dpop },
    );
  const leave = (id_token_hint) =>
    client.buildEndSessionUrl(config, {
      id_token_hint, post_logout_redirect_uri: `${LANDING}bye`,
    }).href;
  return { url: url(), silent: url({ prompt: "none" }), redeem, leave };
}

const PASSWORD = "a few plain words";
const other = `bea${unique}`;
const scriptless = patient(await browser.newContext({ javaScriptEnabled: false }));
const plain = await scriptless.newPage();
plain.setDefaultTimeout(15_000);

await test("without scripts a space is made with a password", async () => {
  await plain.goto(`${base}.account/sign-up/`);
  equal(await plain.getByRole("button", { name: "passkey" }).count(), 0);
  await plain.getByLabel("A name for your space").fill(other);
  await plain.getByLabel("A password").fill(PASSWORD);
  await press(plain, "Make it with this password");
  await titled(plain, "Your space is ready");
  equal(await plain.locator("ol.codes li").count(), 8);
});

const scriptlessApp = await asked();

await test("without scripts she signs in to an app, and goes back with a code", async () => {
  await scriptless.clearCookies();
  const { url, redeem } = scriptlessApp;
  await plain.goto(url);
  await plain.getByLabel("E-mail address or name").fill(other);
  await plain.getByLabel("Password").fill(PASSWORD);
  await press(plain, "Sign in");
  await titled(plain, "Allow Plain?");
  await authorize(plain);
  await plain.waitForURL((at) => at.href.startsWith(LANDING));
  equal((await redeem(plain.url())).claims().webid, `${base}${other}/profile/card#me`);
});

await test("without scripts she comes back and is asked nothing, and signs out", async () => {
  const { silent, redeem, leave } = scriptlessApp;
  await plain.goto(silent);
  await plain.waitForURL((at) => at.href.startsWith(LANDING));
  const tokens = await redeem(plain.url());
  equal(tokens.claims().webid, `${base}${other}/profile/card#me`);
  await plain.goto(leave(tokens.id_token));
  await plain.waitForURL((at) => at.href.startsWith(`${LANDING}bye`));
  const names = (await scriptless.cookies(base)).map((cookie) => cookie.name);
  ok(!names.includes("css-account"), String(names));
  await plain.goto(silent);
  await plain.waitForURL((at) => at.href.startsWith(LANDING));
  match(plain.url(), /error=login_required/);
});

await test("with the keyboard alone she signs in and allows an app", async () => {
  const keyboard = patient(await browser.newContext());
  const keys = await keyboard.newPage();
  keys.setDefaultTimeout(15_000);
  const { url, redeem } = await asked();
  await keys.goto(url);
  const focused = () =>
    keys.evaluate(() => {
      const { tagName, type, name: field, value } = document.activeElement;
      const style = getComputedStyle(document.activeElement);
      const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return { what: field || value || document.activeElement.textContent.trim(), tagName, type, seen };
    });
  async function tabTo(what) {
    for (let step = 0; step < 12; step += 1) {
      await keys.keyboard.press("Tab");
      const at = await focused();
      ok(at.tagName === "BODY" || at.seen, `nobody sees that ${at.what} has the focus`);
      if (at.what === what) return;
    }
    throw new Error(`${what} cannot be reached with the keyboard`);
  }
  await tabTo("email");
  await keys.keyboard.type(other);
  await tabTo("password");
  await keys.keyboard.type(PASSWORD);
  await keys.keyboard.press("Enter");
  await titled(keys, "Allow Plain?");
  await tabTo("access");
  await keys.keyboard.press("ArrowDown");
  await tabTo("decision");
  await keys.keyboard.press("Enter");
  await keys.waitForURL((at) => at.href.startsWith(LANDING));
  ok((await redeem(keys.url())).access_token);
  await keyboard.close();
});

await test("who changes her mind goes back without a code", async () => {
  await scriptless.clearCookies();
  const { url } = await asked();
  await plain.goto(url);
  await plain.getByLabel("E-mail address or name").fill(other);
  await plain.getByLabel("Password").fill(PASSWORD);
  await press(plain, "Sign in");
  await press(plain, "Refuse");
  await plain.waitForURL((at) => at.href.startsWith(LANDING));
  match(plain.url(), /error=access_denied/);
});

await browser.close();
apps.close();
end();
