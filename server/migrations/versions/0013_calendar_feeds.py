"""The private calendar addresses of citizens and staff."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

APP_ROLE = "vedhaanden_app"


def upgrade() -> None:
    """Create the list: at most one address for each person, known by its hash alone."""
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("citizen_id", sa.Uuid, nullable=True),
        sa.Column("session_id", sa.Uuid, nullable=True),
        sa.Column("staff_id", sa.Uuid, nullable=True),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_calendar_feed_citizen_id"),
        sa.ForeignKeyConstraint(["session_id"], ["device_session.id"], name="fk_calendar_feed_session_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name="fk_calendar_feed_staff_id"),
        sa.UniqueConstraint("citizen_id", name="uq_calendar_feed_citizen_id"),
        sa.UniqueConstraint("staff_id", name="uq_calendar_feed_staff_id"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_feed_token_hash"),
        sa.CheckConstraint("num_nonnulls(citizen_id, staff_id) = 1", name="ck_calendar_feed_owner"),
        sa.CheckConstraint(
            "(citizen_id IS NULL) = (session_id IS NULL)", name="ck_calendar_feed_phone_of_a_citizen"
        ),
        sa.CheckConstraint("octet_length(token_hash) = 32", name="ck_calendar_feed_token_hash"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_feed TO {APP_ROLE}")


def downgrade() -> None:
    """Take the list away: every address ends."""
    op.drop_table("calendar_feed")
