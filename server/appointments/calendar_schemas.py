"""Calendar addresses as they go over the wire."""

from enum import StrEnum

from server.core.fields import AwareDateTime, Boolean, Choice, Schema, Text


class Extra(StrEnum):
    """What a citizen can ask to stand in the file beside the time."""

    PLACE = "place"


class FileSchema(Schema):
    """What else goes into the file of one appointment; nothing, unless it is asked for."""

    show = Choice(Extra)


class FeedSchema(Schema):
    """Whether there is an address, and since when; the address itself is never read back."""

    active = Boolean(required=True)
    created_at = AwareDateTime(required=True, allow_none=True)


class NewFeedSchema(FeedSchema):
    """The address, shown this once."""

    address = Text(required=True)
