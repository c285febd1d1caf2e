"""Choosing how the pages are: their language, and whether they tell the calls behind them."""

import re
from typing import Final

from pod.http.language import LANGUAGES
from pod.model import Reply
from pod.web.look import YES, kept_developer, kept_language
from pod.web.places import HOME
from pod.web.visit import Visit, see_other

_BACK: Final = re.compile(
    r"/(\.account/[a-z/-]*|\.oidc/[A-Za-z0-9/_-]*|ns/catalogue|about(/patterns)?)?(\?[A-Za-z0-9=&%._~+:-]*)?",
    re.ASCII,
)


async def chooses(visit: Visit) -> Reply:
    """A choice is kept in a cookie, and the page shown again that it was made on."""
    form, base = visit.form, visit.server.base
    cookies = []
    if form.get("language") in LANGUAGES:
        cookies.append(kept_language(form["language"], base))
    if "developer" in form:
        cookies.append(kept_developer(base, wanted=form["developer"] == YES))
    back = form.get("next", "")
    return see_other(back if _BACK.fullmatch(back) else HOME, *cookies)
