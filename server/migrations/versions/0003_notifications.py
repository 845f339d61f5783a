"""The outbox: reminders, their occurrences, push devices, deliveries, attempts and the worker's tick."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
TABLES = ("reminder", "occurrence", "push_device", "delivery", "delivery_attempt", "worker_tick")

OPEN_OCCURRENCE = ("planned", "due", "held", "fanned-out")
ENDED_OCCURRENCE = ("confirmed", "fallback-sent", "unconfirmed", "expired", "cancelled", "no-device")
OPEN_DELIVERY = ("ready", "leased", "intent", "accepted", "retry-wait")
ENDED_DELIVERY = ("confirmed", "dead-device", "quarantined", "expired", "cancelled")


def upgrade() -> None:
    """Make the tables of the notifications library."""
    _create_reminder()
    _create_occurrence()
    _create_push_device()
    _create_delivery()
    _create_delivery_attempt()
    _create_worker_tick()
    _index_open_rows()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
    op.execute(f"REVOKE UPDATE, DELETE ON delivery_attempt FROM {APP_ROLE}")


def downgrade() -> None:
    """Give back the schema of 0002."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _states(table: str, *codes: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"state IN ({_listed(codes)})", name=f"ck_{table}_state")


def _ended_has_time(table: str, ended: Sequence[str]) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"(state IN ({_listed(ended)})) = (finished_at IS NOT NULL)", name=f"ck_{table}_finished"
    )


def _create_reminder() -> None:
    op.create_table(
        "reminder",
        _id("id"),
        _text("kind"),
        _id("subject_id"),
        _id("recipient_id"),
        _text("dedupe_key"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _instant("created_at"),
        _instant("cancelled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("dedupe_key", name="uq_reminder_dedupe_key"),
    )
    op.create_index("ix_reminder_subject_id", "reminder", ["subject_id"])


def _create_occurrence() -> None:
    op.create_table(
        "occurrence",
        _id("id"),
        _id("reminder_id"),
        _text("slot_key"),
        _instant("due_at"),
        _instant("deadline_at"),
        _instant("confirm_by", nullable=True),
        _text("state"),
        _instant("held_until", nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _instant("created_at"),
        _instant("fanned_out_at", nullable=True),
        _instant("finished_at", nullable=True),
        _text("reason", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence"),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminder.id"], name="fk_occurrence_reminder_id"),
        sa.UniqueConstraint("reminder_id", "slot_key", name="uq_occurrence_reminder_id_slot_key"),
        sa.CheckConstraint("due_at <= deadline_at", name="ck_occurrence_times"),
        sa.CheckConstraint("state <> 'held' OR held_until IS NOT NULL", name="ck_occurrence_held"),
        _states("occurrence", *OPEN_OCCURRENCE, *ENDED_OCCURRENCE),
        _ended_has_time("occurrence", ENDED_OCCURRENCE),
    )


def _create_push_device() -> None:
    op.create_table(
        "push_device",
        _id("id"),
        _id("recipient_id"),
        _id("session_id"),
        _text("endpoint", nullable=True),
        sa.Column("endpoint_hash", sa.LargeBinary(), nullable=True),
        _text("p256dh", nullable=True),
        _text("auth", nullable=True),
        _text("vapid_key_id"),
        _text("state"),
        _instant("created_at"),
        _instant("confirmed_at", nullable=True),
        _instant("finished_at", nullable=True),
        _text("reason", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_push_device"),
        sa.UniqueConstraint("endpoint_hash", name="uq_push_device_endpoint_hash"),
        _states("push_device", "active", "dead", "quarantined", "revoked"),
        sa.CheckConstraint("(state = 'active') = (finished_at IS NULL)", name="ck_push_device_finished"),
        sa.CheckConstraint(
            "(state IN ('active', 'quarantined')) = (endpoint IS NOT NULL AND endpoint_hash IS NOT NULL"
            " AND p256dh IS NOT NULL AND auth IS NOT NULL)",
            name="ck_push_device_forgotten",
        ),
    )


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        _id("id"),
        _id("occurrence_id"),
        _id("device_id"),
        _instant("due_at"),
        _instant("deadline_at"),
        _text("state"),
        _id("lease_token", nullable=True),
        _instant("lease_until", nullable=True),
        _instant("next_attempt_at", nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("ack_secret"),
        _instant("accepted_at", nullable=True),
        _instant("finished_at", nullable=True),
        sa.Column("location_hash", sa.LargeBinary(), nullable=True),
        sa.Column("granted_ttl", sa.Integer(), nullable=True),
        _text("reason", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name="fk_delivery_occurrence_id"),
        sa.ForeignKeyConstraint(["device_id"], ["push_device.id"], name="fk_delivery_device_id"),
        sa.UniqueConstraint("occurrence_id", "device_id", name="uq_delivery_occurrence_id_device_id"),
        sa.CheckConstraint(
            "(state IN ('leased', 'intent')) = (lease_token IS NOT NULL AND lease_until IS NOT NULL)",
            name="ck_delivery_lease",
        ),
        sa.CheckConstraint("state <> 'retry-wait' OR next_attempt_at IS NOT NULL", name="ck_delivery_retry"),
        _states("delivery", *OPEN_DELIVERY, *ENDED_DELIVERY),
        _ended_has_time("delivery", ENDED_DELIVERY),
    )


def _create_delivery_attempt() -> None:
    op.create_table(
        "delivery_attempt",
        _id("id"),
        _id("delivery_id"),
        _instant("at"),
        _text("outcome"),
        _text("status_class"),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_attempt"),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name="fk_delivery_attempt_delivery_id"),
    )
    op.create_index("ix_delivery_attempt_delivery_id", "delivery_attempt", ["delivery_id"])


def _create_worker_tick() -> None:
    op.create_table(
        "worker_tick",
        _text("name"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.PrimaryKeyConstraint("name", name="pk_worker_tick"),
    )


def _index_open_rows() -> None:
    """Partial indexes, so that cost follows what is due and not what exists."""
    for name, table, columns, condition in (
        ("ix_occurrence_planned", "occurrence", ["due_at"], "state = 'planned'"),
        ("ix_occurrence_due", "occurrence", ["deadline_at", "due_at"], "state = 'due'"),
        ("ix_occurrence_held", "occurrence", ["held_until"], "state = 'held'"),
        ("ix_delivery_ready", "delivery", ["deadline_at", "due_at"], "state = 'ready'"),
        ("ix_delivery_retry_wait", "delivery", ["next_attempt_at"], "state = 'retry-wait'"),
        ("ix_delivery_lease", "delivery", ["lease_until"], "state IN ('leased', 'intent')"),
        ("ix_delivery_accepted", "delivery", ["accepted_at"], "state = 'accepted'"),
        ("ix_delivery_unsent", "delivery", ["deadline_at"], "state IN ('ready', 'retry-wait')"),
        ("ix_delivery_open_device", "delivery", ["device_id"], f"state IN ({_listed(OPEN_DELIVERY)})"),
        ("ix_push_device_active_recipient", "push_device", ["recipient_id"], "state = 'active'"),
        ("ix_push_device_active_session", "push_device", ["session_id"], "state = 'active'"),
    ):
        op.create_index(name, table, columns, postgresql_where=sa.text(condition))
