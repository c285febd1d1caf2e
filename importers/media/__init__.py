"""Media: what somebody watched and listened to on the platforms she subscribes to."""

from typing import Final

from importers.importer import Importer
from importers.media.netflix_activity import NetflixActivity
from importers.media.netflix_billing import NetflixBilling
from importers.media.netflix_history import NetflixHistory
from importers.media.spotify import SpotifyExtended, SpotifyShort

IMPORTERS: Final[tuple[Importer, ...]] = (
    NetflixActivity(),
    NetflixHistory(),
    NetflixBilling(),
    SpotifyShort(),
    SpotifyExtended(),
)
