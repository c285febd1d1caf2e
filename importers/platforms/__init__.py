"""Platforms: what somebody did, wrote and said there, from the archives that they give."""

from typing import Final

from importers.importer import Importer
from importers.platforms.activity_streams import ActivityStreams
from importers.platforms.google_activity import GoogleActivity
from importers.platforms.google_activity_page import GoogleActivityPage
from importers.platforms.google_chat import GOOGLE_CHAT
from importers.platforms.google_keep import GOOGLE_KEEP
from importers.platforms.google_play import GOOGLE_PLAY
from importers.platforms.google_searches import GOOGLE_SEARCHES
from importers.platforms.instagram_lists import InstagramLists
from importers.platforms.linkedin import LinkedIn
from importers.platforms.mastodon_accounts import MastodonAccounts
from importers.platforms.meta_archive import MetaArchive
from importers.platforms.tiktok import TikTok
from importers.platforms.whatsapp import WhatsApp
from importers.platforms.x_archive import XArchive
from importers.platforms.youtube_subscriptions import YouTubeSubscriptions

IMPORTERS: Final[tuple[Importer, ...]] = (
    GoogleActivity(),
    GoogleActivityPage(),
    GOOGLE_CHAT,
    GOOGLE_KEEP,
    *GOOGLE_PLAY,
    GOOGLE_SEARCHES,
    YouTubeSubscriptions(),
    WhatsApp(),
    MetaArchive(),
    InstagramLists(),
    LinkedIn(),
    ActivityStreams(),
    MastodonAccounts(),
    XArchive(),
    TikTok(),
)
