"""A table for a study of one's own: data, dictionary and figures in a ZIP, and how to get it again.

The same data always give the same octets, so that two people can compare what they worked with.
"""

import io
import zipfile
from typing import Final

from pod.extract.tables import Table

MEDIA_TYPE: Final = "application/zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say
_NAMES = {
    "en": ("data.csv", "dictionary.csv", "figures.csv", "README.txt"),
    "fr": ("donnees.csv", "dictionnaire.csv", "chiffres.csv", "LISEZMOI.txt"),
}
_RECIPE = {
    "en": """{label}: {count} records of {storage}

{data}        a record a row; the first column is the address of the record in the space
{dictionary}  what each column means, its type, and how many values a record has
{figures}     sums, bounds, medians and trends of the columns of numbers, from these rows

The tables are in UTF-8 with commas between the cells (RFC 4180). Days are civil dates, times have
their offset, amounts a point and their sign. A trend is by how much the value goes up in a year, by
the line of least squares through the days. Who holds the space gets the same tables again with

    pod extract NAME --as csv --class {kind} --language {language} --to FILE.zip
""",
    "fr": """{label} : {count} enregistrements de {storage}

{data}          un enregistrement par ligne ; la première colonne est son adresse dans l'espace
{dictionary}     ce que veut dire chaque colonne, son type, et combien de valeurs elle a
{figures}         sommes, bornes, médianes et tendances des colonnes de nombres, d'après ces lignes

Les tables sont en UTF-8, avec des virgules entre les cellules (RFC 4180). Les jours sont des dates
civiles, les heures ont leur décalage, les montants un point et leur signe. Une tendance dit de
combien la valeur monte en un an, par la droite des moindres carrés. Pour obtenir les mêmes tables :

    pod extract NOM --as csv --class {kind} --language {language} --to FICHIER.zip
""",
}


def study(found: Table, storage: str, language: str) -> bytes:
    """The ZIP of a table; `storage` is the address of the space, `language` "fr" or "en"."""
    data, dictionary, figures, read_me = _NAMES[language]
    recipe = _RECIPE[language].format(
        label=found.known.named(found.kind, language),
        count=len(found.records),
        storage=storage,
        data=data,
        dictionary=dictionary,
        figures=figures,
        kind=found.known.name_of(found.kind),
        language=language,
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            (data, found.data(language)),
            (dictionary, found.dictionary(language)),
            (figures, found.figures(language)),
            (read_me, recipe.encode()),
        ):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
