"""What has to hold across the files of a household, read from their bytes and the answer sheet.

Everything agrees but for the anomalies that the sheet states, and each of those is really there.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from pod.people.asked import Asked
from pod.people.invariants_besides import (
    check_claims,
    check_days,
    check_journeys,
    check_plays,
    check_powers,
    check_water,
)
from pod.people.invariants_energy import check_bills, check_gas, check_meters
from pod.people.invariants_others import (
    check_calls,
    check_care,
    check_dues,
    check_guarantees,
    check_marks,
    check_points,
)
from pod.people.reading import (
    Files,
    Place,
    cents,
    place,
)
from pod.people.whole import Whole

_EXPLAINED: Final = (
    "FR12ZZZ123456",
    "FR34ZZZ345678",
    "EPICERIE DU MARCHE",
    "VIR SEPA CPAM",
    "VIR SEPA MUTUELLE",
    "VIR SEPA LES JARDINS",
    "COURSE EX",
    "BOUTIQUE EX",
    "FR67ZZZ678901",
    "INDEMNISATION",
    "TRAIN.EX",
    "AVION.EX",
)
"""What the label of a movement has that some document has to explain."""


def broken(sheet: Any, files: Files) -> tuple[str, ...]:
    """What does not hold in a household, in sentences; () where everything does."""
    stated = {one["path"] for one in sheet["files"]}
    stated |= {at.removeprefix("@") for one in sheet["files"] for at in one["options"].values()}
    apart = sorted(stated.symmetric_difference(files))
    if apart:
        return tuple(
            f"{path}: the answer sheet and the folder do not both have it" for path in apart
        )
    whole = Whole.of(sheet, files)
    checks = (
        *(_accounts, _links, _unexplained, check_meters, check_bills),
        *(check_calls, check_care, check_dues, check_gas, check_guarantees, check_marks),
        *(check_points, check_water, check_powers, check_claims, check_journeys),
        *(check_plays, check_days),
    )
    return tuple(sentence for check in checks for sentence in check(whole))


def _accounts(whole: Whole) -> Iterator[str]:
    """What an account held at first and what was booked make what it held at the end."""
    told = {one["name"]: one for one in whole.sheet["accounts"]}
    for path, found in whole.statements.items():
        said = told[path.rpartition("/")[2].partition(".")[0]]
        opening = cents(said["opening"]) if found.opening is None else found.opening
        if opening + sum(line.cents for line in found.lines.values()) != found.closing:
            yield f"{path}: its movements do not make its closing balance"
        if (found.count, len(found.lines)) != (said["movements"],) * 2:
            yield f"{path}: it has other movements than the answer sheet says"
        if (opening, found.closing) != (cents(said["opening"]), cents(said["closing"])):
            yield f"{path}: its balances are not those of the answer sheet"


def _links(whole: Whole) -> Iterator[str]:
    """All that a movement settles makes its amount, to the cent, at a likely time."""
    settled: dict[Place, list[Asked]] = defaultdict(list)
    for link in whole.sheet["links"]:
        # A claim says no amount: what was paid for it is held to the sheet.
        if link["kind"] != "settledBy" or link["from"]["class"] == "Claim":
            continue
        source, found = link["from"], whole.asked.get(place(link["from"]))
        if found is None or whole.booked(link["to"]) is None:
            yield f"{source['file']}: {source['id']}: a link leads nowhere"
        else:
            settled[place(link["to"])].append(found)
    for (path, _, reference), several in settled.items():
        line = whole.statements[path].lines[reference]
        if sum(one.cents for one in several) != line.cents:
            yield f"{reference}: what was booked is not what was asked for"
        if not all(one.could_be_on(line.day) for one in several):
            yield f"{reference}: it was booked too long before or after it was due"


def _unexplained(whole: Whole) -> Iterator[str]:
    """A movement of somebody whose documents are there is explained by one of them."""
    links = [one for one in whole.sheet["links"] if one["kind"] == "settledBy"]
    linked = {(one["to"]["file"], one["to"]["id"]) for one in links}
    doubled = {about[2] for about, _ in whole.anomalies("doubled-debit")}
    for path, found in whole.statements.items():
        for reference, line in found.lines.items():
            is_linked = (path, reference) in linked
            if reference in doubled and is_linked:
                yield f"{reference}: a debit is stated as doubled and is linked"
            if is_linked or reference in doubled:
                continue
            if any(words in line.label for words in _EXPLAINED):
                yield f"{reference}: no document explains this movement"
