"""Checking the journal of a pod as it lies on the disk: opening the pod would write to it."""

from contextlib import closing
from pathlib import Path

from pod.problems import Conflict
from pod.store.closing import FIRST_SEALED
from pod.store.directory import PODS
from pod.store.identity import read_identity
from pod.store.migrate import version_of
from pod.store.notary import Notary
from pod.store.sqlite import connect
from pod.store.verify import Checked, verify
from pod.store.writer import DATABASE


def checked(data: Path, name: str, notary: Notary) -> Checked:
    """What is found in the journal of a pod that is there. Reads all of it: may take long.

    Raises Conflict for a pod that no version has opened since journals are sealed.
    """
    with closing(connect(data / PODS / name / DATABASE)) as connection:
        if version_of(connection) < FIRST_SEALED:
            raise Conflict("an older version wrote this pod; have this one open it first")
        connection.execute("BEGIN")
        return verify(connection, read_identity(connection).storage, notary)
