"""The closed list of purposes that data can be asked for: terms of the Data Privacy Vocabulary.

DPV 2 (https://w3id.org/dpv) says what each means to programs; here it is said to a person. What a
purpose usually needs is a norm: to ask for more is not forbidden, but pointed out to her.
"""

# ruff: noqa: RUF001 - French is written with its own apostrophe

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pod.consent.bilingual import Bilingual
from vocab.names import DPV

DEFAULT_DAYS: Final = 30
"""How long a grant is proposed for, in days, where its purpose does not suggest a shorter time."""

# DPV has training among what is done to data, and no purpose for it; people are told all the same.
TRAINING: Final = "https://w3id.org/dpv/ai#ModelTraining"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What data may be used for.

    `iri` is a term of DPV. `usual` are the names of the categories that it usually needs
    (pod.consent.categories), `longest` the longest time that it makes sense for, in days, and
    `writes` says whether it usually needs more than to read.
    """

    iri: str
    label: Bilingual
    sentence: Bilingual
    usual: frozenset[str]
    longest: int
    writes: bool = False

    @property
    def days(self) -> int:
        """How long is proposed, in days."""
        return min(DEFAULT_DAYS, self.longest)


_BILLS = "bank energy insurance retail telecom"
_STUDIED = "education energy mobility online retail telecom"

# The term, both labels, both sentences, the usual categories, the longest time in days.
_TABLE = (
    (
        "ServicePersonalisation",
        "Un service à votre mesure",
        "A service made to fit you",
        "Vos données servent à adapter ce service à vous, par exemple pour suivre votre budget.",
        "Your data are used to fit this service to you, for instance to follow your budget.",
        _BILLS,
        365,
    ),
    (
        "RequestedServiceProvision",
        "Rendre le service demandé",
        "Doing what you asked for",
        "Vos données servent à faire ce que vous avez demandé, et rien d’autre.",
        "Your data are used to do what you asked for, and nothing else.",
        "annotations private profile public",
        365,
    ),
    (
        "OptimisationForConsumer",
        "Vous faire économiser",
        "Saving you money or energy",
        "Vos données servent à trouver où vous pouvez payer ou consommer moins.",
        "Your data are used to find where you can pay or use less.",
        _BILLS,
        90,
    ),
    (
        "ProvidePersonalisedRecommendations",
        "Vous conseiller",
        "Giving you advice",
        "Vos données servent à vous donner des conseils, par exemple sur votre énergie.",
        "Your data are used to give you advice, for instance about your energy.",
        "energy retail telecom",
        180,
    ),
    (
        "PaymentManagement",
        "Gérer factures et paiements",
        "Handling bills and payments",
        "Vos données servent à suivre, payer ou rapprocher vos factures.",
        "Your data are used to follow, pay or match your bills.",
        _BILLS,
        365,
    ),
    (
        "RecordManagement",
        "Classer et garder vos papiers",
        "Sorting and keeping your papers",
        "Vos données servent à ranger vos documents et à les retrouver.",
        "Your data are used to sort your documents and to find them again.",
        "annotations private vault",
        365,
    ),
    (
        "CustomerClaimsManagement",
        "Traiter un remboursement",
        "Handling a refund or a claim",
        "Vos données servent à demander ou à vérifier ce que l’on vous doit.",
        "Your data are used to claim or to check what you are owed.",
        "bank insurance relation",
        180,
    ),
    (
        "RightsFulfilment",
        "Faire valoir vos droits",
        "Making use of your rights",
        "Vos données servent à faire respecter un droit que la loi vous donne.",
        "Your data are used to have a right respected that the law gives you.",
        "profile relation",
        90,
    ),
    (
        "CustomerCare",
        "Vous aider ou vous dépanner",
        "Helping you when something fails",
        "Vos données servent à répondre à votre question ou à régler votre panne.",
        "Your data are used to answer your question or to solve your problem.",
        "profile relation telecom",
        30,
    ),
    (
        "EstablishContractualAgreement",
        "Préparer un contrat",
        "Preparing a contract",
        "Vos données servent à préparer un devis ou un contrat avec vous.",
        "Your data are used to prepare an offer or a contract with you.",
        "insurance profile",
        30,
    ),
    (
        "CustomerSolvencyMonitoring",
        "Vérifier que vous pouvez payer",
        "Checking that you can pay",
        "Vos données servent à décider si l’on vous prête ou si l’on vous loue.",
        "Your data are used to decide whether to lend or to rent to you.",
        "bank work",
        30,
    ),
    (
        "IdentityVerification",
        "Vérifier qui vous êtes",
        "Checking who you are",
        "Vos données servent à vérifier que vous êtes bien la personne que vous dites.",
        "Your data are used to check that you are who you say.",
        "profile",
        7,
    ),
    (
        "AgeVerification",
        "Vérifier votre âge",
        "Checking your age",
        "Vos données servent à vérifier que vous avez l’âge demandé.",
        "Your data are used to check that you are old enough.",
        "profile",
        1,
    ),
    (
        "FraudPreventionAndDetection",
        "Lutter contre la fraude",
        "Preventing fraud",
        "Vos données servent à voir si quelqu’un se fait passer pour vous.",
        "Your data are used to see whether somebody poses as you.",
        "bank profile",
        90,
    ),
    (
        "ImproveHealthcare",
        "Mieux soigner",
        "Improving care",
        "Vos données servent à mieux vous soigner, ou à mieux soigner d’autres.",
        "Your data are used to care for you better, or for others.",
        "health",
        365,
    ),
    (
        "ScientificResearch",
        "La recherche scientifique",
        "Scientific research",
        "Vos données servent à une étude de chercheurs, dont les résultats sont publiés.",
        "Your data are used in a study by researchers, who publish what they find.",
        _STUDIED,
        730,
    ),
    (
        "DataAltruism",
        "L’intérêt général",
        "The common good",
        "Vos données servent à tous, par exemple pour le climat ou les transports.",
        "Your data are used for the good of all, for instance for the climate or for transport.",
        _STUDIED,
        365,
    ),
    (
        "CommercialResearch",
        "Une étude pour une entreprise",
        "Research for a company",
        "Vos données servent à une étude dont une entreprise tire profit.",
        "Your data are used in a study that a company makes money from.",
        "retail",
        90,
    ),
    (
        "ImproveExistingProductsAndServices",
        "Améliorer ses produits",
        "Improving its products",
        "Vos données servent à améliorer ce que l’organisation vend.",
        "Your data are used to improve what the organisation sells.",
        "",
        90,
    ),
    (
        "DirectMarketing",
        "Vous envoyer des offres",
        "Sending you offers",
        "Vos données servent à choisir et à vous envoyer des offres.",
        "Your data are used to choose offers and to send them to you.",
        "profile",
        90,
    ),
    (
        "PersonalisedAdvertising",
        "Vous montrer de la publicité",
        "Showing you advertising",
        "Vos données servent à choisir la publicité que vous verrez.",
        "Your data are used to choose the advertising that you will see.",
        "",
        30,
    ),
    (
        "SellDataToThirdParties",
        "Vendre vos données",
        "Selling your data",
        "Vos données sont vendues à d’autres, qui en font ce qu’ils veulent.",
        "Your data are sold to others, who do with them as they like.",
        "",
        30,
    ),
    (
        TRAINING,
        "Entraîner une intelligence artificielle",
        "Training artificial intelligence",
        "Vos données servent à entraîner une machine, et on ne pourra plus les en retirer.",
        "Your data are used to train a machine, and cannot be taken out of it again.",
        "",
        90,
    ),
)
_WRITING = frozenset({"RequestedServiceProvision", "PaymentManagement", "RecordManagement"})


def _purpose(row: tuple[str, str, str, str, str, str, int]) -> Purpose:
    name, label_fr, label_en, sentence_fr, sentence_en, usual, longest = row
    return Purpose(
        iri=name if name == TRAINING else DPV.NS + name,
        label=Bilingual(fr=label_fr, en=label_en),
        sentence=Bilingual(fr=sentence_fr, en=sentence_en),
        usual=frozenset(usual.split()),
        longest=longest,
        writes=name in _WRITING,
    )


PURPOSES: Final[Mapping[str, Purpose]] = MappingProxyType(
    {purpose.iri: purpose for purpose in map(_purpose, _TABLE)}
)
"""The purposes by their IRIs. A request for any other is for none."""
