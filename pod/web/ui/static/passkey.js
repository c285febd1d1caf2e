// Passkeys on a page: shows what needs them, asks the browser, and sends its answer as a form. What
// the browser says of its own accord is for programmers: the page has a sentence for that.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function read(options) {
  const keys = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const read = { ...options, challenge: bytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = keys(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = keys(options.allowCredentials);
  return read;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

class Refused extends Error {}

async function ask(place, form) {
  const fields = new URLSearchParams(new FormData(form));
  const reply = await fetch(place.dataset.options, { method: "POST", body: fields });
  if (!reply.ok) throw new Refused(await reply.text());
  const publicKey = read(await reply.json());
  const make = place.dataset.passkey === "create";
  const credential = make
    ? await navigator.credentials.create({ publicKey })
    : await navigator.credentials.get({ publicKey });
  form.elements.answer.value = written(credential);
  form.submit();
}

for (const place of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  const form = place.closest("form");
  const wrong = place.querySelector("[role=alert]");
  const { textContent } = wrong;
  const begin = (event) => {
    event.preventDefault();
    wrong.hidden = true;
    ask(place, form).catch((error) => {
      wrong.textContent = error instanceof Refused ? error.message : textContent;
      wrong.hidden = false;
    });
  };
  place.hidden = false;
  if (place === form) form.addEventListener("submit", begin);
  else place.querySelector("button").addEventListener("click", begin);
}
