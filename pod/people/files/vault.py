"""What a digital vault tells of the documents that it keeps, as JSON."""

from collections.abc import Iterator

from pod.people.events import Guarantee
from pod.people.files.written import HOLDERS, HolderFile, in_json
from pod.people.goods import GUARANTEED, SELLER


def vault(guarantees: tuple[Guarantee, ...]) -> HolderFile:
    """A guarantee and a manual of each thing that was bought; the files themselves stay there."""
    documents = [document for one in guarantees for document in _documents(one)]
    return HolderFile(
        path="coffre/documents.json",
        media_type="application/json",
        holder=HOLDERS["vault"],
        title="documents of a digital vault (JSON)",
        format="vault-index",
        content=in_json({"documents": documents}, 2),
        rows=len(documents),
        places={one.id: one.id for one in guarantees},
    )


def _documents(one: Guarantee) -> Iterator[dict[str, object]]:
    name = one.bill.lines[0].name
    for id_, title, category in (
        (one.id, f"Garantie {name} {GUARANTEED} ans", "Garanties"),
        (f"manual-{one.id}", f"Notice {name}", "Notices"),
    ):
        yield {
            "id": id_,
            "title": title,
            "filename": f"{category}/{id_}.pdf",
            "sender": SELLER.name,
            "createdAt": one.day.isoformat(),
            "category": category,
        }
