// What the scripts of the judges share: who acts, and a line of JSON for each case.
import { Client } from "./client.mjs";

const SECONDS = 600; // that a case may take; nothing is waited for that long
const env = process.env;

export const base = env.BASE;
export const issuer = env.ISSUER;
export const unique = Date.now().toString(36);
export const alice = person("ALICE");
export const bob = person("BOB");

/** Somebody whom the environment tells of. */
export function person(name) {
  const known = {
    webid: env[`${name}_WEBID`],
    pod: env[`${name}_POD`],
    clientId: env[`${name}_CLIENT_ID`],
    clientSecret: env[`${name}_CLIENT_SECRET`],
    email: env[`${name}_EMAIL`],
    password: env[`${name}_PASSWORD`],
  };
  const client = new Client(issuer, known.clientId, known.clientSecret);
  return { ...known, fetch: client.fetch.bind(client) };
}

let failed = 0;

/** Runs one case; a false, an error or no end in time is a failure. */
export async function test(name, work) {
  try {
    if ((await Promise.race([work(), late()])) === false) throw new Error("not so");
    console.log(JSON.stringify({ name, passed: true }));
  } catch (error) {
    failed += 1;
    const why = String(error?.message ?? error).slice(0, 500);
    console.log(JSON.stringify({ name, passed: false, why }));
  }
}

function late() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no end within ${SECONDS} s`)), SECONDS * 1000).unref();
  });
}

/** What a promise was refused with; it must be refused. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("was not refused");
}

export function end() {
  process.exit(failed ? 1 : 0);
}
