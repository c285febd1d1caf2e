"""What random requests are made of: the words of HTTP, and what is nearly one."""

METHODS = (
    *("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE") * 8,
    *("TRACE", "PROPFIND", "CONNECT", "get", "M-SEARCH", "PRI"),
)
SEGMENTS = (
    *("x", "c", "c", "c", "y", "d", "notes", "inbox", "profile", "card", "settings", "public"),
    *(
        "private",
        ".acl",
        ".meta",
        "x.acl",
        "x.meta",
        "x.acl.meta",
        ".well-known",
        "a.ttl",
        "a.trig",
    ),
    *("%20", "%C3%A9", "%2F", "%2e", "%2e%2e", "..", ".", "", "%00", "%", "%ZZ", "%ED%A0%80", "é"),
    *("a%5Cb", "a;b=c", "a:b", "~", "@", "&amp;", "%0d%0aX:%20y", "nul%00", "*", "x" * 300),
)
PLAIN = (
    *(
        "x",
        "c/",
        "c/y",
        "c/d/notes",
        "a.ttl",
        "a.trig",
        "new/a/b",
        "profile/card",
        "inbox/",
        "settings/",
    ),
    *(
        ".acl",
        "x.acl",
        "x.meta",
        "c/.acl",
        "c/.meta",
        "public/",
        "private/",
        "private/steady",
        "c",
        "x/",
    ),
)
ENDPOINTS = (
    *(".well-known/solid", ".well-known/sparql", ".well-known/sparql?query=ASK%7B%7D"),
    *(".well-known/sparql?query=SELECT%20*%7BGRAPH%20%3Fg%20%7B%3Fs%20%3Fp%20%3Fo%7D%7D",),
    *(".well-known/deposit", ".well-known/updates", ".well-known/notifications/sender"),
    *(".well-known/notifications/websocket", ".well-known/notifications/webhook"),
    *(".well-known/notifications/channels/x", ".well-known/notifications/receive/x"),
    *(".well-known/access-requests", ".well-known/access-requests/x"),
)
OUTSIDE = (
    *(
        "/",
        "*",
        "//",
        "/.account/",
        "/.account/login/password/",
        "/.account/account/",
        "/.oidc/auth",
    ),
    *("/.oidc/token", "/.oidc/reg", "/.oidc/jwks", "/.oidc/session/end", "/.oidc/interaction/x/"),
    *(
        "/.oidc/interaction/x/sign-in",
        "/.oidc/interaction/x/consent",
        "/ns/selfdata",
        "/ns/selfdata/codes",
    ),
    *(
        "/.well-known/openid-configuration",
        "/.well-known/solid",
        "/favicon.ico",
        "/.account/login/",
    ),
    *("/.oidc/auth?client_id=x&redirect_uri=http://x.example/&response_type=code&scope=openid"),
    *("/.account/account/x/pod/", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"),
)
MEDIA_TYPES = (
    *("text/turtle", "application/ld+json", "application/n-triples", "application/n-quads"),
    *("application/trig", "application/rdf+xml", "text/n3", "application/sparql-update"),
    *("application/sparql-query", "application/x-www-form-urlencoded", "application/json"),
    *("multipart/form-data; boundary=x", "text/plain", "text/html", "image/png", "*/*", "text/*"),
    *(
        "application/octet-stream",
        "",
        "text",
        "text/turtle;charset=utf-16",
        'a/b;c="',
        "TEXT/TURTLE",
    ),
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#flattened x"',
)
ACCEPTS = (
    *MEDIA_TYPES,
    *("*", "text/turtle;q=0", "*/*;q=0", "q=1", ";;;", ",,,", "text/html,*/*;q=0.1", "a/b;q=2"),
    "application/json;q=0.2, text/turtle;q=0.1",
    "a/b, " * 500,
)
LINKS = (
    *(
        '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"',
        "<http://www.w3.org/ns/ldp#Resource>;rel=type",
    ),
    *(
        '<http://www.w3.org/ns/ldp#NonRDFSource>; rel="type"',
        "<>; rel=acl",
        "<a>; rel",
        "<",
        "<a",
        ">",
    ),
    *('<a>; rel="acl describedby"; anchor="#x"', "<a>;rel=type," * 300, '<a>; rel="' + "\\" * 99),
)
RANGES = (
    *("bytes=0-0", "bytes=-1", "bytes=0-", "bytes=5-2", "bytes=0-1,2-3", "bytes=99999999999-"),
    *(
        "bytes=",
        "bytes",
        "lines=1-2",
        "bytes=-0",
        "bytes=a-b",
        "bytes=" + "9" * 400 + "-",
        "bytes=0-0," * 500,
    ),
)
SLUGS = (
    *(
        "x",
        "a b",
        "é",
        "%C3%A9",
        "a/b",
        "../x",
        "x.acl",
        ".meta",
        "c/",
        "",
        ".",
        "..",
        "%00",
        "%ED%A0%80",
    ),
    *("x" * 5000, "\x7f", "a\\b", '"quoted"', "Ünï", "%2F", "con", "a?b#c"),
)
TAGS = (
    *("*", '"x"', 'W/"x"', "x", '"', '"a", "b"', '"x"-ttl', "", "*, *", '"a",' * 400),
    *("Sun, 01 Mar 2026 08:00:00 GMT", "Mon, 01 Jan 0000 00:00:00 GMT", "Thursday", "0", "-1"),
    *("Sun, 99 Mar 2026 99:99:99 GMT", "Tue, 29 Feb 2033 08:00:00 GMT"),
)
ORIGINS = ("https://app.example", "null", "http://localhost:8080", "chrome-extension://abc")
NO_ORIGINS = ("", "https://a b", "x", "https://é.example", "a://b, c://d", "https://" + "a" * 4000)
HOSTS = (
    "evil.example",
    "localhost",
    "",
    "localhost:1",
    "a b",
    "[::1]",
    "localhost:99999",
    "\xff",
    "x" * 500,
)
FORWARDED = (
    *("for=1.2.3.4;host=evil.example;proto=https", "host=localhost", "for=", 'for="[::1]:80"'),
    *("for=_x, for=unknown", "proto=gopher", '"', ";;;", "for=1.2.3.4," * 300, 'host="a\\"b"'),
)
PREFERS = (
    *(
        "return=minimal",
        "return=representation",
        'return=representation; include="x"',
        "respond-async",
    ),
    *("handling=strict", "wait=10", "=", ",,,"),
)
CREDENTIALS = (
    *(
        "Bearer x",
        "DPoP a.b.c",
        "Basic eDp5",
        "Basic",
        "DPoP",
        "Bearer " + "a" * 5000,
        "é",
        "dpop x y",
    ),
    *("Bearer eyJhbGciOiJub25lIn0.e30.", "Digest a=b", "", "Basic ////"),
)
PROOFS = ("a.b.c", "", "x", "eyJhbGciOiJub25lIn0.e30.", "." * 300, "{}")
ODDITIES = (
    "x",
    "",
    "\xff\xfe",
    "a" * 3000,
    "()",
    "=",
    '"',
    "sig1=:AAAA:",
    'sig1=("@method")',
    "-1",
    "100-continue",
)
FIELDS = {
    "Accept": ACCEPTS,
    "Content-Type": MEDIA_TYPES,
    "Link": LINKS,
    "Range": RANGES,
    "Slug": SLUGS,
    "If-Match": TAGS,
    "If-None-Match": TAGS,
    "If-Modified-Since": TAGS,
    "If-Unmodified-Since": TAGS,
    "If-Range": TAGS,
    "Origin": ORIGINS + NO_ORIGINS,
    "Access-Control-Request-Method": METHODS,
    "Access-Control-Request-Headers": ("x", "Authorization, DPoP", "*", "a b", ","),
    "Host": HOSTS,
    "Forwarded": FORWARDED,
    "X-Forwarded-Host": HOSTS,
    "X-Forwarded-Proto": ("http", "https", "x", ""),
    "X-Forwarded-For": ("1.2.3.4", "x", "1.2.3.4, 5.6.7.8", "::1"),
    "Prefer": PREFERS,
    "Authorization": CREDENTIALS,
    "DPoP": PROOFS,
    "Cookie": ("a=b", "=", "session=x; session=y", ";" * 99),
    "Expect": ODDITIES,
    "Upgrade": ("websocket", "h2c", "x"),
    "Connection": ("upgrade", "close", "keep-alive", "x"),
    "Content-Encoding": ("gzip", "br", "identity", "x"),
    "Accept-Encoding": ("gzip", "br", "*;q=0"),
    "Content-Digest": ODDITIES,
    "Content-Disposition": ('attachment; filename="x"', "x", "é"),
    "Signature": ODDITIES,
    "Signature-Input": ODDITIES,
    "Selfdata-Holder": ("https://holder.example/#it", "x", ""),
}
