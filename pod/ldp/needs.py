"""Which access an operation needs (WAC §5.3.1 modes by Solid Protocol §5 methods), as one table.

Needs on an ACL or a description are needs on that very address: `acl.decide` knows that an ACL is
under the Control of its subject, and a description under the rules of its subject.
"""

from acl import Access, Mode, Need
from pod.rdf.patch import NO_PATCH, Patch
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
    # WAC §5.3.1 #http-patch: what a patch needs on its target stands in it, see `_modes_of`.
    ("PATCH", False, True): ((), ()),
    ("PATCH", False, False): ((), (Mode.APPEND,)),
    ("PATCH", True, True): ((), ()),
    ("PATCH", True, False): ((), (Mode.APPEND,)),
    # WAC §5.3.1 #server-delete-operation: "the acl:Write access privilege on the resource and the
    # containing container". To delete a container tells whether it is empty, so it needs Read.
    ("DELETE", False, True): ((Mode.WRITE,), (Mode.WRITE,)),
    ("DELETE", False, False): ((Mode.READ,), ()),
    ("DELETE", True, True): ((Mode.WRITE, Mode.READ), (Mode.WRITE,)),
    ("DELETE", True, False): ((Mode.READ,), ()),
}


_ASKED = {
    "POST": Mode.APPEND,
    "PUT": Mode.WRITE,
    "PATCH": Mode.WRITE,
    "DELETE": Mode.WRITE,
}


def needs_of(
    method: str,
    target: ResourceIri,
    *,
    exists: bool,
    missing: tuple[ResourceIri, ...] = (),
    patch: Patch = NO_PATCH,
) -> tuple[Need, ...]:
    """What a request must be allowed to do, its target first; nothing for OPTIONS.

    `missing` are the containers above the target that a PUT would create, nearest first; `patch`
    is that of a PATCH.
    """
    if method == "OPTIONS":
        return ()
    row = ("GET" if method == "HEAD" else method, target.is_container, exists)
    on_target, on_container = NEEDS[row]
    if method == "PATCH":
        on_target = _modes_of(patch)
        on_container = on_container if patch.inserts else ()
    container = missing[-1].parent if missing else target.parent
    # No container lists an auxiliary resource, so none changes with one.
    above = () if container is None or target.is_auxiliary else (*missing, container)
    # WAC §5.3.1 #container-permissions: "the server applies the same requirements for the create
    # operation for each container".
    return (
        *(Need(mode, target) for mode in on_target),
        *(Need(mode, each) for each in above for mode in on_container),
    )


def asked_of(method: str, target: ResourceIri) -> Need:
    """What a request is for by its method and address alone, to be told to who was refused: what it
    needs in truth hangs on whether something is there.
    """
    return Need(_ASKED.get(method, Mode.READ), target)


def needs_of_unread_patch(access: Access) -> tuple[Need, ...]:
    """What a PATCH must be allowed at least, whatever it holds, by the access to its target.

    Every patch reads or adds, so this is one of the two modes, where the agent has any.
    """
    mode = Mode.READ if Mode.READ in access.modes else Mode.APPEND
    return (Need(mode, access.target),)


def _modes_of(patch: Patch) -> Modes:
    # Solid Protocol §5.3.1 #server-n3-patch-where: "When ?conditions is non-empty, servers MUST
    # treat the request as a Read operation"; #server-n3-patch-insert: "When ?insertions is
    # non-empty, [...] (also) [...] as an Append operation"; #server-n3-patch-delete: "When
    # ?deletions is non-empty, [...] as a Read and Write operation".
    if patch.deletes:
        return (Mode.READ, Mode.WRITE)
    if not patch.inserts:  # who changes nothing still learns that something is there
        return (Mode.READ,)
    return (Mode.READ, Mode.APPEND) if patch.reads else (Mode.APPEND,)
