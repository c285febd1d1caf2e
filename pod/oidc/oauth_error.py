"""What an app is told that asked for something it cannot have."""


class OAuthError(Exception):
    """A refusal: its code (RFC 6749 §4.1.2.1 and §5.2), a sentence, and the HTTP status of one that
    is answered at once.
    """

    def __init__(self, code: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.status = status

    def body(self) -> dict[str, str]:
        """What is sent as JSON."""
        return {"error": self.code, "error_description": self.description}
