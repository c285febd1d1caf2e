"""Address books, calendars and mail, as every program exports them."""

from typing import Final

from importers.correspondence.icalendar import ICalendar
from importers.correspondence.mail import EMail
from importers.correspondence.vcard import VCard
from importers.importer import Importer

IMPORTERS: Final[tuple[Importer, ...]] = (VCard(), ICalendar(), EMail())
