"""What a goal knows besides its title: steps, history, help to say it clearly.

The history is append-only, the owner of the tables included; only erasing for good empties a row. Steps and
history carry the citizen in their keys, so the database refuses to tie them to another citizen's goal.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
TASKS_BEFORE = ("missed-talk", "reminder-not-reached")
TASKS_SINCE = (*TASKS_BEFORE, "closer-contact")
GOAL_KINDS = ("stop", "cut-down", "keep-stable", "other")
THEMES = ("meeting", "mastery", "network", "occupation")
ACHIEVEMENTS = ("in-progress", "improving", "worsening", "no-change", "achieved", "not-achieved")
QUESTIONS = ("activity", "support", "amount", "by-when")
EVENT_KINDS = (
    "note",
    "answer",
    "level",
    "became-hard",
    "back-after-pause",
    "proposed",
    "accepted",
    "declined",
    "status",
    "achievement",
    "review",
    "step-added",
    "step-done",
    "step-undone",
)


def upgrade() -> None:
    """Let goals grow; whoever worked on a suggestion before has said yes to it."""
    _widen_goal()
    op.execute(
        "UPDATE goal SET agreed = true WHERE origin = 'staff'"
        " AND status IN ('accepted', 'active', 'on-hold', 'completed')"
    )
    _create_step()
    _create_event()
    _keep_events()
    for table in ("goal_step", "goal_event"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
    op.add_column("task", sa.Column("wants_talk", sa.Boolean(), nullable=True))
    _let_task_kinds_be(TASKS_SINCE)


def downgrade() -> None:
    """Take it away again, and the tasks that the old version does not know."""
    op.execute("DELETE FROM task WHERE kind = 'closer-contact'")
    _let_task_kinds_be(TASKS_BEFORE)
    op.drop_column("task", "wants_talk")
    op.drop_table("goal_event")
    op.execute("DROP FUNCTION refuse_goal_event_change()")
    op.drop_table("goal_step")
    op.drop_index("ix_goal_review_on", "goal")
    for name in _goal_rules():
        op.drop_constraint(f"ck_goal_{name}", "goal")
    for column in _goal_columns():
        op.drop_column("goal", column.name)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _code(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(24), nullable=nullable)


def _integer(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=True)


def _among(column: str, codes: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(code) for code in codes)})"


def _goal_columns() -> list[sa.Column[object]]:
    return [
        _code("kind", nullable=True),
        _code("theme", nullable=True),
        _code("achievement", nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=False, server_default=sa.false()),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("review_on", "counts_from", "closer_until")),
        *(_integer(name) for name in ("importance", "difficulty", "baseline", "reached")),
        sa.Column("levels_sealed", sa.LargeBinary(), nullable=True),
    ]


def _goal_rules() -> dict[str, str]:
    return {
        "kind": _among("kind", GOAL_KINDS),
        "theme": _among("theme", THEMES),
        "achievement": _among("achievement", ACHIEVEMENTS),
        "weights": "importance BETWEEN 0 AND 3 AND difficulty BETWEEN 0 AND 3",
        "levels": "baseline BETWEEN -2 AND 2 AND reached BETWEEN -2 AND 2",
    }


def _widen_goal() -> None:
    for column in _goal_columns():
        op.add_column("goal", column)
    for name, rule in _goal_rules().items():
        op.create_check_constraint(f"ck_goal_{name}", "goal", rule)
    op.create_index(
        "ix_goal_review_on", "goal", ["citizen_id"], postgresql_where=sa.text("review_on IS NOT NULL")
    )


def _of_the_goal(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["citizen_id", "goal_id"],
        ["goal.citizen_id", "goal.id"],
        name=f"fk_{table}_goal",
        ondelete="CASCADE",
    )


def _create_step() -> None:
    op.create_table(
        "goal_step",
        _id("id"),
        _id("citizen_id"),
        _id("goal_id", nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        _code("origin"),
        sa.Column("position", sa.Integer(), nullable=False),
        _instant("done_at", nullable=True),
        _code("done_by", nullable=True),
        _instant("created_at"),
        _instant("erased_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_goal_step"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_goal_step_citizen_id_id"),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["citizen.id"], name="fk_goal_step_citizen_id", ondelete="CASCADE"
        ),
        _of_the_goal("goal_step"),
        sa.CheckConstraint("origin IN ('citizen', 'staff')", name="ck_goal_step_origin"),
        sa.CheckConstraint("done_by IN ('citizen', 'staff')", name="ck_goal_step_done_by"),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="ck_goal_step_done"),
        sa.CheckConstraint("position >= 0", name="ck_goal_step_position"),
        sa.CheckConstraint("version >= 1", name="ck_goal_step_version"),
        sa.CheckConstraint(
            "erased_at IS NULL AND goal_id IS NOT NULL AND text_sealed IS NOT NULL"
            " OR erased_at IS NOT NULL AND (origin = 'staff' OR text_sealed IS NULL)",
            name="ck_goal_step_erased",
        ),
    )
    op.create_index("ix_goal_step_goal", "goal_step", ["citizen_id", "goal_id"])


def _create_event() -> None:
    op.create_table(
        "goal_event",
        _id("id"),
        _id("citizen_id"),
        _id("goal_id", nullable=True),
        _code("kind", nullable=True),
        sa.Column("by", sa.String(24), nullable=False),
        _id("staff_id", nullable=True),
        _instant("at"),
        _instant("happened_at", nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        _code("question", nullable=True),
        _integer("level"),
        sa.Column("value", sa.String(32), nullable=True),
        _id("step_id", nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        _instant("erased_at", nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_goal_event"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_goal_event_citizen_id_id"),
        *_event_keys(),
        *(sa.CheckConstraint(rule, name=f"ck_goal_event_{name}") for name, rule in _event_rules().items()),
    )
    op.create_index("ix_goal_event_goal", "goal_event", ["citizen_id", "goal_id", "seq"])


def _event_keys() -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["citizen.id"], name="fk_goal_event_citizen_id", ondelete="CASCADE"
        ),
        _of_the_goal("goal_event"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "step_id"],
            ["goal_step.citizen_id", "goal_step.id"],
            name="fk_goal_event_step",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name="fk_goal_event_staff_id"),
    )


def _event_rules() -> dict[str, str]:
    return {
        "kind": _among("kind", EVENT_KINDS),
        "by": "by IN ('citizen', 'staff')",
        "staff": "(by = 'staff') = (staff_id IS NOT NULL) AND (by = 'citizen' OR shared)",
        "question": f"(question IS NOT NULL) = (kind IS NOT DISTINCT FROM 'answer')"
        f" AND (question IS NULL OR {_among('question', QUESTIONS)})",
        "level": "(level IS NOT NULL) = (kind IS NOT DISTINCT FROM 'level')"
        " AND (level IS NULL OR level BETWEEN -2 AND 2)",
        "step": "kind NOT IN ('step-added', 'step-done', 'step-undone') OR step_id IS NOT NULL",
        "whole": "erased_at IS NOT NULL OR goal_id IS NOT NULL AND kind IS NOT NULL"
        " AND happened_at IS NOT NULL",
        "erased": "erased_at IS NULL OR words_sealed IS NULL AND kind IS NULL AND happened_at IS NULL"
        " AND value IS NULL AND NOT shared",
    }


def _keep_events() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_goal_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF NEW."by" = 'citizen' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
                    AND (NEW.id, NEW.citizen_id, NEW.goal_id, NEW."by", NEW.at, NEW.step_id, NEW.seq)
                    IS NOT DISTINCT FROM
                        (OLD.id, OLD.citizen_id, OLD.goal_id, OLD."by", OLD.at, OLD.step_id, OLD.seq)
                THEN
                    RETURN NEW;
                END IF;
            ELSIF current_setting('vedhaanden.erasing_citizen', true) = OLD.citizen_id::text THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'the history of a goal is append-only'
                USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER goal_event_append_only BEFORE UPDATE OR DELETE ON goal_event"
        " FOR EACH ROW EXECUTE FUNCTION refuse_goal_event_change()"
    )


def _let_task_kinds_be(kinds: tuple[str, ...]) -> None:
    """Change the rule without a look at the rows there are: each of them fits both.

    It is written as PostgreSQL writes it after a restore, so that it reads the same up and down.
    """
    listed = ", ".join(f"('{kind}'::character varying)::text" for kind in kinds)
    op.drop_constraint("ck_task_kind", "task")
    rule = f"kind::text = ANY (ARRAY[{listed}])"
    op.execute(f"ALTER TABLE task ADD CONSTRAINT ck_task_kind CHECK ({rule}) NOT VALID")
