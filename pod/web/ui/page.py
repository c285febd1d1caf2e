"""A page: a template filled with words and values, and the fields that keep it to itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from pod.consent.sentences import day
from pod.model import Reply
from pod.oidc.app import origin
from pod.web.places import link
from pod.web.ui.menu import menu
from pod.web.ui.words import words

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What all pages of one answer share: the server's address with its slash, the language, and a
    sentence that stands on each.

    `place` is the address of the page, without the server's; `is_developer` is whether it tells
    the calls that it is made of, `seen` are the first steps that she has taken.
    """

    base: str
    language: str
    notice: str = ""
    place: str = "/"
    is_signed_in: bool = False
    is_developer: bool = False
    seen: frozenset[str] = frozenset()


def page(
    name: str,
    look: Look,
    values: Mapping[str, object] | None = None,
    *,
    status: int = 200,
    leads_to: str = "",
) -> Reply:
    """A page of the server, filled from its template.

    `leads_to` is an address elsewhere that a form on it may end at, by a redirect.
    """
    given: dict[str, Any] = {"look": look, **(values or {})}
    text = _template(name, look.language).render(given)
    return Reply(status=status, headers=_fields(look.base, leads_to), body=text.encode())


def part(name: str, language: str, values: Mapping[str, object]) -> Markup:
    """A part of pages, filled from a template of its own, to be put into one of theirs."""
    return Markup(_template(name, language).render(dict(values)))  # noqa: S704 - its template escapes


def _fields(base: str, leads_to: str) -> tuple[tuple[str, str], ...]:
    ends = f" {origin(leads_to)}" if leads_to else ""
    # Pods by path have this very origin, and nothing that lies in one may run here or dress it up.
    parts, account, sign_in = f"{base}.pages/", f"{base}.account/", f"{base}.oidc/"
    policy = (
        f"default-src 'none'; style-src {parts}; script-src {parts}; connect-src {account}; "
        f"img-src {sign_in}; "
        f"form-action {account} {sign_in}{ends}; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return (
        ("Content-Type", HTML),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", policy),
        # The origin still stands in what forms send, which is how a strange form is told apart.
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("Vary", "Accept-Language, Cookie"),
    )


@cache
def _template(name: str, language: str) -> Template:
    return _environment(language).get_template(f"{name}.html")


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=PackageLoader("pod.web.ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sentences = words(language)

    def say(key: str, **filled: object) -> str:
        return sentences[key].format(**filled)

    made.globals["say"] = say
    made.globals["day_of"] = lambda moment: day(moment).within(language)
    made.globals["menu"] = menu
    made.globals["link"] = link
    return made
