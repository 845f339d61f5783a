"""Find a person's reminders: a phone that comes late gets those that found no phone."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the recipient, so that turning reminders on costs what one person has, not what exists."""
    op.create_index("ix_reminder_recipient_id", "reminder", ["recipient_id"])


def downgrade() -> None:
    """Give back the schema of 0004."""
    op.drop_index("ix_reminder_recipient_id", "reminder")
