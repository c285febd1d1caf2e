"""Where the pages of a person's data lead to, in the space that is shown."""

from dataclasses import dataclass

from pod.insight.held import Category
from pod.insight.life import LIFE_OF, LifeDomain
from pod.web.places import DATA, TIMELINE, link
from vocab.names import SDC


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of pages; `space` is the name of the space, "" where none is asked for."""

    space: str

    def domains(self) -> str:
        return link(DATA, space=self.space)

    def domain(self, life: LifeDomain) -> str:
        return link(DATA, space=self.space, domain=life.name)

    def life_of(self, container: str) -> str:
        """The domain of a life that a container belongs to; all of them where it is in none."""
        life = LIFE_OF.get(container)
        return self.domain(life) if life is not None else self.domains()

    def category(self, container: str, kind: str, **more: object) -> str:
        """A category, and what of it: `holder`, `origin`, `page`, `part`, `month`."""
        return link(DATA, space=self.space, **{"in": container, "class": kind}, **more)

    def of(self, one: Category) -> str:
        return self.category(one.container, one.kind)

    def record(self, iri: str) -> str:
        return link(DATA, space=self.space, record=iri)

    def twin(self, container: str, kind: str, *of: str) -> str:
        """One table of a category, as CSV: `of` are the sheet, the part and the month."""
        place = f"{DATA.removesuffix('/')}.csv"
        named = {"in": container, "class": kind}
        more = dict(zip(("sheet", "part", "month"), of, strict=False))
        return link(place, space=self.space, **named, **more)

    def source(self, path: str) -> str:
        """A file as an organisation gave it, by its path below the root of the space."""
        return link(f"{DATA}file", space=self.space, source=path)

    def file(self, container: str, kind: str) -> str:
        """All records of a category, to keep."""
        return link(f"{DATA}file", space=self.space, **{"in": container, "class": kind})

    def timeline(self, **more: object) -> str:
        return link(TIMELINE, space=self.space, **more)


def origin_name(iri: str) -> str:
    """How an origin is written in an address: `provided`, `observed` or `derived`."""
    return iri.removeprefix(SDC.NS)
