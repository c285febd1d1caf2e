// node seed.mjs http://localhost:3000/ : accounts of alice, bob and carol, made over the account API
// (of Community Solid Server 7), each with a pod and client credentials; as JSON.
const base = process.argv[2];
const JSON_TYPE = "application/json";

async function ask(url, headers, body) {
  const init = { headers: { accept: JSON_TYPE, ...headers } };
  if (body) {
    Object.assign(init, { method: "POST", body: JSON.stringify(body) });
    init.headers["content-type"] = JSON_TYPE;
  }
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const controls = async (headers) => (await ask(`${base}.account/`, headers)).controls;

async function account(name) {
  const email = `${name}@example.org`;
  const password = `the password of ${name}`;
  const { authorization } = await ask((await controls()).account.create, {}, {});
  const signed = { authorization: `CSS-Account-Token ${authorization}` };
  const own = await controls(signed);
  await ask(own.password.create, signed, { email, password });
  const { pod, webId } = await ask(own.account.pod, signed, { name });
  const { id, secret } = await ask(own.account.clientCredentials, signed, { name: "judge", webId });
  const made = { WEBID: webId, POD: pod, CLIENT_ID: id, CLIENT_SECRET: secret };
  return Object.entries({ ...made, EMAIL: email, PASSWORD: password }).map(
    ([key, value]) => [`${name.toUpperCase()}_${key}`, value],
  );
}

const people = [];
for (const name of ["alice", "bob", "carol"]) people.push(...(await account(name)));
console.log(JSON.stringify({ BASE: base, ISSUER: base, ...Object.fromEntries(people) }));
