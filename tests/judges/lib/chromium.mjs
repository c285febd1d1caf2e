// A real Chromium with a profile of its own, which asks for nothing by itself.
import { chromium } from "playwright-core";

// The list that is said last counts, so the first ones are those that Playwright turns off. The
// others are pages of the browser's own, which it would draw anew for each window.
const OFF = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"],
  ...["HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"],
  ...["ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"],
  ...["NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"],
  ...["WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup"],
];

// One process draws all pages: each of its own would compile the same scripts once more.
export const QUIET = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ...["--process-per-site", "--disable-site-isolation-trials", "--renderer-process-limit=1"],
  `--disable-features=${OFF.join(",")}`,
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
