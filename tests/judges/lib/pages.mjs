// Somebody at the server's own pages, with nothing but fetch and a jar of cookies: no page of it
// needs a script for that.
import { equal } from "node:assert/strict";

const attribute = (tag, name) => decoded(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
const decoded = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)).replace(/&amp;/g, "&");

export class Pages {
  constructor(base) {
    Object.assign(this, { base, cookies: new Map(), at: base, text: "" });
  }

  /** Goes to an address, and on to where it leads on this server; elsewhere is where she ends. */
  async open(url, init = {}) {
    let next = new URL(url, this.at).href;
    for (let request = init; ; request = {}) {
      this.at = next;
      if (!next.startsWith(this.base)) return next;
      const answer = await fetch(next, this.#with(request));
      for (const line of answer.headers.getSetCookie()) this.#keep(line);
      this.text = await answer.text();
      this.status = answer.status;
      if (answer.status < 300 || answer.status > 399) return next;
      next = new URL(answer.headers.get("location"), next).href;
    }
  }

  get title() {
    return /<h1>(.*?)<\/h1>/.exec(this.text)?.[1] ?? "";
  }

  /** Sends the first form that has all fields that are filled in. */
  async send(filled) {
    const names = Object.keys(filled);
    const form = [...this.text.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)]
      .map(([whole]) => whole)
      .find((whole) => names.every((name) => whole.includes(`name="${name}"`)));
    const fields = new URLSearchParams();
    for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
      const ticked = !/type="(?:radio|checkbox)"/.test(tag) || /\bchecked\b/.test(tag);
      if (ticked) fields.set(attribute(tag, "name"), attribute(tag, "value"));
    }
    for (const [name, value] of Object.entries(filled)) fields.set(name, value);
    return this.open(attribute(form, "action"), { method: "POST", body: fields });
  }

  /** Signs in and lets the app that has sent her here do all that she may; the address that she goes back to. */
  async allow(url, { email, password }) {
    await this.open(url);
    if (this.title === "Sign in") await this.send({ email, password });
    if (this.at.startsWith(this.base)) {
      equal(this.status, 200, this.title);
      await this.send({ decision: "allow", access: "everything" });
    }
    return this.at;
  }

  /** Stops an app on the page of her apps: the button behind its name. */
  async stop(name) {
    const [, behind] = this.text.split(`<h2>${name}</h2>`);
    const [, action] = /<form[^>]*action="([^"]*stop-app)"/.exec(behind);
    const client = /name="client" value="([^"]*)"/.exec(behind)[1];
    const body = new URLSearchParams({ client: decoded(client) });
    return this.open(decoded(action), { method: "POST", body });
  }

  #with(init) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { accept: "text/html", cookie };
    if (init.method === "POST") headers.origin = new URL(this.base).origin;
    return { ...init, headers, redirect: "manual" };
  }

  #keep(line) {
    const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(line);
    if (/max-age=0/i.test(rest)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
