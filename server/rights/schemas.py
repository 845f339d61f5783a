"""What goes over the wire about a citizen's rights."""

from marshmallow import ValidationError, validates

from server.core.fields import AwareDateTime, Boolean, Schema


class ErasureWishSchema(Schema):
    """A wish to be erased says so on purpose."""

    confirm = Boolean(required=True)

    @validates("confirm")
    def must_be_meant(self, value: bool, **_: object) -> None:
        """Refuse a wish that is not confirmed."""
        if not value:
            raise ValidationError("Must be true: this erases everything.")


class ErasureSchema(Schema):
    """When everything will be erased; null if nobody asked."""

    due_at = AwareDateTime(required=True, allow_none=True)
