"""Goals, appointments and reminder settings.

The links between rooms are composite keys that carry the citizen, so the database itself refuses to tie
one citizen's appointment to another citizen's goal or to another citizen's successor.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("goal", "appointment", "reminder_settings")


def upgrade() -> None:
    """Add the tables of goals, appointments and reminders."""
    _goal()
    _appointment()
    _reminder_settings()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vedhaanden_app")


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _goal() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        _instant("created_at"),
        _instant("updated_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_goal"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_goal_citizen_id_id"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_goal_citizen_id"),
        sa.CheckConstraint("origin IN ('citizen', 'staff')", name="ck_goal_origin"),
        sa.CheckConstraint(
            "status IN ('proposed', 'accepted', 'active', 'on-hold', 'completed', 'cancelled',"
            " 'entered-in-error')",
            name="ck_goal_status",
        ),
        sa.CheckConstraint("version >= 1", name="ck_goal_version"),
    )


def _appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("mode", sa.String(24), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        _instant("starts_at"),
        sa.Column("starts_local", sa.DateTime(timezone=False), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("cancellation", sa.String(24), nullable=True),
        sa.Column("moved_to_id", sa.Uuid(), nullable=True),
        sa.Column("noshow_excused", sa.Boolean(), nullable=True),
        sa.Column("reply", sa.String(24), nullable=False),
        _instant("reply_at", nullable=True),
        sa.Column("replied_revision", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        _instant("created_at"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_appointment_citizen_id_id"),
        *_appointment_links(),
        *_appointment_rules(),
    )
    op.create_index("ix_appointment_citizen_id_starts_at", "appointment", ["citizen_id", "starts_at"])
    op.create_index("ix_appointment_staff_id_starts_at", "appointment", ["staff_id", "starts_at"])
    op.create_index(
        "uq_appointment_moved_to_id",
        "appointment",
        ["moved_to_id"],
        unique=True,
        postgresql_where=sa.text("moved_to_id IS NOT NULL"),
    )


def _appointment_links() -> tuple[sa.ForeignKeyConstraint, ...]:
    """Deferred, so that a row may be written before the one it points to."""
    return (
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_appointment_citizen_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_appointment_unit_id"),
        sa.ForeignKeyConstraint(
            ["unit_id", "staff_id"],
            ["staff_member.unit_id", "staff_member.id"],
            name="fk_appointment_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["citizen_id", "goal_id"],
            ["goal.citizen_id", "goal.id"],
            name="fk_appointment_goal",
            ondelete="SET NULL (goal_id)",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["citizen_id", "moved_to_id"],
            ["appointment.citizen_id", "appointment.id"],
            name="fk_appointment_moved_to",
            ondelete="SET NULL (moved_to_id)",
            deferrable=True,
            initially="DEFERRED",
        ),
    )


def _appointment_rules() -> tuple[sa.CheckConstraint, ...]:
    """`moved` may stand without a successor: the successor's erasure empties the link, not the reason."""
    rules = {
        "kind": "kind IN ('first-talk', 'talk', 'group', 'doctor', 'other')",
        "mode": "mode IN ('in-person', 'phone', 'video')",
        "duration": "duration_minutes BETWEEN 5 AND 480",
        "status": (
            "status IN ('proposed', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow',"
            " 'entered-in-error')"
        ),
        "cancellation": (
            "cancellation IS NOT NULL AND cancellation IN ('by-citizen', 'by-service', 'late', 'moved')"
            " AND status IN ('cancelled', 'entered-in-error')"
            " OR cancellation IS NULL AND status <> 'cancelled'"
        ),
        "moved_to": "moved_to_id IS NULL OR cancellation IS NOT NULL AND cancellation = 'moved'",
        "not_moved_to_itself": "moved_to_id IS NULL OR moved_to_id <> id",
        "noshow_excused": "noshow_excused IS NULL OR status IN ('noshow', 'entered-in-error')",
        "reply": "reply IN ('needs-action', 'accepted', 'declined', 'tentative')",
        "reply_seen": (
            "reply = 'needs-action' OR reply_at IS NOT NULL AND replied_revision IS NOT NULL"
            " AND replied_revision <= revision"
        ),
        "revision": "revision >= 1",
    }
    return tuple(sa.CheckConstraint(rule, name=f"ck_appointment_{name}") for name, rule in rules.items())


def _reminder_settings() -> None:
    op.create_table(
        "reminder_settings",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("appointments", sa.Boolean(), nullable=False),
        sa.Column("two_hours_before", sa.Boolean(), nullable=False),
        _instant("paused_until", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("citizen_id", name="pk_reminder_settings"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_reminder_settings_citizen_id"),
        sa.CheckConstraint("version >= 1", name="ck_reminder_settings_version"),
    )
