"""Address books, calendars and mail, as every program exports them."""

from typing import Final

from importers.contract import Importer
from importers.correspondence.icalendar import ICalendar
from importers.correspondence.mail import EMail
from importers.correspondence.vcard import VCard

IMPORTERS: Final[tuple[Importer, ...]] = (VCard(), ICalendar(), EMail())
