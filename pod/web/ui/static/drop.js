// The page on which files are brought: they can be dropped, sending them shows how far it is, and
// what takes long is asked after. Without it the form is sent as any other.
"use strict";

const MOST_FILES = 5000;

function whole(reader) {
  const found = [];
  return new Promise((done) => {
    const more = () =>
      reader.readEntries((entries) => {
        if (!entries.length) return done(found);
        found.push(...entries);
        more();
      }, () => done(found));
    more();
  });
}

async function below(entry, found) {
  if (found.length >= MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise((done) => entry.file(done, () => done(null)));
    if (file) found.push(file);
  } else {
    for (const one of await whole(entry.createReader())) await below(one, found);
  }
}

async function dropped(transfer) {
  // What is dropped can be asked for in this turn alone, so the entries come first.
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
  if (!entries.every(Boolean)) return [...transfer.files];
  const found = [];
  for (const entry of entries) await below(entry, found);
  return found;
}

class Sending {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-sending]");
    this.bar = this.status.querySelector("progress");
    this.button = form.querySelector("button[type=submit]");
  }

  show(name, shown) {
    this.form.querySelector(`[data-${name}]`).hidden = !shown;
  }

  chosen() {
    return [...this.form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  }

  send(files) {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const tooLarge = size > Number(this.form.dataset.largest);
    this.show("too-large", tooLarge);
    this.show("broken", false);
    if (tooLarge) return;
    const body = new FormData();
    for (const file of files) body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) this.bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => this.ended(request));
    request.addEventListener("error", () => this.broke());
    this.status.hidden = false;
    this.button.disabled = true;
    request.send(body);
  }

  ended(request) {
    // The form leads to the page of what was brought, and the browser has followed.
    if (request.status < 300) location.assign(request.responseURL);
    else if (request.status === 413) this.broke("too-large");
    else this.broke();
  }

  broke(name = "broken") {
    this.status.hidden = true;
    this.button.disabled = false;
    this.show(name, true);
  }
}

for (const form of document.querySelectorAll("form.drop")) {
  const sending = new Sending(form);
  form.addEventListener("submit", (event) => {
    const files = sending.chosen();
    if (!files.length) return;
    event.preventDefault();
    sending.send(files);
  });
  for (const name of ["dragover", "dragenter"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const files = await dropped(event.dataTransfer);
    if (files.length) sending.send(files);
  });
}

async function ask(place) {
  const reply = await fetch(place.dataset.progress);
  const told = reply.ok ? await reply.json() : { busy: false };
  if (!told.busy) return location.reload();
  const bar = place.querySelector("progress");
  if (told.of) {
    bar.max = told.of;
    bar.value = told.done;
  }
  setTimeout(ask, 1000, place);
}

for (const place of document.querySelectorAll("[data-progress]")) setTimeout(ask, 500, place);
