"""How somebody wants the pages: in which language, and with what developers want to see."""

from collections.abc import Collection
from typing import Final

from aiohttp import web

from pod.account.session import cookie, cookie_name
from pod.flows.context import Server
from pod.http.language import LANGUAGES, language_of
from pod.insight.begin import seen_as, seen_in
from pod.web.incoming import Fields, path_of
from pod.web.ui.page import Look

YES: Final = "yes"
_LANGUAGE, _DEVELOPER, _SEEN = "look-language", "look-developer", "look-seen"
_LASTING = 400 * 24 * 3600  # RFC 6265bis §5.5: the longest that browsers keep a cookie


def look_of(incoming: web.BaseRequest, server: Server, *, is_signed_in: bool = False) -> Look:
    """What all pages share that are shown to who asks: as she chose, else as her browser says."""
    headers = Fields(incoming.headers)
    chosen = _kept(headers, server.base, _LANGUAGE)
    accepted = headers.get("Accept-Language")
    language = chosen if chosen in LANGUAGES else language_of(accepted)
    return Look(
        base=server.base,
        language=language,
        notice=server.config.notice.within(language),
        place=path_of(incoming),
        is_signed_in=is_signed_in,
        is_developer=_kept(headers, server.base, _DEVELOPER) == YES,
        seen=seen_in(_kept(headers, server.base, _SEEN)),
    )


def kept_language(language: str, base: str) -> str:
    """The cookie that keeps a choice of language."""
    return cookie(language, base, _LASTING, _LANGUAGE)


def kept_developer(base: str, *, wanted: bool) -> str:
    """The cookie that keeps whether she wants to see the calls behind the pages."""
    return cookie(YES if wanted else "", base, _LASTING if wanted else 0, _DEVELOPER)


def kept_seen(seen: Collection[str], base: str) -> str:
    """The cookie that keeps which first steps she has taken, and whether she wants to see them."""
    return cookie(seen_as(seen), base, _LASTING, _SEEN)


def _kept(headers: Fields, base: str, kind: str) -> str:
    """What a cookie says that lets nobody in, so that it counts wherever the request is from."""
    wanted = cookie_name(base, kind)
    for pair in (headers.get("Cookie") or "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == wanted:
            return value
    return ""
