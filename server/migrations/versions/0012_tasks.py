"""Tasks of staff, and what came of the calls about them.

Both carry the citizen in their keys, so the database refuses to tie one citizen's call to another
citizen's task or appointment.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
OUTCOMES = "('agreed', 'call-later', 'closed')"
REASONS = "('not-reached', 'no-wish', 'other-help', 'came-since', 'other')"


def upgrade() -> None:
    """Make the tables of tasks and calls; a call is never changed."""
    _task()
    _call()
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON task TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON task_call TO {APP_ROLE}")


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("task_call")
    op.drop_table("task")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("business_outcome", sa.String(24), nullable=True),
        sa.Column("reason", sa.String(24), nullable=True),
        _instant("messaged_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _instant("created_at"),
        _instant("updated_at"),
        _instant("closed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_task_citizen_id_id"),
        sa.UniqueConstraint("kind", "subject_id", name="uq_task_kind_subject_id"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_task_citizen_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_task_unit_id"),
        sa.ForeignKeyConstraint(
            ["unit_id", "owner_id"], ["staff_member.unit_id", "staff_member.id"], name="fk_task_owner_id"
        ),
        *_task_rules(),
    )
    op.create_index(
        "ix_task_open",
        "task",
        ["citizen_id"],
        postgresql_where=sa.text("status IN ('requested', 'in-progress')"),
    )


def _task_rules() -> tuple[sa.CheckConstraint, ...]:
    rules = {
        "kind": "kind IN ('missed-talk')",
        "status": "status IN ('requested', 'in-progress', 'completed', 'cancelled')",
        "outcome": (
            "business_outcome IS NULL AND status <> 'completed'"
            " OR business_outcome IS NOT NULL AND business_outcome IN ('agreed', 'closed')"
            " AND status = 'completed'"
        ),
        "reason": (
            "reason IS NULL AND business_outcome IS DISTINCT FROM 'closed'"
            f" OR reason IS NOT NULL AND reason IN {REASONS}"
            " AND business_outcome IS NOT DISTINCT FROM 'closed'"
        ),
        "closed_at": "(closed_at IS NOT NULL) = (status IN ('completed', 'cancelled'))",
        "version": "version >= 1",
    }
    return tuple(sa.CheckConstraint(rule, name=f"ck_task_{name}") for name, rule in rules.items())


def _call() -> None:
    op.create_table(
        "task_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("reason", sa.String(24), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("called_by", sa.Uuid(), nullable=False),
        _instant("called_at"),
        sa.PrimaryKeyConstraint("id", name="pk_task_call"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "task_id"],
            ["task.citizen_id", "task.id"],
            name="fk_task_call_task",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["citizen_id", "appointment_id"],
            ["appointment.citizen_id", "appointment.id"],
            name="fk_task_call_appointment",
            ondelete="SET NULL (appointment_id)",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(["called_by"], ["staff_member.id"], name="fk_task_call_called_by"),
        sa.CheckConstraint(f"outcome IN {OUTCOMES}", name="ck_task_call_outcome"),
        sa.CheckConstraint(
            f"(reason IS NULL AND outcome <> 'closed')"
            f" OR (reason IS NOT NULL AND reason IN {REASONS} AND outcome = 'closed')",
            name="ck_task_call_reason",
        ),
        sa.CheckConstraint("(next_on IS NOT NULL) = (outcome = 'call-later')", name="ck_task_call_next_on"),
        sa.CheckConstraint("appointment_id IS NULL OR outcome = 'agreed'", name="ck_task_call_appointment"),
    )
    op.create_index("ix_task_call_task_id", "task_call", ["task_id", "called_at"])
