"""What has to hold of telephones, care, insurance, school and points."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from pod.people.reading import (
    Care,
    cares,
    cents,
    charged_minutes,
    guarantees,
    in_json,
    invoice,
    mutual,
    names_of_lines,
    under,
)
from pod.people.whole import Whole


def check_calls(whole: Whole) -> Iterator[str]:
    """A phone bill charges the minutes of its month that the plan does not hold."""
    charged = charged_minutes(whole.files)
    plans: list[tuple[str, int]] = []
    for path, content in sorted(under(whole.files, "telecom/facture-")):
        found = invoice(content)
        billed = sum(quantity for unit, quantity, _, _ in found.lines if unit == "MIN")
        if billed != charged[f"{found.first:%Y-%m}"]:
            yield f"{path}: it charges {billed} minutes, and the calls say others"
        plans += [(found.number, net) for unit, _, net, _ in found.lines if unit == "C62"]
    rises = {now for (_, before), (now, net) in pairwise(plans) if net > before}
    stated = {about[0] for about, _ in whole.anomalies("unannounced-price-rise")}
    if rises != stated:
        yield "telecom: the price of the plan rises otherwise than is stated"


def check_care(whole: Whole) -> Iterator[str]:
    """Each transfer is its rows, and each care has its part of the mutual, or it is stated."""
    rows: dict[str, Care] = {}
    for path, content in under(whole.files, "sante/releve"):
        found, transfers = cares(content)
        sums = Counter[date]()
        for row in found.values():
            sums[row.paid] += row.back
        if sums != transfers:
            yield f"{path}: a transfer is not its rows"
        rows |= {f"{path} {line}": row for line, row in found.items()}
    table = mutual(whole.files.get("sante/remboursements-mutuelle.csv", b""))
    paid = Counter((row.day, row.label) for row in table.values())
    missing = sum(1 for _ in whole.anomalies("missing-reimbursement"))
    due = Counter((row.day, row.label) for row in rows.values())
    pending = len(whole.sheet["services"]["SVC-04"]["pending"])
    # Those of the last weeks are still to come, and the sheet names them.
    if (due - paid).total() != pending + missing or (paid - due).total():
        yield "sante: the mutual paid for other care than is stated"


def check_dues(whole: Whole) -> Iterator[str]:
    """What is debited for a contract is a twelfth of its price."""
    (members,) = in_json(whole.files["assurance/contrats.json"])
    prices = {
        f"/0/contrat/{rank}": cents(str(one["montantTarifTtc"]))
        for rank, one in enumerate(members["contrat"])
    }
    for link in whole.sheet["links"]:
        if link["kind"] == "dueOf":
            line, yearly = whole.booked(link["from"]), prices.get(link["to"]["id"])
            if line is None or yearly is None or line.cents * 12 != -yearly:
                yield f"{link['to']['id']}: a debit is no twelfth of the price of its contract"


def check_guarantees(whole: Whole) -> Iterator[str]:
    """A guarantee names the thing that stands on the line of the bill that it is linked to."""
    titles = guarantees(whole.files.get("coffre/documents.json", b'{"documents": []}'))
    for link in whole.sheet["links"]:
        source, target = link["from"], link["to"]
        if source["class"] != "Document":
            continue
        rank = int(target["id"].rpartition("[")[2].rstrip("]"))
        name = names_of_lines(whole.files[target["file"]])[rank - 1]
        if name not in titles.get(source["id"], ""):
            yield f"{source['id']}: this guarantee names another thing than its bill"


def check_marks(whole: Whole) -> Iterator[str]:
    """The mean of each subject in a term is that of its marks by their coefficients."""
    for path, content in under(whole.files, "ecole/"):
        told = in_json(content)["data"]
        sums: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in told["notes"]:
            key, weight = (one["codePeriode"], one["codeMatiere"]), int(one["coef"])
            total, weights = sums[key]
            sums[key] = total + cents(one["valeur"]) * weight, weights + weight
        for term in told["periodes"]:
            for subject in term["ensembleMatieres"]["disciplines"]:
                total, weights = sums[term["codePeriode"], subject["codeMatiere"]]
                if abs(cents(subject["moyenne"]) * weights - total) * 2 > weights:
                    yield f"{path}: a mean is not that of its marks"


def check_points(whole: Whole) -> Iterator[str]:
    """Each balance of the loyalty card is the one before with what was earned or used."""
    for path, content in under(whole.files, "epicerie/fidelite"):
        rows = [row.split(";") for row in content.decode().splitlines()[1:]]
        for before, after in pairwise(rows):
            if int(before[5]) + int(after[4]) != int(after[5]):
                yield f"{path}: a balance is not the one before with its points"
