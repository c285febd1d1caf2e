"""The terms and the codes of our vocabulary as Python constants, written from the Turtle files."""

from collections.abc import Iterable, Mapping
from keyword import iskeyword

from vocab.glossary import Word, of_type
from vocab.names import RDF, RDFS, SD, SDC, SKOS

_NOTICE = "Written by `python -m vocab.build` from vocab/terms/, which says what they mean."
_TERMS = f'''"""The classes and properties of our vocabulary, and the addresses of its documents.

{_NOTICE}
"""

# ruff: noqa: N815 - a constant is spelt as its vocabulary spells it

from typing import Final, final

ONTOLOGY: Final = "https://w3id.org/selfdata/ns"
CODES: Final = "https://w3id.org/selfdata/codes"
SHAPES: Final = "https://w3id.org/selfdata/shapes"
CONTEXT: Final = "https://w3id.org/selfdata/context.jsonld"
APP_CONTEXT: Final = "https://w3id.org/selfdata/app.jsonld"


@final
class SD:
    NS: Final = "{SD.NS}"
'''
_CODES = f'''"""The codes of our vocabulary.

{_NOTICE}
"""

# ruff: noqa: N815 - a constant is spelt as its vocabulary spells it

from typing import Final, final


@final
class SDC:
    NS: Final = "{SDC.NS}"
'''


def terms_module(known: Mapping[str, Word]) -> str:
    """The text of vocab/selfdata.py: classes first, then properties, each by name."""
    return _TERMS + _constants((*of_type(known, RDFS.Class), *of_type(known, RDF.Property)))


def codes_module(known: Mapping[str, Word]) -> str:
    """The text of vocab/codes.py: the codes by name."""
    return _CODES + _constants(of_type(known, SKOS.Concept))


def _constants(words: Iterable[Word]) -> str:
    return "".join(f'    {_name(word.name)}: Final = NS + "{word.name}"\n' for word in words)


def _name(local: str) -> str:
    name = local.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name
