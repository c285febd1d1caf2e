"""Why two records were matched, in a sentence of each language."""

from typing import Final

from pod.matching.evidence import Evidence, Reason

_WORDS: Final = {
    "en": {
        Reason.AMOUNT: "the same amount, to the cent",
        Reason.TRANSFER: "the sum of one transfer",
        Reason.REFERENCE: "the same reference",
        Reason.MANDATE: "the same mandate",
        Reason.CREDITOR: "the same creditor",
        Reason.NAME: "the same name",
        Reason.INSTANT: "the same moment",
        Reason.LABEL: "the same label",
        Reason.BASE: "the same reimbursement base",
        Reason.SOON: "a bill soon after",
        Reason.PERIOD: "days that are in the period of the bill",
        Reason.PRODUCT: "the same number of the product",
        Reason.METER: "the same meter",
        Reason.HOLDER: "the same company",
        Reason.OWN: "from one of your accounts to another",
        Reason.SHARE: "a twelfth of the yearly price, at least three times",
        Reason.DAY: "the same day",
        Reason.CARE: "called as such a care",
    },
    "fr": {
        Reason.AMOUNT: "même montant, au centime près",
        Reason.TRANSFER: "somme d'un même virement",
        Reason.REFERENCE: "même référence",
        Reason.MANDATE: "même mandat",
        Reason.CREDITOR: "même créancier",
        Reason.NAME: "même nom",
        Reason.INSTANT: "même moment",
        Reason.LABEL: "même libellé",
        Reason.BASE: "même base de remboursement",
        Reason.SOON: "une facture peu après",
        Reason.PERIOD: "jours compris dans la période de la facture",
        Reason.PRODUCT: "même numéro de produit",
        Reason.METER: "même compteur",
        Reason.HOLDER: "même entreprise",
        Reason.OWN: "d'un de vos comptes à un autre",
        Reason.SHARE: "un douzième du prix annuel, au moins trois fois",
        Reason.DAY: "même jour",
        Reason.CARE: "nommé comme un tel soin",
    },
}
_APART: Final = {"en": ("{} day apart", "{} days apart"), "fr": ("à {} jour", "à {} jours")}

SAID: Final = (("en", "The person says so."), ("fr", "La personne le dit."))


def explained(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """What two records have in common, by language; nothing of what they are about."""
    return tuple((language, _sentence(evidence, language)) for language in _WORDS)


def _sentence(evidence: Evidence, language: str) -> str:
    words = _WORDS[language]
    said = [words[reason] for reason in words if reason in evidence.reasons]
    if evidence.days:
        one, several = _APART[language]
        said.append((one if evidence.days == 1 else several).format(evidence.days))
    text = ", ".join(said)
    return f"{text[0].upper()}{text[1:]}."
