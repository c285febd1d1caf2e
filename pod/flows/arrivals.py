"""What a person brings to her page: looked at, so that she can decide, and then kept.

As `pod import` does it: with --dry-run first, file by file, and then without.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Final

from importers.contract import Options
from importers.mapped.table import MAPPING, MappedTable
from importers.options import needed
from pod.flows.add_files import NotTaken, Part, Wish, in_turn, take_file
from pod.flows.context import Pod
from pod.flows.drafted import drafted
from pod.flows.sorted_out import Claimed, Passed, Recogniser, sorted_out
from pod.flows.uploads import Choice, Stage, Upload
from pod.intake.arrived import Arrived
from pod.problems import Conflict, Malformed

TABLE: Final = MappedTable.format


def look(upload: Upload, pod: Pod) -> None:
    """Begin to look at what an upload holds; nothing of it is stored."""
    pod.server.uploads.start(upload, Stage.LOOKING, _gone_through(upload, pod, is_dry=True))


def keep(upload: Upload, pod: Pod) -> None:
    """Begin to store what an upload holds. Raises Conflict where it was not looked at yet."""
    if upload.stage is not Stage.WAITING:
        raise Conflict("these files are not ready to be kept; look at their page")
    pod.server.uploads.start(upload, Stage.KEEPING, _gone_through(upload, pod, is_dry=False))


def say(
    upload: Upload, said: Mapping[int, Mapping[str, str]], chosen: Mapping[int, Choice]
) -> None:
    """Note what the person says of files, by their places: options, and formats where she has to
    choose. Raises Conflict, and Malformed.
    """
    if upload.stage is not Stage.WAITING:
        raise Conflict("these files are not ready for that; look at their page")
    for place, values in said.items():
        _check(upload, place, values)
    names = {_at(upload, place).name: choice for place, choice in chosen.items()}
    for place, choice in chosen.items():
        one = _at(upload, place)
        formats = {name for name, _ in one.formats} | ({TABLE} if one.is_table else set())
        if choice.format not in formats:
            raise Malformed("this file is not of that format; load its page again")
    upload.chosen.update(names)
    for place in said.keys() | chosen.keys():
        known, values = upload.said.setdefault(place, {}), dict(said.get(place, {}))
        is_edited = values.get(MAPPING.name, "") not in {"", known.get(MAPPING.name, "")}
        known.update(values)
        if place in chosen and not is_edited:
            known.pop(MAPPING.name, None)  # it is drafted anew, for what she says now


def known_giver(upload: Upload, place: int) -> str:
    """Who gave a table, where the person has said it; "" where she has not."""
    if place >= len(upload.arrived):
        return ""
    said = upload.chosen.get(upload.arrived[place].name)
    return said.giver if said else ""


def _at(upload: Upload, place: int) -> Arrived:
    if not 0 <= place < len(upload.arrived):
        raise Malformed("there is no such file; load its page again")
    return upload.arrived[place]


def _check(upload: Upload, place: int, values: Mapping[str, str]) -> None:
    one = _at(upload, place)
    known = {option.name: option for option in (*one.asked, *one.open)}
    for name, text in values.items():
        if name not in known:
            raise Malformed("this file asks for no such thing; load its page again")
        try:
            known[name].check(text)
        except ValueError as error:
            raise Malformed(str(error)) from error


async def _gone_through(upload: Upload, pod: Pod, *, is_dry: bool) -> Stage:
    recogniser = Recogniser(chosen={name: one.format for name, one in upload.chosen.items()})
    whole = sum(
        [one.weight async for one in _found(upload, recogniser) if isinstance(one, Claimed)]
    )
    done, arrived = 0, list[Arrived]()
    async for found in _found(upload, recogniser):
        upload.watch("", done, whole)
        if isinstance(found, Passed):
            arrived.append(_passed(found))
            continue
        said = upload.said.setdefault(len(arrived), {})
        part = Part(upload.watch, done, found.weight, whole)
        try:
            if found.importer.format == TABLE and MAPPING.name not in said:
                said[MAPPING.name] = await drafted(found, upload.chosen[found.name])
            arrived.append(await _taken(found, said, pod, part, is_dry=is_dry))
        except NotTaken as reason:
            arrived.append(_refused(found, said, reason))
        done += found.weight
    upload.arrived = tuple(arrived)
    return Stage.WAITING if is_dry else Stage.KEPT


def _passed(found: Passed) -> Arrived:
    return Arrived(
        name=found.name,
        reason=found.reason,
        is_lost=found.lost,
        formats=tuple((one.format, one.title) for one in found.claims),
        is_table=found.is_table,
    )


def _found(upload: Upload, recogniser: Recogniser) -> AsyncIterator[Claimed | Passed]:
    return in_turn(sorted_out(upload.files, recogniser))


async def _taken(
    found: Claimed, said: Mapping[str, str], pod: Pod, part: Part, *, is_dry: bool
) -> Arrived:
    """Raises NotTaken."""
    wish = Wish(options=Options(values=said), is_dry=is_dry)
    done, _ = await take_file(found, wish, pod, part)
    match = await asyncio.to_thread(found.importer.recognise, found.file, found.head)
    known = found.importer.options
    may = tuple(one for one in known if one.is_required or one.name in said)
    read = Arrived.read(found.name, found.importer, done.export, done.report)
    called = tuple(dict.fromkeys((*may, *needed(match, found.importer))))
    is_table = found.importer.format == TABLE
    return replace(read, open=called, said=dict(said), is_table=is_table)


def _refused(found: Claimed, said: Mapping[str, str], reason: NotTaken) -> Arrived:
    importer = found.importer
    asked = reason.asked or tuple(one for one in importer.options if one.name in said)
    return Arrived(
        name=found.name,
        reason=str(reason),
        is_lost=True,
        format=importer.format,
        title=importer.title,
        domain=importer.domain,
        holder=None if importer.format == TABLE else importer.holder(found.head),
        asked=asked,
        said=dict(said),
        is_table=importer.format == TABLE,
    )
