"""MesInfos: what files and photographs lay on the platform of the pilot, without the files.

Two sets: those of the older platform with `docType` "photo", those of the newer with `type` "file"
or "directory". A folder says nothing of the person that its files do not, and is only told. Not
kept: digests by MD5, versions, and in which album a photograph is.
"""

from collections.abc import Iterator
from typing import Final

from importers.clock import civil_date, instant
from importers.contract import Item, Key, Problem, Record, Value
from importers.document import Element
from importers.mesinfos.cozy import COZY
from importers.pilot_set import PilotSet, required

_FOLDER: Final = "this is a folder: the files in it are kept, and it is not"
_PICTURES: Final = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
}


def _file(element: Element) -> Iterator[Item]:
    kind = element.text("type")
    if kind == "directory":
        yield Problem(element.locator, _FOLDER, row=False)
        return
    if kind != "file":
        raise ValueError("this is neither a file nor a folder")
    size = element.text("size")
    fields: list[tuple[str, Value]] = [("schema:encodingFormat", required(element, "mime"))]
    if size:
        fields.append(("schema:contentSize", size))
    yield _document(element, required(element, "name"), fields)


def _photo(element: Element) -> Iterator[Item]:
    if element.text("docType").lower() != "photo":
        raise ValueError("this is not a photograph")
    name = required(element, "title")
    ending = name.rpartition(".")[2].lower()
    if ending not in _PICTURES:
        raise ValueError("the name of this photograph does not say in which format it is")
    fields: list[tuple[str, Value]] = [("schema:encodingFormat", _PICTURES[ending])]
    if element.get("gps/lat") is not None and element.get("gps/lon") is not None:
        fields.append(("geo:lat", element.number("gps/lat")))
        fields.append(("geo:long", element.number("gps/lon")))
    yield _document(element, name, fields)


def _document(element: Element, name: str, fields: list[tuple[str, Value]]) -> Record:
    moment = element.text("created_at") or element.text("date")
    on = civil_date(instant(moment)) if moment else None
    identifier = element.text("_id")
    return Record(
        kind="Document",
        key=Key(stable=identifier) if identifier else Key(natural=(name,)),
        fields=(("schema:name", name), *fields, *((("sd:date", on),) if on else ())),
        on=on,
        locator=element.locator,
    )


FILES = PilotSet(
    format="mesinfos-files",
    title="MesInfos: fichiers et dossiers (JSON)",
    domain="vault",
    by=COZY,
    marks=('"dir_id"', '"mime"', '"file"'),
    reader=lambda: _file,
)
PHOTOS = PilotSet(
    format="mesinfos-photos",
    title="MesInfos: photos (JSON)",
    domain="vault",
    by=COZY,
    marks=('"photo"', '"docType"', '"albumid"'),
    reader=lambda: _photo,
)
