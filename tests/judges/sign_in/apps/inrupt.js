// A page of an app, with the library that most apps sign in with.
import { fetch, getDefaultSession, handleIncomingRedirect, login, logout } from "@inrupt/solid-client-authn-browser";

import { shown } from "./page.js";

const { issuer, client, landing, bye } = window.judged;

shown({
  fetch,
  login: () => login({ oidcIssuer: issuer, clientId: client, redirectUrl: landing }),
  logout: () => logout({ logoutType: "idp", postLogoutUrl: bye }),
  start: async () => {
    await handleIncomingRedirect({ restorePreviousSession: true });
    const { isLoggedIn, webId } = getDefaultSession().info;
    return isLoggedIn ? webId : "";
  },
});
