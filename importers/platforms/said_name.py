"""Which of those who write in a conversation the person herself is."""

from typing import Final

from importers.contract import Option

ME: Final = Option(
    name="me",
    fr="votre nom tel qu'il est dans les messages, pour savoir lesquels sont de vous",
    en="your name as messages have it, to know which of them are yours",
    example="Camille Durand",
)
