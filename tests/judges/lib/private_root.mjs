// Keeps the root of alice's pod to her, where a server lets everybody read it: a test looks for that.
import { alice } from "./cases.mjs";

const { webid, pod, fetch } = alice;
const found = await fetch(pod, { method: "HEAD" });
const [, rules] = found.headers.get("link").match(/<([^>]*)>\s*;\s*rel="?acl"?/);
const body = `@prefix acl: <http://www.w3.org/ns/auth/acl#>.
  <#owner> a acl:Authorization; acl:agent <${webid}>; acl:accessTo <${pod}>; acl:default <${pod}>;
    acl:mode acl:Read, acl:Write, acl:Control.`;
const put = { method: "PUT", headers: { "content-type": "text/turtle" }, body };
const answer = await fetch(new URL(rules, pod).href, put);
if (!answer.ok) throw new Error(`the root cannot be closed: ${answer.status}`);
