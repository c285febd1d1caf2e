// A real Chromium with a profile of its own, which asks for nothing by itself.
import { chromium } from "playwright-core";

const QUIET = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

export const launched = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: QUIET });

const PATIENCE = 100_000; // milliseconds that anything may take; nothing is waited for that long

/** A context that waits for a machine which does much else. */
export function patient(context) {
  context.setDefaultTimeout(PATIENCE);
  return context;
}

/** A page with an authenticator that knows its owner, as the one that is built into a device. */
export async function withPasskeys(context) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return page;
}
