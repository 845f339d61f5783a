"""Send health: what was ever planned, the last check of the books, alarms, and who asked a notice to wait."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
ALARMS = (
    "'ledger', 'overdue', 'broken', 'worker-silent', 'origin-slow', 'origin-failing', 'origin-resting',"
    " 'other-way-failing', 'other-way-late'"
)


def upgrade() -> None:
    """Make the tables of send health; what was planned before counts as planned."""
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entry"),
    )
    _keep_the_books()
    op.create_table(
        "ledger_check",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_ledger_check"),
    )
    _create_alarm()
    op.add_column("delivery", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_delivery_due_at", "delivery", ["due_at"])
    op.create_index("ix_delivery_attempt_at", "delivery_attempt", ["at"])
    op.execute(f"GRANT SELECT, INSERT ON ledger_entry TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON ledger_check TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON alarm TO {APP_ROLE}")


def _keep_the_books() -> None:
    """Whoever plans is counted by the database itself: the previous version, still running, too.

    The trigger comes first; its lock waits for bookings under way, and those that follow are counted by it.
    """
    op.execute(
        "CREATE FUNCTION note_planned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " INSERT INTO ledger_entry (id, at, slots)"
        " SELECT gen_random_uuid(), now(), count(*) FROM planned HAVING count(*) > 0;"
        " RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER occurrence_planned AFTER INSERT ON occurrence REFERENCING NEW TABLE AS planned"
        " FOR EACH STATEMENT EXECUTE FUNCTION note_planned()"
    )
    op.execute(
        "INSERT INTO ledger_entry (id, at, slots)"
        " SELECT gen_random_uuid(), now(), count(*) FROM occurrence HAVING count(*) > 0"
    )


def _create_alarm() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False, server_default=""),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_alarm"),
        sa.CheckConstraint(f"code IN ({ALARMS})", name="ck_alarm_code"),
    )
    op.create_index(
        "uq_alarm_open",
        "alarm",
        ["code", "origin"],
        unique=True,
        postgresql_where=sa.text("cleared_at IS NULL"),
    )


def downgrade() -> None:
    """Take send health away."""
    op.execute("DROP TRIGGER occurrence_planned ON occurrence")
    op.execute("DROP FUNCTION note_planned()")
    op.drop_index("ix_delivery_attempt_at", "delivery_attempt")
    op.drop_index("ix_delivery_due_at", "delivery")
    op.drop_column("delivery", "held_until")
    op.drop_table("alarm")
    op.drop_table("ledger_check")
    op.drop_table("ledger_entry")
