"""Documents that have a title, and the kinds of resources that a description may be of."""

from answers import said, values
from client import Answer

TITLE = "http://purl.org/dc/terms/title"
SUBJECTS = ["x", "", "c/", "picture"]


def titled(title: str) -> bytes:
    return f'<> <{TITLE}> "{title}" .'.encode()


def titles(answer: Answer, url: str) -> set[str]:
    return values(said(answer, url), url, TITLE)
