"""Where the pages of an account are."""

from typing import Final
from urllib.parse import urlencode

HOME: Final = "/.account/"
SIGN_IN: Final = HOME + "sign-in/"
VISIT: Final = SIGN_IN + "visit"
SIGN_UP: Final = HOME + "sign-up/"
RECOVER: Final = HOME + "recover/"
CONFIRM: Final = HOME + "confirm/"
LOOK: Final = HOME + "look/"
DATA: Final = HOME + "data/"
RECIPES: Final = HOME + "recipes/"
TIMELINE: Final = HOME + "timeline/"
ADD: Final = HOME + "add/"
ORGANISATIONS: Final = HOME + "organisations/"
APPS: Final = HOME + "apps/"
REQUESTS: Final = HOME + "requests/"
JOURNAL: Final = HOME + "journal/"
SETTINGS: Final = HOME + "settings/"
SECURITY: Final = HOME + "security/"
TERMS: Final = HOME + "terms/"
SPACES: Final = HOME + "spaces/"
ABOUT: Final = "/about"
PATTERNS: Final = "/about/patterns"


def link(place: str, /, **named: object) -> str:
    """The address of a page about what is named; what is empty is left out."""
    given = {name: str(value) for name, value in named.items() if value not in {None, ""}}
    return f"{place}?{urlencode(given)}" if given else place
