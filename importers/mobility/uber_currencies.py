"""Currencies as Uber has written them since 2025: by their English names, where it had letters."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from importers.money import currency

# The places in which one can ride with Uber. Names are those of Unicode CLDR.
_LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "argentine peso": "ARS",
        "australian dollar": "AUD",
        "bangladeshi taka": "BDT",
        "bolivian boliviano": "BOB",
        "brazilian real": "BRL",
        "british pound": "GBP",
        "british pound sterling": "GBP",
        "canadian dollar": "CAD",
        "chilean peso": "CLP",
        "colombian peso": "COP",
        "costa rican colón": "CRC",
        "czech koruna": "CZK",
        "danish krone": "DKK",
        "dominican peso": "DOP",
        "egyptian pound": "EGP",
        "euro": "EUR",
        "ghanaian cedi": "GHS",
        "guatemalan quetzal": "GTQ",
        "hong kong dollar": "HKD",
        "hungarian forint": "HUF",
        "indian rupee": "INR",
        "israeli new shekel": "ILS",
        "japanese yen": "JPY",
        "jordanian dinar": "JOD",
        "kenyan shilling": "KES",
        "lebanese pound": "LBP",
        "mexican peso": "MXN",
        "moroccan dirham": "MAD",
        "new taiwan dollar": "TWD",
        "new zealand dollar": "NZD",
        "nigerian naira": "NGN",
        "norwegian krone": "NOK",
        "pakistani rupee": "PKR",
        "panamanian balboa": "PAB",
        "peruvian sol": "PEN",
        "polish zloty": "PLN",
        "qatari riyal": "QAR",
        "romanian leu": "RON",
        "saudi riyal": "SAR",
        "singapore dollar": "SGD",
        "south african rand": "ZAR",
        "south korean won": "KRW",
        "sri lankan rupee": "LKR",
        "swedish krona": "SEK",
        "swiss franc": "CHF",
        "turkish lira": "TRY",
        "ukrainian hryvnia": "UAH",
        "united arab emirates dirham": "AED",
        "united states dollar": "USD",
        "us dollar": "USD",
        "uruguayan peso": "UYU",
    }
)


def uber_currency(text: str) -> str:
    """A currency by its letters or its English name. Raises ValueError for another name."""
    return _LETTERS.get(text.casefold()) or currency(text)
