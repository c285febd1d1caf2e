"""What the flows of Enedis SGE have in common: XML whose root has the name of the flow."""

import re

from importers.text import decode


def is_flow(head: bytes, name: str) -> bool:
    """Whether a file that begins like this is the flow of this name, "R50", with its head."""
    text = decode(head)
    root = re.search(rf"<(?:\w+:)?{name}[\s>]", text, re.ASCII)
    return root is not None and "En_Tete_Flux" in text
