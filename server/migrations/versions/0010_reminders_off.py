"""When a person turned reminders off, so that an older "on" that comes late does not undo it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

APP_ROLE = "vedhaanden_app"


def upgrade() -> None:
    """Create the list; what was turned off before holds as it stands, without a time."""
    op.create_table(
        "reminder_off",
        sa.Column("citizen_id", sa.Uuid, nullable=False),
        sa.Column("choice", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mutation_id", sa.Uuid, nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "choice", name="pk_reminder_off"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_reminder_off_citizen_id"),
        sa.CheckConstraint("version >= 1", name="ck_reminder_off_version"),
        sa.CheckConstraint(
            "choice IN ('appointments', 'week_before', 'two_hours_before', 'paused_until')",
            name="ck_reminder_off_choice",
        ),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON reminder_off TO {APP_ROLE}")


def downgrade() -> None:
    """Take the list away."""
    op.drop_table("reminder_off")
