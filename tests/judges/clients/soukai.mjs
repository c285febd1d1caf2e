// soukai-solid: models of linked data kept in a pod.
import { deepEqual, equal, ok } from "node:assert/strict";

import { bootModels, FieldType, setEngine } from "soukai";
import {
  bootSolidModels,
  defineSolidModelSchema,
  SolidContainer,
  SolidEngine,
} from "soukai-solid";

import { alice, bob, end, refusal, test, unique } from "../lib/cases.mjs";

const container = `${alice.pod}soukai-${unique}/`;

const schema = {
  rdfContexts: { schema: "https://schema.org/" },
  rdfsClass: "schema:Movie",
  timestamps: false,
  fields: {
    name: { type: FieldType.String, rdfProperty: "schema:name", required: true },
    actors: {
      type: FieldType.Array,
      rdfProperty: "schema:actor",
      items: { type: FieldType.String },
    },
    released: { type: FieldType.Date, rdfProperty: "schema:datePublished" },
  },
};

class Movie extends defineSolidModelSchema(schema) {}

setEngine(new SolidEngine(alice.fetch));
bootSolidModels();
bootModels({ Movie });

let movie;

await test("create a container", async () => {
  const made = await SolidContainer.at(alice.pod).create({ url: container, name: "Movies" });
  equal(made.url, container);
  ok((await alice.fetch(container)).ok);
});

await test("create a model in a container", async () => {
  const released = new Date("2001-07-20T00:00:00Z");
  movie = await Movie.at(container).create({ name: "Spirited Away", actors: ["one"], released });
  ok(movie.url.startsWith(container));
});

await test("find a model by its address", async () => {
  const found = await Movie.find(movie.url);
  equal(found.name, "Spirited Away");
  deepEqual(found.released, new Date("2001-07-20T00:00:00Z"));
});

await test("list the models of a container", async () => {
  await Movie.at(container).create({ name: "Ponyo" });
  const all = await Movie.from(container).all();
  deepEqual(all.map((each) => each.name).sort(), ["Ponyo", "Spirited Away"]);
});

await test("update a field and a list", async () => {
  await movie.update({ name: "Chihiro", actors: ["one", "two"] });
  const found = await Movie.find(movie.url);
  equal(found.name, "Chihiro");
  deepEqual([...found.actors].sort(), ["one", "two"]);
});

await test("remove from a list", async () => {
  await movie.update({ actors: ["two"] });
  deepEqual((await Movie.find(movie.url)).actors, ["two"]);
});

await test("list what a container has", async () => {
  const found = await SolidContainer.find(container);
  equal(found.resourceUrls.length, 2);
});

await test("somebody without access finds nothing", async () => {
  const theirs = new SolidEngine(bob.fetch);
  await refusal(theirs.readOne(container, movie.url.replace(/#.*/, "")));
});

await test("delete a model", async () => {
  const document = movie.url.replace(/#.*/, "");
  await movie.delete();
  equal((await alice.fetch(document)).status, 404);
});

await test("delete a container with what is in it", async () => {
  for (const each of await Movie.from(container).all()) await each.delete();
  await (await SolidContainer.find(container)).delete();
  equal((await alice.fetch(container)).status, 404);
});

end();
