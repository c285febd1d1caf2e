// What is on the page of an app: who is signed in, and ways in and out.
export function shown({ start, login, logout, fetch }) {
  const say = (text) => (document.querySelector("output").textContent = text);
  const failed = (error) => say(`failed: ${error.message}`);
  document.querySelector("#in").onclick = () => Promise.resolve(login()).catch(failed);
  document.querySelector("#out").onclick = () =>
    Promise.resolve(logout()).then(() => say("nobody"), failed);
  window.ask = async (url, init) => {
    const answer = await fetch(url, init);
    return [answer.status, await answer.text()];
  };
  start().then((webid) => say(webid || "nobody"), failed);
}
