// Whoever has never seen it finds four things within three clicks from home: by what she sees, on
// links and buttons alone.
import { ok } from "node:assert/strict";

import { base, bob, end, person, test } from "../lib/cases.mjs";
import { launched } from "../lib/chromium.mjs";
import { NAME as APP, opened } from "../lib/budget_app.mjs";
import { DESKTOP, PHONE, Somebody } from "../lib/somebody.mjs";

const MOST = 3;
const { JANUARY, LAST_MONTH } = process.env;
const LABELS = JSON.parse(process.env.LABELS);
const nora = person("NORA");
const browser = await launched();

class Seeker extends Somebody {
  async home() {
    this.clicks = 0;
    await this.page.goto(`${base}.account/`);
  }

  /** One click on something that is in sight, by what it says. */
  async click(found) {
    this.clicks += 1;
    ok(this.clicks <= MOST, `more than ${MOST} clicks`);
    await found.filter({ visible: true }).first().click();
  }

  link(name) {
    return this.page.getByRole("link", { name: this.say(name), exact: true });
  }

  get text() {
    return this.page.getByRole("main").innerText();
  }
}

const seekers = [await Seeker.in(browser, "fr", PHONE), await Seeker.in(browser, "en", DESKTOP)];
await Promise.all(seekers.map((one) => one.signIn(nora)));
const both = async (work) => { for (const one of seekers) await work(one); };

/** The numbers of a text, as they are written in a language. */
function figures(text, language) {
  const gaps = /[\s\u00a0\u202f]/g;
  const plain = { fr: (one) => one.replace(",", "."), en: (one) => one.replace(/,/g, "") }[language];
  return (text.match(/\d[\d.,\s\u00a0\u202f]*/g) ?? []).map((one) => Number(plain(one.replace(gaps, ""))));
}

await test("who read her bank data last month", () => both(async (one) => {
  await one.home();
  await one.click(one.link("home.ask_read"));
  const text = await one.text;
  ok(text.includes(bob.webid) || text.includes("bob"), text.slice(0, 300));
  ok(text.includes(LAST_MONTH), text.slice(0, 300));
  ok(text.toLowerCase().includes(LABELS.bank[one.language].toLowerCase()));
}));

await test("how much electricity she used in January", () => both(async (one) => {
  await one.home();
  await one.click(one.link("home.ask_january"));
  const told = one.page.getByText(one.say("part.numbers"), { exact: true });
  if (await told.count()) await one.click(told);
  const january = { fr: /janvier/i, en: /January/i }[one.language];
  const rows = await one.page.getByRole("row").filter({ hasText: january }).allInnerTexts();
  const near = (value) => Math.abs(value - Number(JANUARY)) <= Math.max(0.6, Number(JANUARY) / 200);
  ok(rows.flatMap((row) => row.split("\t")).flatMap((cell) => figures(cell, one.language)).some(near), `${JANUARY} kWh is not in: ${rows.join("; ").slice(0, 300)}`);
}));

await test("where a number comes from", () => both(async (one) => {
  await one.home();
  const evidence = one.page.getByRole("main").getByRole("link", { name: one.say("home.evidence") });
  await one.click(evidence);
  const text = await one.text;
  const [before] = one.say("data.holder_gave", { who: "\u0000" }).split("\u0000");
  ok(text.includes(before.trim()), text.slice(0, 300));
}));

await test("stopping an app", async () => {
  const app = await opened();
  for (const one of seekers) {
    const sign = await app.begin();
    await one.page.goto(sign.url);
    await one.press("authorize.allow");
    await one.press("consent.answer_accept");
    await one.page.waitForURL(sign.isBack);
    await sign.redeem(one.page.url());
    const bank = `${nora.pod}data/bank/`;
    ok((await sign.read(bank))[0] === 200);
    await one.home();
    await one.click(one.link("home.ask_stop"));
    await one.click(one.page.getByRole("button", { name: one.say("apps.stop_app", { app: APP }), exact: true }));
    ok([401, 403].includes((await sign.read(bank))[0]));
  }
  app.close();
});

await browser.close();
end();
