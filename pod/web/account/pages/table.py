"""The table of the pages of an account, and the way from a request at one to an answer."""

from dataclasses import replace
from typing import Final

from aiohttp import web

from pod.flows.context import Server
from pod.http.negotiate import negotiate
from pod.model import Reply
from pod.problems import Forbidden, NotFound, Problem, Unavailable
from pod.web.account.pages import (
    add,
    answers,
    apps,
    changes,
    data,
    data_file,
    doors,
    ended,
    exercise,
    home,
    journal,
    look,
    organisations,
    own,
    recipes,
    reduction,
    requests,
    security,
    settings,
    spaces,
    terms,
    timeline,
)
from pod.web.account.pages.place import Show, confirmed, signed_in
from pod.web.account.pages.twins import twinned
from pod.web.incoming import path_of
from pod.web.methods import chosen, options
from pod.web.places import (
    ADD,
    APPS,
    CONFIRM,
    DATA,
    HOME,
    JOURNAL,
    LOOK,
    ORGANISATIONS,
    RECIPES,
    RECOVER,
    REQUESTS,
    SECURITY,
    SETTINGS,
    SIGN_IN,
    SIGN_UP,
    SPACES,
    TERMS,
    TIMELINE,
    VISIT,
)
from pod.web.reply import STATUS
from pod.web.ui.page import page
from pod.web.ui.refusals import in_words
from pod.web.visit import Visit, visit_of

_HOME: Final = twinned(home.PLACE, home.home)
_ADD: Final = twinned(ADD, add.add)
_TERMS: Final = twinned(TERMS, terms.terms)
_SPACES: Final = twinned(SPACES, spaces.spaces)
PAGES: Final[dict[str, dict[str, Show]]] = {
    HOME: _HOME[home.PLACE],
    home.STEP: {"GET": signed_in(home.follows), "POST": signed_in(home.leaves)},
    **_HOME,
    HOME + "sign-out": {"POST": doors.signs_out},
    SIGN_IN: {"GET": doors.show_sign_in, "POST": doors.signs_in},
    SIGN_IN + "passkey": {"POST": doors.offers_passkey},
    VISIT: {"POST": doors.visits},
    SIGN_UP: {"GET": doors.show_sign_up, "POST": doors.signs_up},
    SIGN_UP + "passkey": {"POST": doors.begins_passkey},
    RECOVER: {"GET": doors.show_recover, "POST": doors.recovers},
    CONFIRM: {"GET": doors.show_confirm},
    **twinned(SECURITY, security.security),
    SECURITY + "password": {"POST": confirmed(security.adds_password, SECURITY)},
    SECURITY + "password/change": {"POST": signed_in(security.changes_password)},
    SECURITY + "passkey": {"POST": confirmed(security.adds_passkey, SECURITY)},
    SECURITY + "passkey/options": {"POST": signed_in(security.offers_new_passkey)},
    SECURITY + "remove": {"POST": confirmed(security.removes_login, SECURITY)},
    SECURITY + "recovery": {"POST": confirmed(security.makes_recovery, SECURITY)},
    SECURITY + "session": {"POST": signed_in(security.ends_session)},
    **twinned(APPS, apps.apps),
    APPS + "pause": {"POST": signed_in(changes.pauses)},
    APPS + "resume": {"POST": signed_in(changes.resumes)},
    APPS + "stop": {"POST": signed_in(changes.stops)},
    APPS + "pause-app": {"POST": signed_in(changes.pauses_app)},
    APPS + "stop-app": {"POST": signed_in(changes.stops_app)},
    APPS + "pause-all": {"POST": signed_in(changes.pauses_all)},
    APPS + "stop-all": {"POST": signed_in(changes.stops_all)},
    APPS + "trust": {"POST": confirmed(changes.trusts, APPS)},
    APPS + "distrust": {"POST": signed_in(changes.distrusts)},
    APPS + "stopped": {"GET": signed_in(ended.stopped)},
    reduction.REDUCE: {
        "GET": signed_in(reduction.shows),
        "POST": signed_in(reduction.reduces),
    },
    reduction.RECEIPT: {"GET": signed_in(reduction.receipt)},
    APPS + "record": {"GET": signed_in(ended.record)},
    APPS + "erasure": {"GET": signed_in(ended.erasure), "POST": signed_in(ended.erases)},
    APPS + "credentials": {"POST": confirmed(apps.makes_credentials, APPS)},
    APPS + "credentials/revoke": {"POST": signed_in(apps.revokes_credentials)},
    **twinned(TIMELINE, timeline.timeline),
    **twinned(DATA, data.data, data.turtle),
    DATA + "file": {"GET": signed_in(data_file.file)},
    **twinned(REQUESTS, requests.requests),
    REQUESTS + "one": {
        "GET": signed_in(requests.one_request),
        "POST": signed_in(answers.answers),
    },
    REQUESTS + "refuse": {"POST": signed_in(answers.refuses)},
    REQUESTS + "report": {
        "GET": signed_in(requests.show_report),
        "POST": signed_in(answers.reports),
    },
    exercise.EXERCISE: {
        "GET": signed_in(exercise.shows),
        "POST": signed_in(exercise.answers),
    },
    exercise.DONE: {"GET": signed_in(exercise.done)},
    REQUESTS + "receipt": {"GET": signed_in(requests.receipt)},
    **twinned(JOURNAL, journal.journal),
    **twinned(RECIPES, recipes.all_recipes),
    **twinned(recipes.BUDGET, recipes.budget_page),
    **twinned(recipes.ENERGY, recipes.energy_page),
    **twinned(recipes.SUPPLIERS, recipes.suppliers_page),
    LOOK: {"POST": look.chooses},
    JOURNAL + "verify": {"POST": signed_in(journal.verifies)},
    JOURNAL + "why": {"GET": signed_in(journal.explains)},
    JOURNAL + "file": {"GET": signed_in(journal.file)},
    **twinned(SETTINGS, settings.settings),
    settings.EXPORT: {"POST": confirmed(settings.exports, SETTINGS)},
    settings.DELETE: {"GET": signed_in(settings.show_delete)},
    **_TERMS,
    TERMS: {**_TERMS[TERMS], "POST": signed_in(terms.chooses_terms)},
    **_ADD,
    ADD: {**_ADD[ADD], "POST": signed_in(add.brings)},
    **twinned(ADD + "one", add.difference),
    ADD + "one": {"GET": signed_in(add.one)},
    ADD + "say": {"POST": signed_in(add.says)},
    ADD + "keep": {"POST": signed_in(add.keeps)},
    ADD + "leave": {"POST": signed_in(add.leaves)},
    **twinned(ADD + "done", add.done),
    ADD + "progress": {"GET": signed_in(add.progress)},
    ADD + "own": {"GET": signed_in(own.own), "POST": signed_in(own.writes)},
    ADD + "own/correct": {"POST": signed_in(own.corrects)},
    ADD + "own/note": {"POST": signed_in(own.notes)},
    ADD + "own/forget": {"POST": signed_in(own.forgets)},
    **twinned(ORGANISATIONS, organisations.organisations),
    ORGANISATIONS + "file": {"GET": signed_in(organisations.file)},
    **_SPACES,
    SPACES: {**_SPACES[SPACES], "POST": signed_in(spaces.makes_space)},
    SPACES + "delete": {"POST": confirmed(spaces.deletes_space, SPACES)},
    SPACES + "identity": {"POST": confirmed(spaces.links_identity, SPACES)},
    SPACES + "identity/unlink": {"POST": confirmed(spaces.unlinks_identity, SPACES)},
    SPACES + "identity/provider": {"POST": confirmed(spaces.names_issuer, SPACES)},
    SPACES + "delete-account": {"POST": confirmed(settings.deletes_account, settings.DELETE)},
}
TAKES_FILES: Final = frozenset({ADD})
"""The pages whose form may have files in it."""
_OFFERED = ("application/json", "text/html")


def is_page(incoming: web.BaseRequest) -> bool:
    """Whether a request is for a page. The first is JSON for who does not ask for a page."""
    path = path_of(incoming).partition("?")[0]
    if path != HOME:
        return path in PAGES
    return negotiate(incoming.headers.get("Accept"), _OFFERED, _OFFERED[0]) == "text/html"


async def answer_page(incoming: web.BaseRequest, peer: str, server: Server) -> Reply:
    """The answer at the address of a page. Raises MethodNotAllowed."""
    place = path_of(incoming).partition("?")[0]
    shows = PAGES[place]
    if incoming.method == "OPTIONS":
        return options(shows)
    show = chosen(incoming.method, shows)
    visit = await visit_of(incoming, peer, server, takes_files=place in TAKES_FILES)
    if not visit.is_own_page:
        return _message(visit, "strange_form", Forbidden("the form came from elsewhere"))
    try:
        return await show(visit)
    except NotFound as problem:
        return _message(visit, "gone", problem)
    except Unavailable as problem:
        busy = _message(visit, "busy", problem)
        return replace(busy, headers=(*busy.headers, ("Retry-After", "5")))


def _message(visit: Visit, message: str, problem: Problem) -> Reply:
    values = {"message": message, "detail": in_words(str(problem), visit.look.language)}
    return page("message", visit.look, values, status=STATUS[type(problem)])
