"""What a person may say of an export of energy, which the export does not say itself."""

from typing import Final

from importers.contract import Option

METER: Final = Option(
    name="meter",
    fr="le numéro du compteur ou du contrat, là où le fichier ne le dit pas",
    en="the number of the meter or contract, where the file does not say it",
    example="09123456789012",
)
COMMODITY: Final = Option(
    name="commodity",
    fr="ce que mesure le compteur, là où le fichier ne le dit pas",
    en="what the meter measures, where the file does not say it",
    values=("electricity", "gas"),
)
UNIT: Final = Option(
    name="unit",
    fr="l'unité des chiffres, là où le fichier ne la dit pas",
    en="the unit of the figures, where the file does not say it",
    values=("kwh", "m3", "m³"),
)
FLOW: Final = Option(
    name="flow",
    fr="si l'énergie est consommée (in) ou produite (out), là où le fichier ne le dit pas",
    en="whether energy is consumed (in) or produced (out), where the file does not say it",
    values=("in", "out"),
)
