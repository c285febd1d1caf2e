"""All recipes at a glance: what each says now, and which motive it serves (PRI-27)."""

from collections.abc import Mapping
from datetime import date

from pod.flows.view.insights import Everyday
from pod.insight.recipes.budget import last_whole
from pod.insight.recipes.energy import beside, months
from pod.insight.recipes.suppliers import endings
from pod.web.ui.figures import FigureTeller
from pod.web.ui.recipe_budget import budget_values
from pod.web.ui.recipe_energy import energy_values
from pod.web.ui.recipe_suppliers import suppliers_values
from pod.web.ui.sheet import Column, Sheet

MOTIVES = {
    "budget": ("know", "easier"),
    "energy": ("know", "consume"),
    "suppliers": ("relations", "consume"),
}
"""Why somebody would use each: to know herself, to consume better, for her relations, for ease."""


def recipes_values(
    known: Everyday, today: date, told: FigureTeller
) -> tuple[Mapping[str, object], tuple[Sheet, ...]]:
    """What fills the first page of recipes, and its sheet."""
    said = _said(known, today, told)
    cards = [
        {
            "name": name,
            "sentence": str(values["sentence"]) if values else "",
            "chart": values["chart"] if values else "",
            "address": told.recipe(name),
            "motives": [told.say(f"recipes.to_{motive}") for motive in motives],
        }
        for name, motives in MOTIVES.items()
        for values in (said[name],)
    ]
    sheet = Sheet(
        name="recipes",
        title=told.say("recipes.title"),
        columns=(
            Column(name="recipe", title=told.say("recipes.recipe")),
            Column(name="sentence", title=told.say("recipes.sentence")),
        ),
        rows=tuple((told.say(f"{one['name']}.title"), str(one["sentence"])) for one in cards),
    )
    return {"cards": cards}, (sheet,)


def _said(
    known: Everyday, today: date, told: FigureTeller
) -> Mapping[str, Mapping[str, object] | None]:
    """What fills the page of each; None where nothing is known."""
    said: dict[str, Mapping[str, object] | None] = dict.fromkeys(MOTIVES)
    if known.until is not None:
        month = last_whole(known.budget, known.until)
        said["budget"] = budget_values(known.budget, month, "", told)[0]
    if known.energy.commodities:
        name = known.energy.commodities[0]
        used = known.energy.used[name]
        bills = beside(known.energy.billed.get(name, ()), used)
        said["energy"] = energy_values(months(used), bills, told)[0]
    if known.suppliers or known.contracts:
        ending = endings(known.contracts, today)
        said["suppliers"] = suppliers_values(known.suppliers, known.contracts, ending, told)[0]
    return said
