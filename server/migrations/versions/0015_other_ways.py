"""Other ways than push: fallbacks, safe channels, what a pause and a death stop, and the week before."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
ENDED = "'sent', 'failed', 'superfluous', 'skipped'"


def upgrade() -> None:
    """Add the tables and columns."""
    _fallback()
    _contact_channel()
    for table in ("fallback", "contact_channel"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
    _choices()
    op.add_column("citizen", _instant("deceased_at", nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("citizen", "deceased_at")
    op.drop_constraint("ck_reminder_settings_staff_pause", "reminder_settings")
    for column in ("staff_paused_by", "staff_pause_reason", "staff_paused_until", "week_before"):
        op.drop_column("reminder_settings", column)
    op.drop_table("contact_channel")
    op.drop_table("fallback")
    op.drop_index("ix_occurrence_unanswered", "occurrence")
    op.drop_column("occurrence", "fallback_at")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _fallback() -> None:
    """At most one other way for each occurrence; `refused` names the channels that did not take it."""
    op.create_table(
        "fallback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("refused", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        _instant("lease_until", nullable=True),
        _instant("next_attempt_at"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _instant("deadline_at"),
        _instant("created_at"),
        _instant("finished_at", nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fallback"),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name="fk_fallback_occurrence_id"),
        sa.UniqueConstraint("occurrence_id", name="uq_fallback_occurrence_id"),
        sa.CheckConstraint(f"state IN ('ready', 'leased', 'intent', {ENDED})", name="ck_fallback_state"),
        sa.CheckConstraint(f"(state IN ({ENDED})) = (finished_at IS NOT NULL)", name="ck_fallback_finished"),
        sa.CheckConstraint(
            "(state IN ('leased', 'intent')) = (lease_token IS NOT NULL AND lease_until IS NOT NULL)",
            name="ck_fallback_lease",
        ),
        sa.CheckConstraint("channel IS NULL OR channel IN ('sms', 'email')", name="ck_fallback_channel"),
        sa.CheckConstraint(
            "state NOT IN ('intent', 'sent') OR channel IS NOT NULL", name="ck_fallback_channel_named"
        ),
    )
    op.add_column("occurrence", _instant("fallback_at", nullable=True))
    for name, table, columns, condition in (
        ("ix_fallback_ready", "fallback", ["next_attempt_at"], "state = 'ready'"),
        ("ix_fallback_lease", "fallback", ["lease_until"], "state IN ('leased', 'intent')"),
        (
            "ix_occurrence_unanswered",
            "occurrence",
            ["deadline_at"],
            "state IN ('unconfirmed', 'no-device', 'expired') AND fallback_at IS NULL",
        ),
    ):
        op.create_index(name, table, columns, postgresql_where=sa.text(condition))


def _contact_channel() -> None:
    """Hours are whole hours on Danish clocks; outside the quiet night, since nobody is woken.

    Without `verified_at` nothing is written there, whatever `safe` says: it is to be agreed again.
    """
    op.create_table(
        "contact_channel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("safe", sa.Text(), nullable=False),
        sa.Column("hours_from", sa.SmallInteger(), nullable=True),
        sa.Column("hours_until", sa.SmallInteger(), nullable=True),
        _instant("verified_at", nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        _instant("created_at"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_channel"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_contact_channel_citizen_id"),
        sa.UniqueConstraint("citizen_id", "kind", name="uq_contact_channel_citizen_id_kind"),
        sa.CheckConstraint("kind IN ('sms', 'email')", name="ck_contact_channel_kind"),
        sa.CheckConstraint("safe IN ('never', 'always', 'hours')", name="ck_contact_channel_safe"),
        sa.CheckConstraint(
            "safe = 'hours' AND hours_from >= 8 AND hours_from < hours_until AND hours_until <= 21"
            " OR safe <> 'hours' AND hours_from IS NULL AND hours_until IS NULL",
            name="ck_contact_channel_hours",
        ),
    )


def _choices() -> None:
    """The week before is on for everybody, as the day before is; a pause by staff stands apart."""
    op.add_column(
        "reminder_settings",
        sa.Column("week_before", sa.Boolean(), nullable=False, server_default=sa.text("true")),
    )
    op.add_column("reminder_settings", _instant("staff_paused_until", nullable=True))
    op.add_column("reminder_settings", sa.Column("staff_pause_reason", sa.Text(), nullable=True))
    op.add_column("reminder_settings", sa.Column("staff_paused_by", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        "ck_reminder_settings_staff_pause",
        "reminder_settings",
        "num_nonnulls(staff_paused_until, staff_pause_reason, staff_paused_by) IN (0, 3)"
        " AND (staff_pause_reason IS NULL OR staff_pause_reason IN ('hospital', 'arrest', 'break', 'other'))",
    )
