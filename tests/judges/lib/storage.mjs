// Has the profiles of alice and bob name their storages, which a test needs that looks for them there.
import { alice, bob } from "./cases.mjs";

for (const { webid, pod, fetch } of [alice, bob]) {
  const body = `@prefix solid: <http://www.w3.org/ns/solid/terms#>.
    _:p a solid:InsertDeletePatch;
      solid:inserts { <${webid}> <http://www.w3.org/ns/pim/space#storage> <${pod}>. }.`;
  const patch = { method: "PATCH", headers: { "content-type": "text/n3" }, body };
  const answer = await fetch(webid.split("#")[0], patch);
  if (!answer.ok) throw new Error(`the storage cannot be named: ${answer.status}`);
}
