"""What a person brings to her page: looked at, so that she can decide, and then kept.

As `pod import` does it: with --dry-run first, file by file, and then without.
"""

from collections.abc import AsyncIterator

from importers.contract import Options
from pod.flows.add_files import NotTaken, Part, Wish, in_turn, take_file
from pod.flows.context import Pod
from pod.flows.sources import Claimed, Passed, Recogniser, sorted_out
from pod.flows.uploads import Stage, Upload
from pod.intake.arrived import Arrived
from pod.problems import Conflict, Malformed


def look(upload: Upload, pod: Pod) -> None:
    """Begin to look at what an upload holds; nothing of it is stored."""
    pod.server.uploads.start(upload, Stage.LOOKING, _gone_through(upload, pod, is_dry=True))


def keep(upload: Upload, pod: Pod) -> None:
    """Begin to store what an upload holds. Raises Conflict where it was not looked at yet."""
    if upload.stage is not Stage.WAITING:
        raise Conflict("these files are not ready to be kept; look at their page")
    pod.server.uploads.start(upload, Stage.KEEPING, _gone_through(upload, pod, is_dry=False))


def say(upload: Upload, said: dict[int, dict[str, str]]) -> None:
    """Note what the person says of files, by their places. Raises Conflict, and Malformed."""
    if upload.stage is not Stage.WAITING:
        raise Conflict("these files are not ready for that; look at their page")
    for place, values in said.items():
        asked = upload.arrived[place].asked if 0 <= place < len(upload.arrived) else ()
        known = {one.name: one for one in asked}
        for name, text in values.items():
            if name not in known:
                raise Malformed("this file asks for no such thing; load its page again")
            try:
                known[name].check(text)
            except ValueError as error:
                raise Malformed(str(error)) from error
    for place, values in said.items():
        upload.said.setdefault(place, {}).update(values)


async def _gone_through(upload: Upload, pod: Pod, *, is_dry: bool) -> Stage:
    recogniser = Recogniser()
    whole = sum(
        [one.weight async for one in _found(upload, recogniser) if isinstance(one, Claimed)]
    )
    done, arrived = 0, list[Arrived]()
    async for found in _found(upload, recogniser):
        upload.watch("", done, whole)
        if isinstance(found, Passed):
            arrived.append(Arrived(name=found.name, reason=found.reason, is_lost=found.lost))
            continue
        options = Options(values=upload.said.get(len(arrived), {}))
        part = Part(upload.watch, done, found.weight, whole)
        arrived.append(await _taken(found, Wish(options=options, is_dry=is_dry), pod, part))
        done += found.weight
    upload.arrived = tuple(arrived)
    return Stage.WAITING if is_dry else Stage.KEPT


def _found(upload: Upload, recogniser: Recogniser) -> AsyncIterator[Claimed | Passed]:
    return in_turn(sorted_out(upload.files, recogniser))


async def _taken(found: Claimed, wish: Wish, pod: Pod, part: Part) -> Arrived:
    importer = found.importer
    try:
        done, _ = await take_file(found, wish, pod, part)
    except NotTaken as reason:
        return Arrived(
            name=found.name,
            reason=str(reason),
            is_lost=True,
            format=importer.format,
            title=importer.title,
            domain=importer.domain,
            holder=importer.holder(found.head),
            asked=reason.asked,
        )
    return Arrived.read(found.name, importer, done.export, done.report)
