"""The number of the French social security (NIR), which is never stored, whoever writes it where.

Format: https://www.insee.fr/fr/metadonnees/definition/c1409. Sex, year, month, department (2A and
2B in Corsica), commune, order, and a key of two digits: 97 less what is left of the rest divided
by 97, in which 2A counts as 19 and 2B as 18.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from importers.contract import (
    Code,
    Iri,
    Item,
    Key,
    LangString,
    Problem,
    Record,
    Ref,
    Stated,
    Typed,
    Value,
)
from importers.phone import PARTY_OF
from importers.text import unaccented

MASK: Final = "[NIR]"
TOLD: Final = "a social security number stands in this row, and is not kept"


def _form(between: str) -> str:
    groups = r"[1-478]", r"\d{2}", r"\d{2}", r"\d[\dABab]", r"\d{3}", r"\d{3}"
    return rf"(?<!\d){between.join(groups)}(?:{between}\d{{2}})?(?!\d)"


# Without regard to case this took twice as long, and every text of every record is looked at.
_FORM = re.compile(_form(r"[\s./-]?"))
_ON_A_STATEMENT = re.compile(_form(r"\s?"))
_GROUPED = re.compile(r"[1-478]\W\d\d\W\d\d\W\d[\dAB]\W\d{3}\W\d{3}(?:\W\d\d)?", re.IGNORECASE)
# What stands before a number without key, which else could be any.
_WORDS = re.compile(
    r"\b(?:nir|nss|insee|secu|securite[ _]sociale|social[ _]security|immatriculation)"
)
_NEAR: Final = 60
_SHORTEST: Final = 13
_KEYED: Final = 15
_MONTHS: Final = frozenset({*range(1, 13), 20, *range(30, 43), *range(50, 100)})
_CORSICA: Final = {"2A": "19", "2B": "18"}


def masked(text: str, about: str = "") -> str:
    """A text with a mark in the place of each such number. `about` is what the text is called.

    A number with its key is one where the key is right. Of one without key the digits must be set
    apart in their groups, or a word before it, or in `about`, must say what it is.
    """
    if len(text) < _SHORTEST or not _FORM.search(text):
        return text
    return _FORM.sub(lambda found: MASK if _is_one(found, about) else found[0], text)


def without_any(text: str) -> str:
    """A text of a statement of care without any number of this form, with or without a key."""
    return " ".join(_ON_A_STATEMENT.sub(" ", text).split())


def screened(items: Iterable[Item]) -> Iterator[Item]:
    """The items of an export, of which none holds such a number, and a remark on each that did."""
    for item in items:
        if isinstance(item, Record):
            kept = without_nir(item)
            yield kept
            if kept is not item:
                yield Problem(item.locator, TOLD, row=False)
        elif isinstance(item, Stated):
            yield replace(item, scope=masked(item.scope))
        else:
            yield item


def without_nir(record: Record) -> Record:
    """A record without such numbers; itself where it has none.

    What has one for its key is known by a pseudonym of it, and so are references to it.
    """
    if not _may_have_one(record):
        return record
    fields = tuple(
        (name, value)
        for name, before in record.fields
        if (value := _value(before, name)) is not None
    )
    key, account = _key(record.key), record.account and _key(record.account)
    if (fields, key, account) == (record.fields, record.key, record.account):
        return record
    return replace(record, fields=fields, key=key, account=account)


def _may_have_one(record: Record) -> bool:
    """Whether any text of a record has the form of the number: that most have none is soon seen."""
    texts = [
        value if isinstance(value, str) else _written(value)
        for _, value in record.fields
        if type(value) not in _NO_NUMBERS
    ]
    texts += _texts(record.key)
    if record.account is not None:
        texts += _texts(record.account)
    # What stands between two texts is no part of a number, so that one search looks at all.
    long = [text for text in texts if len(text) >= _SHORTEST]
    return _FORM.search("\0".join(long)) is not None


_NO_NUMBERS: Final = frozenset({bool, date, datetime, Code})


def _written(value: Value) -> str:
    """A value that is no plain text, as the text that would be searched."""
    if isinstance(value, Ref):
        account = _texts(value.account) if value.account else ()
        return "\0".join((*_texts(value.key), *account))
    if isinstance(value, LangString):
        return value.text
    if isinstance(value, Typed):
        return value.lexical
    return value.value if isinstance(value, Iri) else str(value)


def _texts(key: Key) -> tuple[str, ...]:
    return key.natural if key.stable is None else (key.stable,)


def _is_one(found: re.Match[str], about: str) -> bool:
    plain = re.sub(r"\W", "", found[0]).upper()
    month, department = plain[3:5], plain[5:7]
    if int(month) not in _MONTHS or department == "00":
        return False
    if len(plain) == _KEYED:
        return 97 - int(_digits(plain[:13])) % 97 == int(plain[13:])
    before = found.string[max(0, found.start() - _NEAR) : found.start()]
    said = f"{_spaced(about)} {unaccented(before)}"
    return bool(_GROUPED.fullmatch(found[0]) or _WORDS.search(said))


def _digits(number: str) -> str:
    return number[:5] + _CORSICA.get(number[5:7], number[5:7]) + number[7:]


def _spaced(name: str) -> str:
    """The words of the name of a property: `column:NIR_assuré`, `sd:socialSecurityNumber`."""
    return unaccented(re.sub(r"[:_%]|(?<=[a-z])(?=[A-Z])", " ", name))


def _value(value: Value, name: str) -> Value | None:
    """A value without such a number, None where nothing would be left of it."""
    if isinstance(value, Ref):
        account = value.account and _key(value.account)
        return replace(value, key=_key(value.key), account=account)
    if isinstance(value, str):
        return masked(value, name)
    if isinstance(value, LangString):
        return replace(value, text=masked(value.text, name))
    if isinstance(value, Typed):
        return replace(value, lexical=masked(value.lexical, name))
    text = value.value if isinstance(value, Iri) else str(value)
    return value if masked(text, name) == text else None


def _key(key: Key) -> Key:
    texts = _texts(key)
    if all(masked(text) == text for text in texts):
        return key
    hidden = (text if masked(text) == text else PARTY_OF + _plain(text) for text in texts)
    return Key(natural=tuple(hidden))


def _plain(text: str) -> str:
    """The same for all ways to write the number."""
    return re.sub(r"\W", "", text).upper()
