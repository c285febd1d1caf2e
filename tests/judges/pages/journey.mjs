// The whole way, as a person goes it who has nothing yet: a space, three files, a first answer, an
// app that gets less than it asks for, what it did, its end, everything taken along, and nothing
// left. With scripts and without, in French and in English, on a telephone and on a desk.
//
// ALL=yes goes each of the eight ways; else four, in which each two of the three things meet.
import { deepEqual, equal, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { MAKER, NAME as APP, opened } from "../lib/budget_app.mjs";
import { base, end, test, unique } from "../lib/cases.mjs";
import { launched } from "../lib/chromium.mjs";
import { violations } from "../lib/sight.mjs";
import { DESKTOP, PHONE, Somebody } from "../lib/somebody.mjs";

const { ALL, BROUGHT, PYTHON, TOLD } = process.env;
const FILES = JSON.parse(BROUGHT);
const LABELS = JSON.parse(process.env.LABELS);
const PASSWORD = "a few plain words";
const MOST_ACTS = 10; // from nothing to a first value: with what is to be read, two minutes
const browser = await launched();
const app = await opened();
const wrong = [];
const took = [];

class Journey extends Somebody {
  acts = 0; // that she has done; how long the machine takes is not hers

  press(...words) {
    this.acts += 1;
    return super.press(...words);
  }

  follow(...words) {
    this.acts += 1;
    return super.follow(...words);
  }

  fill(...words) {
    this.acts += 1;
    return super.fill(...words);
  }

  /** Notes what axe-core has against the page that is open; only where scripts run, and only once. */
  async see(where) {
    if (!this.isLooking) return;
    wrong.push(...(await violations(this.page)).map((one) => `${where}: ${one}`));
  }

  /** Goes on once the work that a page shows is done. */
  async after(busy, done) {
    const titles = busy.map((name) => this.say(name));
    for (;;) {
      const title = await this.title;
      if (!titles.includes(title)) break;
      if (this.isScripted) await this.page.waitForTimeout(100); // the page looks again by itself
      else await super.follow("arrival.again");
    }
    await this.at(done);
  }

  async registers(name) {
    await this.page.goto(base);
    await this.see("front");
    await this.follow("sign_up.title");
    await this.see("sign-up");
    await this.fill("sign_up.name", name);
    await this.page.getByLabel(this.say("sign_up.password")).last().fill(PASSWORD);
    this.acts += 1;
    await this.press("sign_up.submit");
    await this.at("welcome.title");
    equal(await this.page.getByRole("list").getByRole("listitem").filter({ hasText: /^[a-z0-9]{4,}(-[a-z0-9]+)+$/i }).count(), 8);
    await this.follow("welcome.go_on");
    await this.page.waitForURL(`${base}.account/`);
    await this.see("home, with nothing");
  }

  async brings(files) {
    await this.follow("menu.data");
    await this.follow("menu.add");
    await this.at("add.title");
    const input = this.field("add.files");
    this.acts += 1;
    if (this.isScripted) {
      await this.drops(files);
    } else {
      await input.setInputFiles(files);
      await this.press("add.submit");
    }
    await this.after(["add.title", "arrival.busy_arriving", "arrival.busy_looking"], "arrival.title");
    await this.see("what was recognised");
    await this.press("arrival.keep");
    await this.after(["arrival.title", "arrival.busy_keeping"], "arrived.title");
    await this.reads("arrived.heading");
    await this.see("what was kept");
  }

  /** Lets files fall on the page. */
  async drops(files) {
    const brought = files.map((file) => [basename(file), readFileSync(file, "base64")]);
    const dataTransfer = await this.page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const [name, text] of given) {
        const content = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
        transfer.items.add(new File([content], name));
      }
      return transfer;
    }, brought);
    await this.page.getByRole("button", { name: this.say("add.submit") }).dispatchEvent("drop", { dataTransfer });
  }

  /** Looks at what she has: a domain of her life, one kind of data, one row and where it comes from. */
  async looks() {
    await this.follow("menu.data");
    await this.at("data.title");
    await this.see("my data");
    await this.follow("life.money");
    await this.at("life.money");
    await this.see("a domain");
    await this.page.getByRole("main").getByRole("heading", { level: 2 }).getByRole("link").first().click();
    await this.reads("data.newest");
    await this.see("one kind of data");
    const row = this.page.getByRole("table", { name: this.say("data.newest") }).getByRole("row").nth(1);
    const shown = (await row.innerText()).split(/\s{2,}|\t|\n/)[0];
    await row.getByRole("link").first().click();
    await this.page.getByText(shown).first().waitFor();
    await this.see("a row, and where it comes from");
  }

  /** A question of every day, and its answer: a sentence, a drawing, and the numbers of that. */
  async asks() {
    await this.follow("menu.data");
    await this.follow("menu.recipes");
    await this.at("recipes.title");
    await this.see("questions");
    await this.page.getByRole("main").getByRole("heading", { level: 2, name: this.say("budget.title") }).getByRole("link").click();
    await this.at("budget.title");
    await this.page.getByRole("main").getByRole("img").first().waitFor();
    await this.page.getByText(this.say("part.numbers")).first().click();
    ok((await this.page.getByRole("table").first().getByRole("row").count()) > 2, "the drawing has no numbers");
    await this.see("an answer");
  }

  /** Signs in to the app, and gives it her bank data alone, and for as short as is offered. */
  async gives(sign, name) {
    await this.page.goto(sign.url);
    await this.at("authorize.title", { app: APP });
    await this.see("an app signs in");
    await this.press("authorize.allow");
    await this.at("app_data.title", { app: MAKER });
    await this.see("what an app asks for");
    const energy = this.page.getByRole("group", { name: this.say("consent.optional") }).getByRole("checkbox").first();
    equal(await energy.isChecked(), false);
    await this.page.getByRole("group", { name: this.say("consent.how_long") }).getByRole("radio").first().check();
    await this.press("consent.answer_accept");
    await this.page.waitForURL(sign.isBack);
    equal(await sign.redeem(this.page.url()), `${base}${name}/profile/card#me`);
  }

  async readsJournal() {
    await this.page.goto(`${base}.account/`);
    await this.follow("menu.apps");
    await this.see("my apps");
    await this.follow("menu.journal");
    await this.see("journal");
    const lines = (deed) => this.page.getByRole("listitem").filter({ hasText: this.say(deed, { who: APP, what: "" }).trim() });
    const told = (await lines("deed.did_read").allInnerTexts()).join(" ");
    ok(told.toLowerCase().includes(LABELS.bank[this.language].toLowerCase()), `read: ${told}`);
    const refused = (await this.page.getByRole("listitem").filter({ hasText: this.say("journal.refused") }).allInnerTexts()).join(" ");
    ok(refused.toLowerCase().includes(LABELS.energy[this.language].toLowerCase()), `refused: ${refused}`);
  }

  async stops() {
    await this.follow("menu.apps");
    await this.press("apps.stop_app", { app: APP });
    await this.page.waitForURL(/stopped/);
    await this.see("stopped");
  }

  /** Everything in one file, which is opened. */
  async takesAlong() {
    await this.follow("menu.settings");
    await this.at("settings.title");
    await this.see("settings");
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.press("settings.export_do")]);
    const listed = execFileSync(PYTHON, ["-m", "zipfile", "-l", await download.path()], { encoding: "utf-8" });
    execFileSync(PYTHON, ["-m", "zipfile", "-t", await download.path()]);
    for (const file of FILES) ok(listed.includes(basename(file)) || /originals?\//.test(listed), listed.slice(0, 400));
    ok(/data\/bank\//.test(listed) && /data\/energy\//.test(listed), listed.slice(0, 400));
  }

  async deletes(name) {
    await this.follow("settings.delete");
    await this.at("delete.title");
    await this.see("delete");
    await this.page.getByRole("textbox").last().fill(name);
    await this.page.getByRole("checkbox").last().check();
    await this.press("spaces.delete_all");
    await this.page.waitForURL((at) => !at.pathname.includes("delete"));
    equal((await fetch(`${base}${name}/`)).status, 404);
    await this.page.goto(`${base}.account/sign-in/`);
    await this.proves({ email: name, password: PASSWORD });
    await this.page.getByRole("alert").first().waitFor();
  }

  /** One way through all of it. */
  async goes(name) {
    const began = Date.now();
    await this.registers(name);
    await this.brings(FILES);
    took.push([this.way, this.acts, (Date.now() - began) / 1000]);
    await this.looks();
    await this.asks();
    const sign = await app.begin();
    await this.gives(sign, name);
    const [bank, energy] = ["bank", "energy"].map((domain) => `${base}${name}/data/${domain}/`);
    equal((await sign.read(bank))[0], 200);
    equal((await sign.read(energy))[0], 403);
    await this.readsJournal();
    await this.stops();
    ok([401, 403].includes((await sign.read(bank))[0]), "the app still reads");
    await this.takesAlong();
    await this.deletes(name);
  }
}

async function gone(language, isScripted, viewport) {
  const name = `zoe${unique}${language}${isScripted ? "js" : "no"}${viewport.width}`;
  const shown = { javaScriptEnabled: isScripted, acceptDownloads: true };
  const zoe = await Journey.in(browser, language, viewport, shown);
  const way = `${language}, ${isScripted ? "with" : "without"} scripts, ${viewport.width} px`;
  Object.assign(zoe, { way, isScripted, isLooking: isScripted && viewport === PHONE });
  try {
    await zoe.goes(name);
  } finally {
    await zoe.close();
  }
}

const WAYS = [
  ["fr", true, PHONE],
  ["fr", false, DESKTOP],
  ["en", true, DESKTOP],
  ["en", false, PHONE],
  ["fr", true, DESKTOP],
  ["fr", false, PHONE],
  ["en", true, PHONE],
  ["en", false, DESKTOP],
].slice(0, ALL ? 8 : 4);

/** Two at a time: while one waits for the server, the other draws. */
async function bothWays(first, second) {
  const settled = (way) => gone(...way).then(() => undefined, (error) => error);
  return Promise.all([first, second].map(settled));
}

const failures = [];
for (let at = 0; at < WAYS.length; at += 2) failures.push(...(await bothWays(WAYS[at], WAYS[at + 1])));
// The other size of each is four further on, where all are gone.
const whole = (at) => { for (const failure of [failures[at], failures[at + 4]]) if (failure) throw failure; };

await test("in French, with scripts", async () => whole(0));
await test("in French, without scripts", async () => whole(1));
await test("in English, with scripts", async () => whole(2));
await test("in English, without scripts", async () => whole(3));
await test("from nothing to a first value it takes no more than ten acts", async () => {
  equal(took.length, ALL ? 8 : 4);
  deepEqual(took.filter(([, acts]) => acts > MOST_ACTS), []);
});
await test("axe-core finds nothing on the way", async () => deepEqual(wrong, []));

if (TOLD) console.error(took.map(([way, acts, seconds]) => `${acts} acts and ${seconds.toFixed(1)} s to a first value: ${way}`).join("\n"));
app.close();
await browser.close();
end();
