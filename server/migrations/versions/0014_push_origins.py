"""Whose push service a phone is at, how it has answered, and which services are in trouble."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
ORIGIN_OF_ENDPOINT = "lower(regexp_replace(substring(endpoint FROM '^[a-z]+://[^/?]+'), '[:]443$', ''))"
LAST_ANSWER = "state IN ('ready', 'retry-wait', 'accepted') AND accepted_at IS NOT NULL"


def upgrade() -> None:
    """Add the origins; the phones that are there tell theirs by their address."""
    _extend_push_device()
    op.add_column("delivery_attempt", sa.Column("origin", sa.Text(), nullable=True))
    _create_push_origin()
    op.drop_index("ix_delivery_accepted", "delivery")
    for name, table, columns, condition in (
        ("ix_delivery_accepted", "delivery", ["accepted_at"], LAST_ANSWER),
        ("ix_delivery_repeat", "delivery", ["next_attempt_at"], "state = 'accepted'"),
        ("ix_push_device_active_origin", "push_device", ["origin"], "state = 'active'"),
        ("ix_delivery_attempt_origin_at", "delivery_attempt", ["origin", "at"], "origin IS NOT NULL"),
        ("ix_delivery_attempt_odd", "delivery_attempt", ["origin", "at"], "status_class = '4xx'"),
    ):
        op.create_index(name, table, columns, postgresql_where=sa.text(condition))


def downgrade() -> None:
    """Give back the schema of before."""
    op.drop_index("ix_delivery_attempt_odd", "delivery_attempt")
    op.drop_index("ix_delivery_attempt_origin_at", "delivery_attempt")
    op.drop_index("ix_push_device_active_origin", "push_device")
    op.drop_index("ix_delivery_repeat", "delivery")
    op.drop_index("ix_delivery_accepted", "delivery")
    op.create_index(
        "ix_delivery_accepted",
        "delivery",
        ["accepted_at"],
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.drop_table("push_origin")
    op.drop_column("delivery_attempt", "origin")
    for name in ("wait_until", "unanswered", "refusals", "key_since", "origin"):
        op.drop_column("push_device", name)


def _extend_push_device() -> None:
    op.add_column("push_device", sa.Column("origin", sa.Text(), nullable=True))
    op.add_column("push_device", sa.Column("key_since", sa.DateTime(timezone=True), nullable=True))
    op.execute(  # rows are computed from themselves, and their old constraints are not looked at again
        f"ALTER TABLE push_device ALTER COLUMN origin TYPE text USING ({ORIGIN_OF_ENDPOINT}),"
        " ALTER COLUMN key_since TYPE timestamptz USING (created_at)"
    )
    op.alter_column("push_device", "key_since", nullable=False, server_default=sa.func.now())
    for name in ("refusals", "unanswered"):
        op.add_column("push_device", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("push_device", sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True))


def _create_push_origin() -> None:
    op.create_table(
        "push_origin",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_probe_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("origin", name="pk_push_origin"),
        sa.CheckConstraint("state IN ('closed', 'open', 'half-open')", name="ck_push_origin_state"),
        sa.CheckConstraint("(state = 'closed') = (next_probe_at IS NULL)", name="ck_push_origin_probe"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON push_origin TO {APP_ROLE}")
