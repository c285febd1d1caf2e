// A person in a real browser, who finds things by what stands there in her language: by role and
// visible name, and never by how a page is made.
import { base } from "./cases.mjs";
import { patient } from "./chromium.mjs";
import { said } from "./words.mjs";

const LOCALES = { fr: "fr-FR", en: "en-GB" };
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

export class Somebody {
  constructor(page, language) {
    Object.assign(this, { page, language });
  }

  /** A new browser; `more` are options of Playwright's context, such as javaScriptEnabled. */
  static async in(browser, language, viewport, more = {}) {
    const context = patient(await browser.newContext({ locale: LOCALES[language], viewport, ...more }));
    const page = await context.newPage();
    return new this(page, language);
  }

  say(name, filled) {
    return said(this.language, name, filled);
  }

  /** Presses the button that says this. */
  press(name, filled) {
    return this.page.getByRole("button", { name: this.say(name, filled), exact: true }).first().click();
  }

  /** Follows the link that says this, in the menu or on the page. */
  follow(name, filled) {
    return this.page.getByRole("link", { name: this.say(name, filled), exact: true }).first().click();
  }

  fill(name, text, filled) {
    return this.field(name, filled).fill(text);
  }

  field(name, filled) {
    return this.page.getByLabel(this.say(name, filled)).first();
  }

  /** Waits until the page has this title. */
  at(name, filled) {
    return this.page.getByRole("heading", { level: 1, name: this.say(name, filled), exact: true }).waitFor();
  }

  reads(name, filled) {
    return this.page.getByText(this.say(name, filled)).first().waitFor();
  }

  get title() {
    return this.page.getByRole("heading", { level: 1 }).innerText();
  }

  async signIn({ email, password }) {
    await this.page.goto(`${base}.account/sign-in/`);
    await this.proves({ email, password });
    await this.page.waitForURL(`${base}.account/`);
  }

  /** Fills in the form of signing in, wherever it is met. */
  async proves({ email, password }) {
    await this.fill("sign_in.email", email);
    await this.page.getByLabel(this.say("sign_in.password"), { exact: true }).fill(password);
    await this.press("sign_in.submit");
  }

  close() {
    return this.page.context().close();
  }
}
