"""What a person is asked, whoever asks and however it came here: one purpose and its data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from acl import Mode
from pod.agreements import AccessGrant, AccessRequest, Item
from pod.consent.bilingual import Bilingual, same
from pod.consent.categories import CATEGORIES, Category, category_of, covered
from pod.consent.manifest import Manifest, Need, Use, read_manifest
from pod.consent.purposes import PURPOSES, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """One thing to say yes or no to: modes on a container or document, and all below it.

    `is_named` says that a resource was named, and not a category; `fields` are IRIs of properties,
    () for all; `reason` is in the asker's words.
    """

    path: str
    category: str
    is_named: bool
    modes: Mode
    fields: tuple[str, ...]
    reason: Bilingual | None
    is_required: bool

    @property
    def holds(self) -> tuple[Category, ...]:
        """The categories that it has data of."""
        return covered(self.path)

    @property
    def sensitive(self) -> Bilingual | None:
        """Why it must be asked for alone; None where it need not be."""
        return next((one.sensitive for one in self.holds if one.sensitive), None)

    def given(self, modes: Mode) -> Item:
        """The same as part of a request or a grant."""
        return Item(path=self.path, modes=modes, category=None if self.is_named else self.category)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to a person. `agent` is None where it is not known yet who will ask; `use` is
    what the asker's manifest says of the purpose, None where it says nothing; `days` is None for
    until it is stopped, `terms` the agreement of the person's that the asker has accepted.
    """

    agent: str | None
    client: str | None
    purpose: str
    sentence: Bilingual | None
    items: tuple[AskedItem, ...]
    days: int | None
    retention: str | None
    terms: str | None
    manifest: Manifest
    use: Use | None

    @property
    def norm(self) -> Purpose | None:
        """What is usual for the purpose; None for one that is none of the list."""
        return PURPOSES.get(self.purpose)

    @property
    def is_silent(self) -> bool:
        """Whether nobody has asked for anything: what is offered is for the person to choose."""
        return self.use is None and self.sentence is None

    @property
    def name(self) -> str:
        """What to call who asks: by law, by its own name, or by its address."""
        controller = self.manifest.controller
        legal = controller.legal_name if controller else ""
        return legal or self.manifest.name or self.client or self.agent or ""

    @property
    def categories(self) -> tuple[str, ...]:
        """The names of the categories that it has data of, each once."""
        return tuple(dict.fromkeys(one.name for item in self.items for one in item.holds))


def of_request(request: AccessRequest) -> Asked:
    """The question that a request is; what the app said of itself when it asked goes with it."""
    manifest = read_manifest(request.manifest)
    use = manifest.use_for(request.purpose)
    items = (
        *(_of_item(item, use, is_required=True) for item in request.required),
        *(_of_item(item, use, is_required=False) for item in request.optional),
    )
    return Asked(
        agent=request.agent,
        client=request.client,
        purpose=request.purpose,
        sentence=_sentence(request.sentence, use),
        items=items,
        days=request.days,
        retention=request.retention,
        terms=request.terms,
        manifest=manifest,
        use=use,
    )


def sentence_of(grant: AccessGrant, request: AccessRequest | None) -> Bilingual:
    """What a grant is for, in plain words: in both languages where its request has it in both."""
    said = None if request is None else of_request(request).sentence
    return said or same(grant.sentence)


def of_use(manifest: Manifest, use: Use) -> Asked:
    """The question that an app would ask by what it says of itself."""
    items = (
        *(_of_need(need, is_required=True) for need in use.required),
        *(_of_need(need, is_required=False) for need in use.optional),
    )
    return Asked(
        agent=None,
        client=manifest.client or None,
        purpose=use.purpose,
        sentence=use.sentence,
        items=items,
        days=use.days,
        retention=use.retention,
        terms=next(iter(manifest.terms), None),
        manifest=manifest,
        use=use,
    )


def steps(asked: Asked) -> tuple[Asked, ...]:
    """The questions that one becomes: what is sensitive is asked for alone, each of it."""
    plain = tuple(item for item in asked.items if item.sensitive is None)
    alone = [(item,) for item in asked.items if item.sensitive is not None]
    parts = ([plain] if plain or not alone else []) + alone
    return tuple(replace(asked, items=items) for items in parts)


def is_bundle(asked: Asked) -> bool:
    """Whether what must be asked for alone is asked for with something else."""
    # CON-39: "sensitive categories never bundled".
    return len(steps(asked)) > 1


def _sentence(text: str, use: Use | None) -> Bilingual | None:
    """In both languages, where the request says what the manifest does in one of them."""
    if use and use.sentence and text in {"", use.sentence.fr, use.sentence.en}:
        return use.sentence
    return same(text) if text else None


def _of_item(item: Item, use: Use | None, *, is_required: bool) -> AskedItem:
    # What a category is called says nothing of a resource that is none of its.
    known = CATEGORIES.get(item.category or "")
    is_named = known is None or known.path != item.path
    category = category_of(item.path).name if is_named or known is None else known.name
    need = next((one for one in _needs(use) if one.category == category), None)
    return AskedItem(
        path=item.path,
        category=category,
        is_named=is_named,
        modes=item.modes,
        fields=need.fields if need else (),
        reason=need.reason if need else None,
        is_required=is_required,
    )


def _of_need(need: Need, *, is_required: bool) -> AskedItem:
    return AskedItem(
        path=CATEGORIES[need.category].path,
        category=need.category,
        is_named=False,
        modes=need.modes,
        fields=need.fields,
        reason=need.reason,
        is_required=is_required,
    )


def _needs(use: Use | None) -> Iterator[Need]:
    if use:
        yield from use.required
        yield from use.optional
