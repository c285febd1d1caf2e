// Takes a picture of each page, as Camille of the demonstration has it, and says what is on it: a
// line of JSON for each. OUT is the folder for them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { NAME as APP, opened } from "../lib/budget_app.mjs";
import { base, person, unique } from "../lib/cases.mjs";
import { launched } from "../lib/chromium.mjs";
import { DESKTOP, PHONE, Somebody } from "../lib/somebody.mjs";

const { OUT, BROUGHT } = process.env;
const FILES = JSON.parse(BROUGHT);
const QUALITY = 62; // of WebP; letters stay sharp, and a page has some tens of kilobytes
const TALLEST = 2400; // pixels; what is below looks like what is above
const PASSWORD = "a few plain words";
const camille = person("CAMILLE");
const browser = await launched();

class Sitter extends Somebody {
  async takes(name, sentence) {
    const { page } = this;
    const client = (this.client ??= await page.context().newCDPSession(page));
    const { width } = page.viewportSize();
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width, height: Math.min(whole, TALLEST), scale: 1 };
    const how = { format: "webp", quality: QUALITY, captureBeyondViewport: true, clip };
    const { data } = await client.send("Page.captureScreenshot", how);
    writeFileSync(join(OUT, `${name}.webp`), Buffer.from(data, "base64"));
    if (sentence) console.log(JSON.stringify({ name, sentence }));
  }

  async goes(path) {
    const answer = await this.page.goto(base + path);
    if (answer && answer.status() !== 200) throw new Error(`${path}: ${answer.status()}`);
  }

  /** The address that a link of this kind on the page leads to. */
  leads(part) {
    return this.page.evaluate((wanted) => document.querySelector(`main a[href*="${wanted}"]`)?.href ?? "", part);
  }
}

/** Budget Malin is given bank data, and reads them. */
async function given(who) {
  const app = await opened();
  const sign = await app.begin();
  await who.page.goto(sign.url);
  await who.takes("sign-in-to-an-app", "An app asks who she is: what it is called, where it leads back to, and that it gets only what she accepts.");
  await who.press("authorize.allow");
  await who.at("app_data.title", { app: "Budget Malin SAS" });
  await who.takes("consent", "What an app asks for: who, what for, which data with her own values, where they go, how long; three answers of one weight.");
  await who.press("consent.answer_accept");
  await who.page.waitForURL(sign.isBack);
  await sign.redeem(who.page.url());
  await sign.read(`${camille.pod}data/bank/`);
  await sign.read(`${camille.pod}data/energy/`);
  return app;
}

/** The pages that are the same for all languages of pictures: name, address, sentence. */
const PLAIN = [
  ["home", ".account/", "Home: what waits for her, what her data tell, questions, how fresh her sources are."],
  ["data", ".account/data/", "My data, by domain of her life."],
  ["domain", ".account/data/?domain=money", "A domain: what kinds of data it has, from whom, since when."],
  ["answers", ".account/recipes/", "Three questions of every day, with their answers."],
  ["budget", ".account/recipes/budget/", "Where her money goes, by month and item; each euro once."],
  ["energy", ".account/recipes/energy/", "Her energy against last year, and against the bills."],
  ["suppliers", ".account/recipes/suppliers/", "Whom she pays what, and what ends when."],
  ["timeline", ".account/timeline/", "Everything over time."],
  ["year", `.account/timeline/?when=${new Date().getFullYear()}`, "A year of everything, by week."],
  ["add", ".account/add/", "Bringing files: chosen or dropped, looked at before anything is kept."],
  ["own", ".account/add/own", "A record of her own, or a word on one that is wrong."],
  ["organisations", ".account/organisations/", "What each organisation gave, and when."],
  ["apps", ".account/apps/", "Her apps: what each may see, what it really read, pause and stop."],
  ["requests", ".account/requests/", "Requests that wait for her answer."],
  ["journal", ".account/journal/", "Who read what, and what for, day by day."],
  ["settings", ".account/settings/", "Settings: language, security, conditions, take everything along, leave."],
  ["security", ".account/security/", "Passkeys, passwords, recovery codes, and where she is signed in."],
  ["terms", ".account/terms/", "The conditions that apps have to accept."],
  ["spaces", ".account/spaces/", "Her spaces, and the addresses that she is known by."],
  ["delete", ".account/settings/delete/", "What would be lost, before anything is deleted."],
  ["catalogue", "ns/catalogue", "What organisations give back, for anybody to see."],
  ["vocabulary", "ns/selfdata", "What each kind of data and each field means, for anybody to see."],
  ["about", "about", "What this server is, who runs it, and what it does."],
  ["patterns", "about/patterns", "The parts that pages are made of."],
];
const MAIN = ["home", "data", "budget", "energy", "apps", "journal"];

/** Those of the list that this server has. */
async function plain(who, suffix, names) {
  for (const [name, path, sentence] of PLAIN) {
    if (!names.includes(name)) continue;
    const answer = await who.page.goto(base + path);
    if (answer.status() !== 200) { console.error(`${path}: ${answer.status()}`); continue; }
    await who.takes(name + suffix, suffix ? "" : sentence);
  }
}

async function stranger() {
  const who = await Sitter.in(browser, "fr", DESKTOP);
  await who.goes("");
  await who.takes("front", "The first page, for who has nothing yet.");
  await who.goes(".account/sign-in/");
  await who.takes("sign-in", "Signing in, with a passkey or a password.");
  await who.goes(".account/recover/");
  await who.takes("recover", "Coming back in with a recovery code.");
  await who.goes(".account/sign-up/");
  await who.takes("sign-up", "Making a space: a name, and a passkey or a password; no address of e-mail.");
  await who.fill("sign_up.name", `zoe${unique}`);
  await who.page.getByLabel(who.say("sign_up.password")).last().fill(PASSWORD);
  await who.press("sign_up.submit");
  await who.at("welcome.title");
  await who.takes("welcome", "The space is made: codes to keep, and what is good to know.");
  await who.follow("welcome.go_on");
  await who.page.waitForURL(`${base}.account/`);
  await who.takes("home-with-nothing", "Home, before there is anything: where to begin.");
  await who.goes(".account/add/");
  await who.field("add.files").setInputFiles(FILES);
  await who.press("add.submit");
  await who.at("arrival.title");
  await who.takes("recognised", "What was recognised in three files, before anything is kept.");
  await who.press("arrival.keep");
  await who.at("arrived.title");
  await who.takes("kept", "What was kept: first facts, and a first drawing.");
  await who.close();
}

async function hers() {
  const who = await Sitter.in(browser, "fr", DESKTOP);
  await who.signIn(camille);
  const app = await given(who);
  await plain(who, "", PLAIN.map(([name]) => name));
  await who.goes(".account/data/?domain=money");
  await who.page.goto(await who.leads("class="));
  await who.takes("category", "One kind of data: a chart, the rows, where they come from, who can read them, help on each field.");
  await who.page.goto(await who.leads("record="));
  await who.takes("record", "One row: what it says, where it comes from, what it said before.");
  await who.goes(".account/data/");
  await who.page.goto(await who.leads("class=SeriesChunk"));
  await who.takes("half-hours", "Half hours of a month as a calendar, with the month before and the year before.");
  await who.goes(".account/organisations/");
  const one = await who.leads("organisations/");
  if (one) { await who.page.goto(one); await who.takes("organisation", "One organisation: files, what could not be read, whom to call."); }
  await who.goes(".account/requests/");
  await who.page.goto(await who.leads("requests/one"));
  await who.takes("request", "A request, with the very rows that would be given.");
  await who.press("consent.answer_accept");
  await who.page.waitForURL(/receipt|confirm/);
  await who.takes("receipt", "What was agreed to, and where to stop it.");
  await who.goes(".account/apps/");
  await who.page.goto(await who.leads("apps/reduce"));
  await who.takes("reduce", "Giving less of what was given: fewer data, or a nearer end.");
  await who.goes(".account/requests/exercise");
  await who.takes("exercise", "The first steps: deciding on a made-up request, with her own data.");
  await who.goes(".account/journal/");
  await who.page.goto(await who.leads("journal/why"));
  await who.takes("why", "Why something was allowed, or was not.");
  await who.close();
  return app;
}

async function others() {
  for (const [suffix, viewport, colorScheme] of [["-phone", PHONE, "light"], ["-dark", DESKTOP, "dark"]]) {
    const who = await Sitter.in(browser, "fr", viewport, { colorScheme });
    await who.signIn(camille);
    await plain(who, suffix, MAIN);
    await who.close();
  }
}

async function stops(app) {
  const who = await Sitter.in(browser, "fr", DESKTOP);
  await who.signIn(camille);
  await who.goes(".account/apps/");
  await who.press("apps.stop_app", { app: APP });
  await who.page.waitForURL(/stopped/);
  await who.takes("stopped", "An app is stopped: what works no more, and what it may have kept.");
  await who.press("erasure.ask");
  await who.at("erasure.title");
  await who.takes("erasure", "Asking an app to erase what it has read: a letter, and until when an answer is due.");
  await who.close();
  app.close();
}

await stranger();
const app = await hers();
await others();
await stops(app);
await browser.close();
