"""The ways a request can fail, as problems in the sense of RFC 9457. Knows no HTTP library."""

from collections.abc import Mapping

FieldErrors = Mapping[str, list[str]]


class Problem(Exception):
    """Something the caller can be told about, with a stable code."""

    status = 400
    code = "bad-request"
    title = "The request could not be understood."

    def __init__(
        self,
        title: str | None = None,
        *,
        errors: FieldErrors | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.title = title or self.title
        self.errors = errors
        self.headers = dict(headers or {})
        super().__init__(self.title)


class Unauthenticated(Problem):
    """Nobody is signed in, or the session has ended."""

    status, code, title = 401, "not-signed-in", "Please sign in again."


class SessionEnded(Unauthenticated):
    """The session was ended on purpose: the phone is lost, or the person left. Its data must go."""

    code, title = "session-ended", "This session has been ended."


class SessionExpired(Unauthenticated):
    """The session was not used for too long; what the phone holds may stay."""

    code, title = "session-expired", "This session is too old. Please sign in again."


class Forbidden(Problem):
    """The person is known and may not do this."""

    status, code, title = 403, "not-allowed", "You may not do this."


class NotFound(Problem):
    """There is no such thing, or the person may not see it: one answer for both."""

    status, code, title = 404, "not-found", "Not found."


class Conflict(Problem):
    """The thing has changed, or the same id was used for something else."""

    status, code, title = 409, "conflict", "This no longer fits with what is stored."


class PreconditionFailed(Problem):
    """Somebody else saved first; the given version is old."""

    status, code, title = 412, "version-is-old", "Somebody has changed this since you opened it."


class Invalid(Problem):
    """A field holds something that cannot be used; `errors` names each field."""

    status, code, title = 422, "invalid", "Some fields need another value."


class PreconditionRequired(Problem):
    """The write names no version."""

    status, code, title = 428, "version-missing", "Send If-Match with the version you have seen."


class TooMany(Problem):
    """Too many tries in a while; `Retry-After` says when the next is welcome."""

    status, code, title = 429, "too-many-tries", "Too many tries. Wait a little."

    def __init__(self, *, retry_after: int) -> None:
        self.retry_after = max(1, retry_after)
        super().__init__(headers={"Retry-After": str(self.retry_after)})


class Unavailable(Problem):
    """The house cannot answer right now; nothing was saved."""

    status, code, title = 503, "unavailable", "The service is not answering. Nothing was saved. Try again."

    def __init__(self, *, retry_after: int = 5) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})
