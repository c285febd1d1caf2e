"""Where links lead that go by way of somebody else."""

from urllib.parse import parse_qs, urlsplit


def led_to(address: str) -> str:
    """Where a redirection of Google leads (`https://www.google.com/url?q=…`), else the address."""
    try:
        parts = urlsplit(address)
        is_google = (parts.hostname or "").removeprefix("www.").startswith("google.")
    except ValueError:
        return address
    if not is_google or parts.path != "/url":
        return address
    asked = parse_qs(parts.query)
    return next((asked[name][0] for name in ("q", "url") if name in asked), address)
