"""Inboxes (Linked Data Notifications): which containers are, and what can be put into them."""

from pod.ldp.profile import Profile
from pod.model import Blob, Content
from pod.problems import TooLarge, UnsupportedMediaType
from pod.rdf.formats import RdfFormat
from vocab.iri import ResourceIri

INBOX = "inbox/"  # where a new pod has one; it is one whatever the profile says
LARGEST = 256 * 1024  # bytes; anybody may send something

TOO_LARGE = f"an inbox takes at most {LARGEST // 1024} KiB; send a link to the rest"


def is_inbox(container: ResourceIri, profile: Profile) -> bool:
    """Whether a container takes notifications: it is the first one, or the profile names it."""
    return container.path == INBOX or str(container) in profile.inboxes


def check_notification(media_type: str, content: Content) -> None:
    """Raise UnsupportedMediaType or TooLarge for what is no notification that an inbox takes."""
    # LDN §3.3.2 #receiving-inbox-contents: "Each notification MUST be an RDF source".
    if RdfFormat.of(media_type) is None:
        raise UnsupportedMediaType("an inbox takes RDF alone; send it as application/ld+json")
    # LDN §3.3.4 #preventing-abuse: "constraints to filter unwarranted notifications".
    size = content.size if isinstance(content, Blob) else len(content)
    if size > LARGEST:
        raise TooLarge(TOO_LARGE)
