// The same page, with a library that keeps its session by refresh tokens in a worker.
import { Session } from "@uvdsl/solid-oidc-client-browser";

import { shown } from "./page.js";

const { issuer, client, landing } = window.judged;
const session = new Session({ client_id: client });

shown({
  fetch: (url, init) => session.authFetch(url, init),
  login: () => session.login(issuer, landing),
  logout: () => session.logout(),
  start: async () => {
    await session.handleRedirectFromLogin();
    if (!session.isActive) await session.restore().catch(() => undefined);
    return session.isActive ? session.webId : "";
  },
});
