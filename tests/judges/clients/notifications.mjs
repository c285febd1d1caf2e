// @solid-notifications/subscription: discovery, subscription, and what arrives.
import { equal, match, ok } from "node:assert/strict";

import { SubscriptionClient } from "@solid-notifications/subscription";
import WebSocket from "ws";

import { alice, bob, end, refusal, test, unique } from "../lib/cases.mjs";

const WEB_SOCKET = "http://www.w3.org/ns/solid/notifications#WebSocketChannel2023";
const topic = `${alice.pod}topic-${unique}.txt`;
const hidden = `${alice.pod}hidden-${unique}.txt`;
const text = (body) => ({ method: "PUT", headers: { "content-type": "text/plain" }, body });

let channel;
let socket;

function arrival() {
  if (!socket) return Promise.reject(new Error("there is no socket"));
  const arrived = new Promise((resolve, reject) => {
    socket.once("message", (data) => resolve(JSON.parse(data.toString())));
    socket.once("error", reject);
  });
  arrived.catch(() => {});
  return arrived;
}

await test("put the topic", async () => ok((await alice.fetch(topic, text("1"))).ok));

await test("discover and subscribe", async () => {
  channel = await new SubscriptionClient(alice.fetch).subscribe(topic, WEB_SOCKET);
  match(channel.receiveFrom, /^wss?:/);
});

await test("the web socket opens", async () => {
  socket = new WebSocket(channel.receiveFrom);
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
});

await test("an update arrives", async () => {
  const arrived = arrival();
  await alice.fetch(topic, text("2"));
  const told = await arrived;
  equal(told.type, "Update");
  equal(told.object, topic);
  ok(told.published && told.state && told.id && told["@context"]);
});

await test("a deletion arrives", async () => {
  const arrived = arrival();
  await alice.fetch(topic, { method: "DELETE" });
  equal((await arrived).type, "Delete");
});

await test("somebody without access may not subscribe", async () => {
  await alice.fetch(hidden, text("1"));
  await refusal(new SubscriptionClient(bob.fetch).subscribe(hidden, WEB_SOCKET));
  await alice.fetch(hidden, { method: "DELETE" });
});

socket?.close();
end();
