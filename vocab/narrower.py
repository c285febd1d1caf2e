"""Whether a shape refuses what an earlier one let through."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from vocab.shacl import Property, Shape


def narrowed(old: Iterable[Shape], new: Iterable[Shape]) -> Iterator[tuple[str, str]]:
    """The class and the property of each rule that is narrower than all earlier ones of it.

    A property that no earlier rule of its class was about may be described, and not be required.
    """
    earlier = {shape.target: shape.properties for shape in old}
    for shape in new:
        known = earlier.get(shape.target, shape.properties)
        for rule in shape.properties:
            before = [one for one in known if one.path == rule.path]
            if all(_is_narrower(rule, one) for one in before) and (before or rule.at_least):
                yield shape.target, rule.path


def _is_narrower(rule: Property, before: Property) -> bool:
    return (
        rule.at_least > before.at_least
        or _is_fewer(rule.at_most, before.at_most)
        or (rule.iri and not before.iri)
        or (rule.pattern is not None and rule.pattern != before.pattern)
        or _leaves_out(rule.datatypes, before.datatypes)
        or _leaves_out(rule.values, before.values)
        or _is_fewer(rule.maximum, before.maximum)
        or _is_more(rule.minimum, before.minimum)
    )


def _is_fewer(limit: Decimal | int | None, before: Decimal | int | None) -> bool:
    return limit is not None and (before is None or limit < before)


def _is_more(limit: Decimal | None, before: Decimal | None) -> bool:
    return limit is not None and (before is None or limit > before)


def _leaves_out(these: tuple[str, ...], before: tuple[str, ...]) -> bool:
    return bool(these) and (not before or not set(before) <= set(these))
