// Apps on another origin than the server: their pages with a library built in, and their documents.
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const path = (name) => fileURLToPath(new URL(`../sign_in/apps/${name}`, import.meta.url));
const WORKER = import.meta.resolve("@uvdsl/solid-oidc-client-browser/RefreshWorker");
const OPTIONS = { bundle: true, format: "esm", write: false, logLevel: "silent" };

async function built(entry) {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [entry] });
  return outputFiles[0].contents;
}

/** The origin of the apps `names`, each at a path of its name; call `close` when done. */
export async function serving(issuer, names) {
  const files = { "RefreshWorker.js": await built(fileURLToPath(WORKER)) };
  for (const name of names) files[`${name}.js`] = await built(path(`${name}.js`));
  let origin;
  const server = createServer((request, answer) => {
    const [, name, what] = new URL(request.url, "http://x").pathname.split("/");
    const here = `${origin}/${name}/`;
    const about = { issuer, client: `${here}id`, landing: here, bye: `${here}bye` };
    if (what === "id") return send(answer, "application/ld+json", JSON.stringify(document(name, about)));
    if (files[what]) return send(answer, "text/javascript", files[what]);
    return send(answer, "text/html", page(name, about));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, close: () => server.close() };
}

function send(answer, type, body) {
  answer.setHeader("content-type", type);
  answer.end(body);
}

const document = (name, { client, landing, bye }) => ({
  "@context": ["https://www.w3.org/ns/solid/oidc-context.jsonld"],
  client_id: client,
  client_name: `App ${name}`,
  redirect_uris: [landing],
  post_logout_redirect_uris: [bye],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  scope: "openid offline_access webid",
  token_endpoint_auth_method: "none",
});

const page = (name, about) => `<!doctype html><title>App ${name}</title>
<output></output><button id="in">Sign in</button><button id="out">Sign out</button>
<script>window.judged = ${JSON.stringify(about)}</script>
<script type="module" src="/${name}/${name}.js"></script>`;
