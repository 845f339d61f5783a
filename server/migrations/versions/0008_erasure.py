"""The wish to be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

APP_ROLE = "vedhaanden_app"


def upgrade() -> None:
    """Create the list of erasures."""
    op.create_table(
        "erasure",
        sa.Column("citizen_id", sa.Uuid, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", name="pk_erasure"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_erasure_citizen_id"),
        sa.CheckConstraint("due_at >= asked_at", name="ck_erasure_order"),
    )
    waiting = sa.text("done_at IS NULL AND withdrawn_at IS NULL")
    op.create_index("ix_erasure_due_at", "erasure", ["due_at"], postgresql_where=waiting)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON erasure TO {APP_ROLE}")


def downgrade() -> None:
    """Take the list away."""
    op.drop_table("erasure")
