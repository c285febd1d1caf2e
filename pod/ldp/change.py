"""What a method does to what is there: the table of the writing methods."""

from collections.abc import Callable
from datetime import datetime

from pod.ldp.delete import delete
from pod.ldp.facts import Facts
from pod.ldp.operation import Operation
from pod.ldp.patch import patch
from pod.ldp.post import post
from pod.ldp.put import put
from pod.model import Change

# From an operation, the facts and the time to what is written, the target of the request last;
# nothing where all is as it shall be already.
Effect = Callable[[Operation, Facts, datetime], tuple[Change, ...]]

EFFECTS: dict[str, Effect] = {"PUT": put, "POST": post, "PATCH": patch, "DELETE": delete}
