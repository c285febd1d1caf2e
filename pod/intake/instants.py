"""Moments as a pod writes them."""

from datetime import UTC, datetime


def utc(moment: datetime) -> str:
    """A moment as the store writes it: in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
