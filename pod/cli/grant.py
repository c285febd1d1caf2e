"""`pod grant`: what others were given access to, and its end."""

from argparse import ArgumentParser

from pod.cli import grant_give, grant_papers, grant_state, requests, why
from pod.cli.terms import Commands

ACTIONS = (grant_give, grant_state, grant_papers, requests, why)


def add_to(commands: "Commands[ArgumentParser]") -> None:
    family = commands.add_parser("grant", help="access that others were given, and its end")
    actions = family.add_subparsers(required=True, metavar="ACTION")
    for action in ACTIONS:
        action.add_to(actions)
