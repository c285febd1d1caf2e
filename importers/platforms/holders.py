"""The platforms whose exports are read here, as holders."""

from typing import Final

from importers.contract import HolderHint


def _platform(iri: str, name: str) -> HolderHint:
    return HolderHint(iri=iri, name=name, sector="platform")


GOOGLE: Final = _platform("https://www.google.com/", "Google")
FACEBOOK: Final = _platform("https://www.facebook.com/", "Facebook")
INSTAGRAM: Final = _platform("https://www.instagram.com/", "Instagram")
X: Final = _platform("https://x.com/", "X (Twitter)")
LINKEDIN: Final = _platform("https://www.linkedin.com/", "LinkedIn")
TIKTOK: Final = _platform("https://www.tiktok.com/", "TikTok")
WHATSAPP: Final = _platform("https://www.whatsapp.com/", "WhatsApp")
FEDIVERSE: Final = _platform("https://joinmastodon.org/", "Mastodon")
