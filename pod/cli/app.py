"""`pod app`: the apps of other people, and what they say of themselves."""

from argparse import ArgumentParser

from pod.cli import app_access, app_lint, app_trust
from pod.cli.terms import Commands

ACTIONS = (app_lint, app_access, app_trust)


def add_to(commands: "Commands[ArgumentParser]") -> None:
    family = commands.add_parser("app", help="apps: what they say of themselves, what they may do")
    actions = family.add_subparsers(required=True, metavar="ACTION")
    for action in ACTIONS:
        action.add_to(actions)
