"""What is read from the form of the screen of consent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manifests import QUESTIONS, asked, changed

from acl import Mode
from pod.agreements import Item
from pod.consent.answer import read_answer
from pod.consent.screen import GREAT, SMALL, Answer, Shown, again, screens
from pod.problems import Malformed

SEEN = ("screen", "0" * 64)
BANK = Item(path="data/bank/", category="bank")
ENERGY = Item(path="data/energy/", category="energy")


def one(document=None):
    return screens(asked(document), Shown())[0]


def answered(*pairs, screen=None):
    screen = screen or one()
    return read_answer((SEEN, ("asked", screen.gist), *pairs), screen)


def test_accepting_what_is_needed():
    decision = answered(("answer", "accept"), ("item", "0"), ("days", "30"))
    assert (decision.answer, decision.items, decision.days) == (Answer.ACCEPT, (BANK,), 30)
    assert decision.is_all
    assert decision.screen == "0" * 64


def test_accepting_what_is_optional_too():
    decision = answered(("answer", "accept"), ("item", "1"), ("item", "0"), ("days", "1"))
    assert (decision.items, decision.days, decision.is_all) == ((BANK, ENERGY), 1, True)


def test_accepting_less_than_is_needed_is_known_as_less():
    decision = answered(("answer", "accept"), ("item", "1"), ("days", "30"))
    assert (decision.items, decision.is_all) == ((ENERGY,), False)


def test_proposing_something_else():
    decision = answered(("answer", "propose"), ("item", "1"), ("days", "7"))
    assert (decision.answer, decision.items, decision.days) == (Answer.PROPOSE, (ENERGY,), 7)


@pytest.mark.spec("Self Data CON-38")
@pytest.mark.parametrize("answer", ["refuse", "later", "report"])
def test_all_else_gives_nothing_whatever_is_ticked_and_needs_no_reason(answer):
    decision = answered(("answer", answer), ("item", "0"), ("days", "30"))
    assert (decision.answer.value, decision.items, decision.days) == (answer, (), None)
    assert not decision.is_all


def test_modes_are_given_one_by_one():
    document = changed("uses/0/required/0/modes", ["read", "write"])
    screen = one(document)
    accept = ("answer", "accept"), ("item", "0"), ("days", "30")
    reads = answered(*accept, ("modes-0", "read"), screen=screen)
    assert (reads.items[0].modes, reads.is_all) == (Mode.READ, False)
    both = answered(*accept, ("modes-0", "read"), ("modes-0", "write"), screen=screen)
    assert (both.items[0].modes, both.is_all) == (Mode.READ | Mode.WRITE, True)
    with pytest.raises(Malformed):
        answered(*accept, screen=screen)
    with pytest.raises(Malformed):
        answered(*accept, ("modes-0", "control"), ("modes-0", "all"), screen=screen)


def test_until_it_is_stopped_only_where_that_is_asked():
    until = ("answer", "accept"), ("item", "0"), ("days", "until_stopped")
    assert answered(*until, screen=one(changed("uses/0/days"))).days is None
    with pytest.raises(Malformed):
        answered(*until)


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param((), id="nothing"),
        pytest.param((("answer", "yes"), ("item", "0"), ("days", "30")), id="another answer"),
        pytest.param((("answer", "accept"), ("days", "30")), id="nothing ticked"),
        pytest.param((("answer", "accept"), ("item", "2"), ("days", "30")), id="no such item"),
        pytest.param((("answer", "accept"), ("item", "-1"), ("days", "30")), id="counted back"),
        pytest.param((("answer", "accept"), ("item", "0")), id="no time"),
        pytest.param((("answer", "accept"), ("item", "0"), ("days", "91")), id="longer"),
        pytest.param((("answer", "accept"), ("item", "0"), ("days", "0")), id="no days"),
    ],
)
def test_what_the_form_cannot_have_sent(pairs):
    with pytest.raises(Malformed):
        answered(*pairs)


def test_an_answer_names_the_screen_that_it_was_given_on():
    with pytest.raises(Malformed):
        read_answer((("answer", "refuse"),), one())


def test_what_was_agreed_to_already_is_answered_without_ticking():
    screen = again(one(), ())
    decision = answered(("answer", "accept"), screen=screen)
    assert (decision.items, decision.days, decision.is_all) == ((), None, True)


FIELDS = st.lists(
    st.tuples(
        st.sampled_from(["item", "modes-0", "modes-1", "days", "answer"]),
        st.sampled_from(["0", "1", "2", "read", "write", "30", "until_stopped"])
        | st.sampled_from([answer.value for answer in (*GREAT, *SMALL)]),
    ),
    max_size=8,
)


@given(question=QUESTIONS, pairs=FIELDS)
def test_nothing_is_given_that_was_not_asked_and_ticked(question, pairs):
    for screen in screens(question, Shown()):
        try:
            decision = answered(*pairs, screen=screen)
        except Malformed:
            continue
        ticked = [choice for at, choice in enumerate(screen.choices) if ("item", str(at)) in pairs]
        assert not decision.items or decision.answer in {Answer.ACCEPT, Answer.PROPOSE}
        assert len(decision.items) <= len(ticked)
        for item, choice in zip(decision.items, ticked, strict=False):
            number = screen.choices.index(choice)
            modes = [value for name, value in pairs if name == f"modes-{number}"]
            assert item.path == choice.item.path
            assert item.modes & ~choice.item.modes == Mode.NONE
            assert not choice.modes or (Mode.WRITE in item.modes) <= ("write" in modes)
        assert decision.days is None or decision.days in screen.durations
