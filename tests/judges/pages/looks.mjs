// Every page that a person can come to, looked at in a real browser: what axe-core says, what the
// keyboard comes to, what it weighs, whom it asks, how narrow it may be.
import { deepEqual } from "node:assert/strict";

import { asks } from "../lib/asking.mjs";
import { base, bob, end, person, test } from "../lib/cases.mjs";
import { launched } from "../lib/chromium.mjs";
import * as sight from "../lib/sight.mjs";
import { DESKTOP, Somebody } from "../lib/somebody.mjs";
import { said } from "../lib/words.mjs";

const PLACES = JSON.parse(process.env.PLACES);
const BROUGHT = JSON.parse(process.env.BROUGHT);
const { ALL } = process.env;
let again = 0;
const HEAVIEST = 60_000; // bytes, of a page with all that comes with it, as they are sent
const NARROW = { width: 320, height: 640 }; // CSS pixels: what a window of 1280 has at a zoom of 400 %
const NO_PAGE = /\.(?:csv|json|ttl)$|\/(?:file|progress|record)$/;
const FILTERS = ["space", "month", "kind", "category", "page", "origin", "of", "item"];
const GREAT = ["accept", "propose", "refuse"].map((name) => `consent.answer_${name}`);
const GIVEN = ["accept", "later", "refuse"].map((name) => `consent.given_${name}`);
const answers = (where) => (where.includes("/reduce") ? GIVEN : GREAT);
const nora = person("NORA");
const wrong = {};
const note = (what, where, found) => (wrong[what] ??= []).push(...found.map((one) => `${where}: ${one}`));
const weights = new Map();
const reached = new Map();

const browser = await launched();
const quiet = { reducedMotion: "reduce" };
const wide = await Somebody.in(browser, "fr", DESKTOP, { colorScheme: "light", ...quiet });
const narrow = await Somebody.in(browser, "en", NARROW, { colorScheme: "dark", ...quiet });
await Promise.all([wide.signIn(nora), narrow.signIn(nora)]);

/** What a page asks for, and what the browser has to say against it, since `begin`. */
async function watched({ page }) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const seen = { begin: () => Object.assign(seen, { bytes: 0, asked: [], told: [] }) };
  session.on("Network.loadingFinished", ({ encodedDataLength }) => { seen.bytes += encodedDataLength; });
  session.on("Network.requestWillBeSent", ({ request }) => seen.asked.push(request.url));
  page.on("console", (message) => seen.told.push(message.text().slice(0, 200)));
  page.on("pageerror", (error) => seen.told.push(String(error)));
  return seen.begin();
}

const seen = await watched(wide);

/** Looks at the page that is open; once more, narrow and dark, while the next is being looked at. */
async function look(where) {
  const { page } = wide;
  weights.set(where, Math.round(seen.bytes));
  note("elsewhere", where, seen.asked.filter((url) => !url.startsWith(base)));
  note("told", where, seen.told);
  note("weight", where, seen.bytes < HEAVIEST ? [] : [`${Math.round(seen.bytes)} bytes`]);
  note("motion", where, await sight.motion(page));
  note("order", where, await sight.order(page));
  note("touching", where, await sight.touching(page));
  note("keyboard", where, await sight.keyboard(page));
  note("answers", where, await sight.weight(page, answers(where).map((name) => said("fr", name))));
  note("axe", where, await sight.violations(page));
  reached.set(where.split("?")[0], where);
}

async function lookAgain(href, place) {
  const { page } = narrow;
  const where = `${place}, narrow and dark`;
  await page.goto(href);
  note("width", where, await sight.width(page));
  note("touching", where, await sight.touching(page));
  note("order", where, await sight.order(page));
  note("answers", where, await sight.weight(page, answers(where).map((name) => said("en", name))));
  // Colours and words are those of few parts: with ALL=yes each page is looked at once more.
  if (ALL || again++ % 4 === 0) note("axe", where, await sight.violations(page, { again: true }));
  await sight.unfolded(page);
  note("width", `${where}, unfolded`, await sight.width(page));
}

/** A page by its address and the names in it: all that differ only in what is named look alike. */
function kind({ pathname, searchParams }) {
  const names = [...new Set(searchParams.keys())].filter((name) => !FILTERS.includes(name)).sort();
  return names.length ? `${pathname}?${names.join("&")}` : pathname;
}

/** Whether a page of this kind was seen, or one that the same is chosen from. */
function isKnown(where, known) {
  const [path, names] = where.split("?");
  const all = new Set(names?.split("&"));
  const isPart = (some) => some.every((name) => all.has(name));
  return known.has(where) || [...known].some((one) => {
    const [other, few] = one.split("?");
    return other === path && few && names && isPart(few.split("&"));
  });
}

const isPage = ({ href, pathname }) =>
  href.startsWith(`${base}.account/`) && !NO_PAGE.test(pathname);

/** All that links lead to, from the pages that the server has. */
async function walk() {
  const waiting = PLACES.map((place) => new URL(place, base));
  const known = new Set();
  let behind = Promise.resolve();
  while (waiting.length) {
    const url = waiting.shift();
    url.hash = "";
    const where = kind(url);
    if (isKnown(where, known) || NO_PAGE.test(url.pathname)) continue;
    seen.begin();
    const answer = await wide.page.goto(url.href);
    if (answer.status() !== 200) {
      // One of the list may have to be told about what; a link says that.
      if (!PLACES.includes(url.pathname + url.search)) note("told", url.href, [`${answer.status()}`]);
      continue;
    }
    known.add(where);
    const links = await wide.page.evaluate(() => [...document.querySelectorAll("a[href]")].map((one) => new URL(one.getAttribute("href"), document.baseURI).href));
    await look(where);
    behind = behind.then(() => lookAgain(url.href, where)).catch((error) => note("told", where, [String(error)]));
    waiting.push(...links.map((href) => new URL(href)).filter(isPage));
  }
  await behind;
}

/** Does something on the page that leads to another one, and looks at that. */
async function then(act) {
  seen.begin();
  const before = wide.page.url();
  await act();
  await wide.page.waitForURL((at) => at.href !== before);
  const where = kind(new URL(wide.page.url()));
  const href = wide.page.url();
  await look(where);
  await lookAgain(href, where);
  await wide.page.goto(href);
}

/** A form that does not fit: the page opens on what is wrong, and that leads to the field. */
async function fails() {
  const { page } = wide;
  await page.goto(`${base}.account/add/own?class=Contract`);
  await sight.unfolded(page);
  await page.fill('[name="said-sd:periodicPrice"]', "much");
  await page.evaluate(() => { document.querySelector("main form").noValidate = true; });
  await wide.press("own.keep");
  await page.waitForFunction(() => document.activeElement.matches("[role=alert]"));
  const to = await page.evaluate(() => document.activeElement.querySelector("a").click() ?? document.querySelector(":target")?.ariaInvalid);
  note("failed", page.url(), to === "true" ? [] : ["what is wrong leads to no field"]);
  note("axe", page.url(), await sight.violations(page));
}

/** The pages that come after something was done. */
async function act() {
  const { page } = wide;
  await fails();
  await page.goto(`${base}.account/requests/`);
  await wide.follow("requests.look");
  await then(() => wide.press("consent.answer_accept"));
  await then(() => page.goto(page.url().replace("receipt", "report")));
  await bob.fetch(`${nora.pod}annotations/`);
  for (const name of ["record", "reduce"]) {
    await page.goto(`${base}.account/apps/`);
    await then(() => wide.follow(`access.${name}`));
  }
  await page.goto(`${base}.account/requests/exercise`);
  await then(() => wide.press("consent.answer_accept"));
  await page.goto(`${base}.account/apps/`);
  await then(() => wide.press("access.stop"));
  await then(() => wide.press("erasure.ask"));
  await page.goto(`${base}.account/add/`);
  await page.getByLabel(wide.say("add.files")).first().setInputFiles(BROUGHT);
  await then(() => wide.press("add.submit"));
  await then(() => wide.press("arrival.keep"));
}

const trouble = await (async () => {
  await asks(nora.pod);
  await walk();
  await act();
})().catch((error) => error);

await test("every page of hers is come by", async () => {
  if (trouble) throw trouble;
  deepEqual(PLACES.filter((place) => !NO_PAGE.test(place) && !reached.has(place)), []);
});

const nothing = (what) => deepEqual(wrong[what], []);
await test("axe-core finds nothing, in both languages and schemes of colours", async () => nothing("axe"));
await test("things are read in the order in which they stand, wide and narrow", async () => nothing("order"));
await test("the keyboard comes to everything, and one sees where it is", async () => nothing("keyboard"));
await test("at a zoom of 400 % no page is wider than the window", async () => nothing("width"));
await test("no two buttons touch, wide and narrow", async () => nothing("touching"));
await test("nothing moves for who wants nothing to", async () => nothing("motion"));
await test("the answers to who asks are of the same size", async () => nothing("answers"));
await test("a page with all that it needs is below 60 kB", async () => nothing("weight"));
await test("a form that failed opens on what is wrong, which leads to its field", async () => nothing("failed"));
await test("nobody else is asked for anything", async () => nothing("elsewhere"));
await test("no page says anything against its policy, and no script breaks", async () => nothing("told"));

if (process.env.TOLD) console.error([...weights].map(([where, bytes]) => `${bytes}\t${where}`).join("\n"));
await browser.close();
end();
