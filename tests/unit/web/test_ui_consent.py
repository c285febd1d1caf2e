"""The screen of consent: as a page and as text it says the same, in one order, pressing nobody."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manifests import QUESTIONS, asked, changed, example

from pod.consent.bilingual import LANGUAGES, same
from pod.consent.diet import Covered, diet
from pod.consent.difference import difference
from pod.consent.line import money
from pod.consent.manifest import manifest_of
from pod.consent.screen import Part, Preview, Shown, again, screens
from pod.web.ui.consent import consent_part, consent_text, tell, version
from pod.web.ui.page import Look, page
from pod.web.ui.words import words

PREVIEW = Preview(
    rows=((date(2026, 3, 2), "Moulin Bleu", money(Decimal("12.4"), "EUR")),),
    count=212,
    since=date(2026, 1, 1),
    until=date(2026, 3, 31),
    sources=("Banque Rive",),
)
SHOWN = Shown(previews={"data/bank/": PREVIEW}, terms=same("Strict"), is_seen=True)


class Form(HTMLParser):
    """What a part has: its texts in order, its inputs and buttons, and how deep these stand."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.inputs, self.buttons, self.headings, self.open = [], [], [], [], []
        self.feed(str(html))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "input":
            self.inputs.append(found)
            return
        if tag == "button":
            self.buttons.append((tuple(self.open), found))
        if tag in {"h2", "h3", "legend"}:
            self.headings.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip():
            self.texts.append(" ".join(data.split()))


def first(document=None, shown=SHOWN):
    return screens(asked(document), shown)[0]


def form(screen, language="fr"):
    return Form(consent_part(screen, language, "/.oidc/data/1"))


def facts(screen, language):
    """Every sentence of a screen, in its order."""
    for section in screen.sections:
        yield words(language)[f"consent.part_{section.part.value}"]
        yield from (tell(line, language) for line in section.lines)
        for choice in section.choices:
            yield tell(choice.label, language)
            yield from (tell(line, language) for line in (*choice.lines, *choice.seen))
            yield from (tell(line, language) for line in choice.details)
        yield from (tell(line, language) for line in (*section.crossed_out, *section.details))


def follow(facts_, texts):
    """Whether the facts stand among the texts, in this order."""
    rest = iter(texts)
    return all(any(" ".join(fact.split()) == text for text in rest) for fact in facts_)


@pytest.mark.spec("Self Data PRI-04")
@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=25)
@given(question=QUESTIONS, is_seen=st.booleans())
def test_page_and_text_say_the_same_in_the_same_order(language, question, is_seen):
    for screen in screens(question, replace(SHOWN, is_seen=is_seen)):
        said = [*facts(screen, language)]
        text = re.sub(
            r"^ *(?:## |~ |\[.\] |\(.\) )?", "", consent_text(screen, language), flags=re.MULTILINE
        )
        assert follow(said, form(screen, language).texts)
        assert follow(said, [" ".join(line.split()) for line in text.splitlines()])


@pytest.mark.spec("Self Data PRI-04")
def test_the_parts_are_in_their_order():
    screen = first()
    assert [section.part for section in screen.sections] == [*Part][:-1]
    html = str(consent_part(screen, "fr", "/x"))
    places = [html.index(f'id="consent-{part.value}"') for part in [*Part][:-1]]
    assert places == sorted(places)
    assert places[-1] < html.index('id="consent-answers"') < html.index('name="answer"')


@pytest.mark.spec("Self Data PRI-04")
@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("who", "Budget Malin SAS"),
        ("where they are", "une entreprise, France"),
        (
            "what for",
            "« Nous lisons vos opérations pour vous montrer où part votre argent chaque mois. »",
        ),
        ("why", "Pourquoi : Pour faire les comptes du mois."),
        ("what", "Banque"),
        ("sample values", "Par exemple :"),
        ("a day", "2 mars 2026"),
        ("a text", "Moulin Bleu"),
        ("an amount", "12,40 €"),
        ("how many", "Lignes aujourd’hui : 212"),  # noqa: RUF001 - French
        ("of when", "Du 1er janvier 2026 au 31 mars 2026"),
        ("from whom", "Fourni par Banque Rive"),
        ("how long", "Ce qui est demandé : 90 jours."),
        ("where", "Sort de votre espace → Budget Malin SAS, France"),
        ("kept", "C’est gardé 6 mois."),  # noqa: RUF001 - French
        ("passed on", "Transmis à Nuage SARL (Irlande)"),
        ("conditions", "Budget Malin SAS a accepté vos conditions : Strict"),
        ("price", "Prix : 2,50 € par mois"),
    ],
)
def test_each_item_of_informed_consent_is_there(item, sentence):
    assert sentence in form(first()).texts, item


@pytest.mark.spec("Self Data PRI-04")
@settings(deadline=None, max_examples=25)
@given(question=QUESTIONS)
def test_no_item_is_left_out_whatever_is_asked(question):
    for screen in screens(question, Shown()):
        by_part = {section.part: section for section in screen.sections}
        keys = {part: [line.key for line in section.lines] for part, section in by_part.items()}
        assert keys[Part.WHO][0] == "who_name"
        assert keys[Part.WHY][0] == "why_sentence"
        assert {"why_you", "why_them", "why_price"} <= set(keys[Part.WHY])
        assert len(keys[Part.WHERE]) == 4
        assert keys[Part.TIME] == ["time_asked", "time_end", "time_stop"]
        assert keys[Part.TERMS]
        assert keys[Part.WARNINGS]
        assert len(screen.choices) == len(screen.asked.items)
        for choice in screen.choices:
            assert {"item_modes", "item_reason"} <= {line.key for line in choice.lines}
            assert choice.seen


@pytest.mark.spec("Self Data PRI-01")
@pytest.mark.spec("Self Data CON-38")
@pytest.mark.parametrize("language", LANGUAGES)
def test_accepting_proposing_and_refusing_are_alike_and_nothing_else_is_as_big(language):
    found = form(first(), language)
    big = [(level, one) for level, one in found.buttons if "class" not in one]
    assert [one["value"] for _, one in big] == ["accept", "propose", "refuse"]
    assert len({level for level, _ in big}) == 1
    assert {(one["type"], one["name"], len(one)) for _, one in big} == {("submit", "answer", 3)}
    small = [one for _, one in found.buttons if "class" in one]
    assert [(one["value"], one["class"]) for one in small] == [
        ("later", "small"),
        ("report", "small"),
    ]


@pytest.mark.spec("Self Data PRI-01")
@settings(deadline=None, max_examples=25)
@given(question=QUESTIONS)
def test_nothing_optional_and_nothing_sensitive_is_ticked(question):
    for screen in screens(question, SHOWN):
        ticked = [
            one for one in form(screen).inputs if one["type"] == "checkbox" and "checked" in one
        ]
        for one in ticked:
            number = one["value"] if one["name"] == "item" else one["name"].removeprefix("modes-")
            item = screen.choices[int(number)].item
            assert item.is_required
            assert item.sensitive is None


@pytest.mark.spec("Self Data PRI-16")
def test_thirty_days_are_proposed_and_never_more_than_asked():
    checked = [
        one["value"] for one in form(first()).inputs if one["type"] == "radio" and "checked" in one
    ]
    assert checked == ["30"]
    for days, expected in ((7, [1, 7]), (1, [1]), (45, [1, 7, 30, 45])):
        assert list(first(changed("uses/0/days", days)).durations) == expected
    assert first(changed("uses/0/days")).durations == (1, 7, 30, 90, 365, None)


@pytest.mark.spec("Self Data CON-20")
@pytest.mark.parametrize(
    ("processing", "look", "sentence"),
    [
        ("local", "pill stays", "Reste dans votre espace"),
        ("leaving", "pill leaves", "Sort de votre espace → Budget Malin SAS, France"),
        ("?", "pill leaves", "On ne dit pas si cela reste. Comptez que cela sort de votre espace."),
    ],
)
def test_what_leaves_has_other_words_than_what_stays(processing, look, sentence):
    html = str(consent_part(first(changed("uses/0/processing", processing)), "fr", "/x"))
    assert f'<p class="{look}">{sentence}</p>' in html


@pytest.mark.spec("Self Data PRI-21")
def test_what_each_side_gains_is_displayed():
    texts = form(first(), "en").texts
    assert "What you gain: You see at a glance what you spend." in texts
    assert "What Budget Malin SAS gains: We live from what you pay, and from nothing else." in texts


@pytest.mark.spec("Self Data CON-39")
def test_what_is_sensitive_has_a_step_of_its_own():
    document = changed("uses/0/optional/0/category", "health")
    plain, health = screens(asked(document), SHOWN)
    assert [choice.item.category for choice in plain.choices] == ["bank"]
    assert [choice.item.category for choice in health.choices] == ["health"]
    assert "Ceci vous sera demandé à part : Santé" in form(plain).texts
    assert "Étape 2 sur 2" in form(health).texts
    assert "Étape 2 sur 2" in consent_text(health, "fr")
    assert not [
        one for one in form(health).inputs if one["type"] == "checkbox" and "checked" in one
    ]


def test_a_resource_that_is_named_is_shown_by_its_path():
    item = replace(asked().items[0], path="data/bank/rive/2026.ttl", is_named=True)
    (screen,) = screens(replace(asked(), items=(item,)), SHOWN)
    texts = form(screen, "en").texts
    assert "Bank, at /data/bank/rive/2026.ttl" in texts
    assert "There is nothing to show of it." in texts


@pytest.mark.parametrize(
    ("preview", "told"),
    [
        (Preview(), ["There is nothing to show of it."]),
        (Preview(count=0), ["Records today: 0"]),
        (Preview(since=date(2026, 1, 1)), ["There is nothing to show of it."]),
        (Preview(sources=("Rive", "Moulin")), ["Given by Rive, Moulin"]),
    ],
)
def test_of_a_preview_what_is_known_is_shown(preview, told):
    screen = first(shown=replace(SHOWN, previews={"data/bank/": preview}))
    assert [tell(line, "en") for line in screen.choices[0].seen] == told


def test_of_what_would_be_read_the_latest_is_shown():
    shown = replace(SHOWN, previews={"data/bank/": replace(PREVIEW, digest="abc")})
    screen = first(shown=shown)
    assert "    For instance: 2 March 2026 · Moulin Bleu · 12.40 €" in consent_text(screen, "en")
    assert form(screen, "en").texts.count("Moulin Bleu") == 1
    (more,) = screen.choices[0].details
    assert tell(more, "en").endswith("abc")


def test_of_what_is_not_said_that_is_said():
    (screen,) = screens(replace(asked(), use=None, retention=None), SHOWN)
    texts = form(screen, "en").texts
    assert "They do not say whom they pass it on to." in texts
    assert "They do not say how long they keep it." in texts
    assert "They do not say whether they train artificial intelligence with it." in texts


def test_a_recipient_may_be_from_nowhere():
    texts = form(first(changed("uses/0/recipients/0/country")), "en").texts
    assert "Passed on to Nuage SARL" in texts


def test_what_is_not_asked_is_crossed_out():
    html = str(consent_part(first(), "en", "/x"))
    assert "<li><s>Health</s></li>" in html
    assert "<s>Bank</s>" not in html
    everything = screens(asked(changed("uses/0/required/0/category", "everything")), SHOWN)
    assert all(not section.crossed_out for section in everything[-1].sections)


def test_who_says_nothing_is_shown_as_such():
    screen = first(
        {"uses": [{"purpose": "https://a.example/own", "optional": [{"category": "bank"}]}]}
    )
    texts = form(screen, "en").texts
    assert "Somebody without a name" in texts
    assert "They name no reason that is known here." in texts
    assert "They do not say who answers for your data." in texts
    assert "Nobody has checked who that is." in texts


def test_each_mode_is_ticked_by_itself_where_there_are_several():
    screen = first(changed("uses/0/required/0/modes", ["read", "write"]))
    named = [one for one in form(screen).inputs if one["name"] == "modes-0"]
    # Who may change may add.
    assert [one["value"] for one in named] == ["read", "append", "write"]
    assert "    [x] modifier et supprimer" in consent_text(screen, "fr").splitlines()


def test_headings_have_levels_without_a_gap():
    assert set(form(first()).headings) == {"h2", "legend"}
    assert form(first()).headings[0] == "h2"


def test_what_has_changed_is_all_that_is_shown_again():
    new = manifest_of(changed("uses/0/country", "US"))
    changes = difference(manifest_of(example()), new)
    screen = again(first(), changes)
    assert [section.part for section in screen.sections] == [Part.WHO, Part.CHANGES]
    texts = form(screen, "en").texts
    told = (
        "Changed: the country they go to (for: A service made to fit you): France → United States"
    )
    assert told in texts
    assert "Which data" not in texts
    assert {one["name"] for one in form(screen).inputs} == {"screen", "asked"}
    assert told in consent_text(screen, "en")


def test_the_part_is_put_into_a_page_as_it_is():
    part = consent_part(first(), "fr", "/x")
    values = {"wrong": "", "app": "Budget", "logo": "", "is_silent": False, "consent": part}
    reply = page("app_data", Look(base="https://pod.example/", language="fr"), values)
    assert str(part) in reply.body.decode()


def test_what_an_app_says_stays_text():
    evil = {"fr": "<script>x</script> {name}", "en": "a"}
    html = str(consent_part(first(changed("uses/0/sentence", evil)), "fr", '"><b>'))
    assert "&lt;script&gt;x&lt;/script&gt; {name}" in html
    assert "<script>" not in html
    assert "<b>" not in html


def test_the_version_is_that_of_the_words():
    assert {len(version(language)) for language in LANGUAGES} == {64}
    assert len({version(language) for language in LANGUAGES}) == len(LANGUAGES)
    screen = first()
    hidden = [one for one in form(screen, "en").inputs if one["type"] == "hidden"]
    assert {one["name"]: one["value"] for one in hidden} == {
        "screen": version("en"),
        "asked": screen.gist,
    }


def test_advice_can_be_told():
    since, now = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    granted = (Covered(category="bank", fields=frozenset({"a", "b"})), Covered(category="energy"))
    found = diet(granted, {"bank": frozenset({"a"})}, since=since, now=now)
    assert [tell(one.line, "fr").replace("\u202f", " ") for one in found] == [
        "Banque : détails utilisés, 1 sur 2 en 60 jours. Réduire ?",
        "Énergie : pas lu une seule fois en 60 jours. Arrêter ?",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_length_of_time_can_be_told(language):
    for retention in ("none", "P1D", "P1W", "P1M", "P1Y2M3W4D", None):
        document = changed("uses/0/retention", retention)
        assert all(form(first(document), language).texts)
    assert "C’est gardé 1 an, 2 mois." in form(first(changed("uses/0/retention", "P1Y2M"))).texts  # noqa: RUF001 - French


def test_dates_are_written_as_people_of_the_language_do():
    assert [tell(date(2026, 3, 12), language) for language in ("fr", "en")] == [
        "12 mars 2026",
        "12 March 2026",
    ]


def test_each_word_of_the_screen_is_used():
    sources = [*files("pod.consent").iterdir(), files("pod.web.ui").joinpath("consent.py")]
    code = " ".join(file.read_text("utf-8") for file in sources if file.name.endswith(".py"))
    code += files("pod.web.ui").joinpath("templates", "consent.html").read_text("utf-8")
    prefixes = re.findall(r"""["'.]([a-z]+_)(?:\{|")""", code)
    keys = {key.removeprefix("consent.") for key in words("en") if key.startswith("consent.")}
    named = {key for key in keys if re.search(rf"""["'.]{key}["']""", code)}
    assert keys - named <= {
        key for key in keys if key.startswith(tuple(prefixes)) or f"{key}s" in keys
    }
