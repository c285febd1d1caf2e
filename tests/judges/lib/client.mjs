// Client credentials with DPoP (RFC 9449), for what a judge does beside its client; node:crypto only.
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";

const segment = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

export class Client {
  constructor(issuer, id, secret) {
    Object.assign(this, { issuer, id, secret });
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
    this.key = privateKey;
    this.jwk = { kty, crv, x, y };
  }

  proof(url, method, token) {
    const address = new URL(url);
    address.search = address.hash = "";
    const note = { htu: address.href, htm: method, jti: randomUUID() };
    note.iat = Math.floor(Date.now() / 1000);
    if (token) note.ath = createHash("sha256").update(token).digest("base64url");
    const signed = `${segment({ alg: "ES256", typ: "dpop+jwt", jwk: this.jwk })}.${segment(note)}`;
    const signature = sign("sha256", Buffer.from(signed), { key: this.key, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  }

  async token() {
    this.asked ??= this.ask();
    return this.asked;
  }

  async ask() {
    const known = await fetch(`${this.issuer}.well-known/openid-configuration`);
    const { token_endpoint: endpoint } = await known.json();
    const name = `${encodeURIComponent(this.id)}:${encodeURIComponent(this.secret)}`;
    const answer = await fetch(endpoint, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "client_credentials", scope: "webid" }),
      headers: {
        authorization: `Basic ${Buffer.from(name).toString("base64")}`,
        dpop: this.proof(endpoint, "POST"),
      },
    });
    if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
    return (await answer.json()).access_token;
  }

  async fetch(input, init = {}) {
    const url = String(input?.url ?? input);
    const method = (init.method ?? input?.method ?? "GET").toUpperCase();
    const token = await this.token();
    const headers = new Headers(init.headers ?? input?.headers);
    headers.set("authorization", `DPoP ${token}`);
    headers.set("dpop", this.proof(url, method, token));
    return fetch(input, { ...init, headers });
  }
}
