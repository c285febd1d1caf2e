"""Browsing: the pages that somebody visited, as her browsers keep them."""

from typing import Final

from importers.browsing.browsers import BrowserHistory
from importers.browsing.chrome_takeout import ChromeTakeout
from importers.importer import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (BrowserHistory(), ChromeTakeout())
