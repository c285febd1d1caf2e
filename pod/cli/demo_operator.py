"""What the page `/about` of a demonstration says of its operator: that there is none."""

# ruff: noqa: RUF001 - French is written with its own apostrophe

from typing import Final

from pod.config import Config, Operator
from pod.consent.bilingual import Bilingual

_NOBODY: Final = Operator(
    name=Bilingual(
        fr="Personne\N{NARROW NO-BREAK SPACE}: c’est une démonstration, lancée par une commande "
        "sur l’ordinateur qui la montre.",
        en="Nobody: this is a demonstration, started by a command on the computer that shows it.",
    ),
    contact=Bilingual(
        fr="La personne qui a lancé la commande.",
        en="The person who has started the command.",
    ),
    place=Bilingual(
        fr="Dans un dossier provisoire de cet ordinateur, et nulle part ailleurs.",
        en="In a temporary folder of that computer, and nowhere else.",
    ),
    quality=Bilingual(
        fr="Sur rien\N{NARROW NO-BREAK SPACE}: tout est effacé à l’arrêt, et rien n’est "
        "sauvegardé.",
        en="On nothing: all of it is erased when it is stopped, and there are no backups.",
    ),
    security=Bilingual(
        fr="Le mot de passe s’affiche dans le terminal, et tout le monde peut visiter. N’y mettez "
        "pas vos vraies données.",
        en="The password is shown in the terminal, and everybody can visit. Do not put real data "
        "of yours here.",
    ),
    incidents=Bilingual(
        fr="Arrêtez la commande, puis lancez-la de nouveau\N{NARROW NO-BREAK SPACE}: tout repart à "
        "neuf.",
        en="Stop the command, then start it again: everything begins anew.",
    ),
    processing=Bilingual(
        fr="Rien\N{NARROW NO-BREAK SPACE}: ni mesure, ni publicité, ni paiement.",
        en="Nothing: no statistics, no advertising, no payments.",
    ),
    help=Bilingual(
        fr="Dans la documentation du logiciel.",
        en="In the documentation of the software.",
    ),
)


def operator_of(config: Config) -> Operator:
    """Who runs a demonstration: as its settings say, or nobody where they say nothing."""
    return _NOBODY if config.operator == Operator() else config.operator
