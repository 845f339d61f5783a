"""What stands over every text and list: who has read it, and when. Also the dates and short lines of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from server.core.fields import Choice, Schema, Text
from server.library.models import Area, ReviewStatus

DIGEST = validate.Regexp(r"^[0-9a-f]{16}\Z", error="Must be 16 characters 0-9, a-f.")


class Day(fields.Field[date]):
    """A TOML date, written without quotes."""

    default_error_messages = {
        "type": "Bad date: write it without quotes, such as 2027-03-01.",
        "range": "Bad date: the year must lie between 2000 and 2100.",
    }

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> date:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.make_error("type")
        if not 2000 <= value.year <= 2100:
            raise self.make_error("range")
        return value


def short_line(**kwargs: Any) -> Text:
    """A short text on one line."""
    return Text(max_length=kwargs.pop("max_length", 120), **kwargs)


class ReviewShape(Schema):
    """Who has read a text, and when; a draft needs none of it."""

    status = Choice(ReviewStatus, required=True)
    area = Choice(Area, required=True)
    by_role = short_line()
    reviewed_on = Day()
    next_review_on = Day()
    text_hash = Text(validate=DIGEST)

    @validates_schema
    def read_by_somebody(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        """A reviewed text says by whom, when, until when, and which words."""
        needed: tuple[str, ...] = ()
        if data["status"] is ReviewStatus.REVIEWED:
            needed = ("by_role", "reviewed_on", "next_review_on", "text_hash")
        elif data["status"] is ReviewStatus.WITHDRAWN:
            needed = ("by_role", "reviewed_on")
        missing = [key for key in needed if key not in data]
        if missing:
            raise ValidationError(f"missing key for this status: {', '.join(missing)}", "status")
        if data.get("next_review_on", date.max) <= data.get("reviewed_on", date.min):
            raise ValidationError("Bad date: the next review must come after the review.", "next_review_on")
