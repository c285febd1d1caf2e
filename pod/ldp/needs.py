"""Which access an operation needs (WAC §5.3.1 modes by Solid Protocol §5 methods), as one table.

Needs on an ACL or a description are needs on that very address: `acl.decide` knows that an ACL is
under the Control of its subject, and a description under the rules of its subject.
"""

from acl import Mode, Need
from vocab.iri import ResourceIri

Modes = tuple[Mode, ...]

# (method, is a container, exists) -> (modes on the target, modes on what contains it)
NEEDS: dict[tuple[str, bool, bool], tuple[Modes, Modes]] = {
    # WAC §5.3.1 #server-read-operation: "the acl:Read access privilege on the resource". Also to
    # be told that there is nothing.
    ("GET", False, True): ((Mode.READ,), ()),
    ("GET", False, False): ((Mode.READ,), ()),
    ("GET", True, True): ((Mode.READ,), ()),
    ("GET", True, False): ((Mode.READ,), ()),
    # WAC §5.3.1 #http-post: "create a new resource in a container or add information [...] with
    # either acl:Append or acl:Write". Write includes Append.
    ("POST", False, True): ((Mode.APPEND,), ()),
    ("POST", False, False): ((Mode.APPEND,), ()),
    ("POST", True, True): ((Mode.APPEND,), ()),
    ("POST", True, False): ((Mode.APPEND,), ()),
    # WAC §5.3.1 #http-put: "Replacing an existing resource requires only acl:Write access to the
    # resource itself"; #server-create-operation: "the acl:Append or acl:Write access privilege
    # (as needed by the operation) on the resource to be created".
    ("PUT", False, True): ((Mode.WRITE,), ()),
    ("PUT", False, False): ((Mode.APPEND,), (Mode.APPEND,)),
    ("PUT", True, True): ((Mode.WRITE,), ()),
    ("PUT", True, False): ((Mode.APPEND,), (Mode.APPEND,)),
    # WAC §5.3.1 #server-delete-operation: "the acl:Write access privilege on the resource and the
    # containing container". To delete a container tells whether it is empty, so it needs Read.
    ("DELETE", False, True): ((Mode.WRITE,), (Mode.WRITE,)),
    ("DELETE", False, False): ((Mode.READ,), ()),
    ("DELETE", True, True): ((Mode.WRITE, Mode.READ), (Mode.WRITE,)),
    ("DELETE", True, False): ((Mode.READ,), ()),
}


def needs_of(
    method: str, target: ResourceIri, *, exists: bool, missing: tuple[ResourceIri, ...] = ()
) -> tuple[Need, ...]:
    """What a request must be allowed to do, its target first; nothing for OPTIONS.

    `missing` are the containers above the target that a PUT would create, nearest first.
    """
    if method == "OPTIONS":
        return ()
    row = ("GET" if method == "HEAD" else method, target.is_container, exists)
    on_target, on_container = NEEDS[row]
    container = missing[-1].parent if missing else target.parent
    # No container lists an auxiliary resource, so none changes with one.
    above = () if container is None or target.is_auxiliary else (*missing, container)
    # WAC §5.3.1 #container-permissions: "the server applies the same requirements for the create
    # operation for each container".
    return (
        *(Need(mode, target) for mode in on_target),
        *(Need(mode, each) for each in above for mode in on_container),
    )
