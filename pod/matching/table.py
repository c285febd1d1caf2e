"""The records to be matched, by their class, and what of them has its answer already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pod.matching.evidence import Ask
from pod.matching.item import BANK_LINE, Item
from pod.matching.match import Decided
from pod.matching.rules import RULES, Rule
from vocab.names import SD


@dataclass(frozen=True, slots=True)
class Table:
    """Records in the order of their days. `answered` are IRIs with the links that they have, and
    `taken` what they are linked to; `told` are lines of a bank that were found to be something.
    `settled` is which line of a bank each record is settled by, by their IRIs.
    """

    of_kind: Mapping[str, tuple[Item, ...]]
    rejected: frozenset[tuple[str, str]]
    answered: frozenset[tuple[str, str]]
    taken: frozenset[str]
    told: frozenset[str]
    settled: Mapping[str, str]

    @classmethod
    def of(cls, items: Iterable[Item], decided: Decided) -> "Table":
        of_kind: dict[str, list[Item]] = defaultdict(list)
        linked = {(m.source, RULES[m.rule].link, m.target) for m in decided.standing}
        for one in sorted(items, key=lambda one: (one.day, one.iri)):
            of_kind[one.kind].append(one)
            linked |= {(one.iri, link, target) for link, target in one.links}
        return cls(
            {kind: tuple(several) for kind, several in of_kind.items()},
            decided.rejected,
            frozenset((iri, link) for iri, link, _ in linked),
            frozenset(target for _, _, target in linked),
            frozenset(m.source for m in decided.standing if RULES[m.rule].source == BANK_LINE),
            {iri: target for iri, link, target in sorted(linked) if link == SD.settledBy},
        )

    def lines(self, used: AbstractSet[str] = frozenset()) -> list[Item]:
        """The lines of banks that nothing is known of yet, without those that are used."""
        return [one for one in self.not_paying(used) if one.iri not in self.told]

    def not_paying(self, used: AbstractSet[str]) -> list[Item]:
        """The lines of banks that nothing is settled by, without those that are used."""
        lines = self.of_kind.get(BANK_LINE, ())
        return [one for one in lines if one.iri not in self.taken and one.iri not in used]

    def asked(self, rule: Rule) -> Iterator[Item]:
        """The records of a rule that have no answer yet."""
        for one in self.of_kind.get(rule.source, ()):
            if (one.iri, rule.link) not in self.answered:
                yield one

    def answers(self, rule: Rule) -> tuple[Item, ...]:
        """What may answer a rule."""
        return self.of_kind.get(rule.target, ())

    def is_rejected(self, ask: Ask, other: Item) -> bool:
        """Whether the person has said that one of some records does not belong to another."""
        return any((one.iri, other.iri) in self.rejected for one in ask.members)
