// Bob, who accepts the terms of a pod, and asks for something in it.
import { equal } from "node:assert/strict";

import { bob } from "./cases.mjs";

const PURPOSE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations";

export async function asks(pod) {
  const post = async (path, said) => {
    const body = JSON.stringify(said);
    const headers = { "content-type": "application/json" };
    const answer = await bob.fetch(pod + path, { method: "POST", headers, body });
    equal(answer.status, 201, path);
  };
  const [{ name: agreement, sha256 }] = (await (await fetch(`${pod}.well-known/myterms`)).json()).agreements;
  await post(".well-known/myterms", { agreement, sha256 });
  const items = [{ resource: `${pod}annotations/` }, { category: "bank", required: false }];
  const asked = { purpose: PURPOSE, sentence: "To give you advice.", items, days: 30 };
  await post(".well-known/access-requests", asked);
}
