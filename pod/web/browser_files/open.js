// An address such as /ana/profile/card#me loses its fragment on the way to the server, and a
// browser puts it back behind the address of this page: it belongs to what is to be shown.
{
  const page = new URL(location.href);
  const shown = page.searchParams.get("uri");
  if (shown && page.hash) {
    page.searchParams.set("uri", shown.split("#")[0] + page.hash);
    page.hash = "";
    history.replaceState(null, "", page);
  }
}
