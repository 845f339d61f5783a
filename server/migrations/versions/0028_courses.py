"""Courses: runs, sessions, seats, attendance and what people thought of them.

A seat belongs to one person in one run; a run has at most one living place for each person. Feedback that
was erased stays empty; its row goes only with the erasure of that citizen, which says so in
`vedhaanden.erasing_citizen`. The leader's relation opens no record: it stands apart from care relations.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
SLUG = "code ~ '^[a-z0-9-]{1,40}$'"
TABLES = (
    "course_setting",
    "course_run",
    "course_session",
    "enrollment",
    "course_relation",
    "attendance",
    "course_feedback",
    "course_path",
)


def upgrade() -> None:
    """Make the tables; who has not chosen otherwise is reminded of sessions."""
    _create_setting()
    _create_run()
    _create_session()
    _create_enrollment()
    _create_relation()
    _create_attendance()
    _create_feedback()
    _create_path()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
    _keep_feedback()
    op.add_column(
        "reminder_settings",
        sa.Column("sessions", sa.Boolean(), nullable=False, server_default=sa.text("true")),
    )


def downgrade() -> None:
    """Take them away again; the old version does not know the choice."""
    op.execute("DELETE FROM reminder_off WHERE choice = 'sessions'")
    op.drop_column("reminder_settings", "sessions")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_course_feedback_change()")


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _count(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _of_the_unit(table: str, column: str) -> sa.ForeignKeyConstraint:
    target = ["staff_member.unit_id", "staff_member.id"]
    return sa.ForeignKeyConstraint(["unit_id", column], target, name=f"fk_{table}_{column}")


def _of_citizen(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name=f"fk_{table}_citizen_id")


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=f"ck_{table}_{name}")


def _create_setting() -> None:
    op.create_table(
        "course_setting",
        _id("unit_id"),
        _text("code"),
        _count("sessions", nullable=True),
        _count("talks_min", nullable=True),
        _count("talks_max", nullable=True),
        sa.Column("themes", JSONB(), nullable=False),
        _count("version"),
        _id("updated_by"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("unit_id", "code", name="pk_course_setting"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_course_setting_unit_id"),
        _of_the_unit("course_setting", "updated_by"),
        _check("course_setting", "code", SLUG),
        _check("course_setting", "counts", "sessions BETWEEN 1 AND 26 AND talks_min BETWEEN 1 AND talks_max"),
    )


def _create_run() -> None:
    op.create_table(
        "course_run",
        _id("id"),
        _id("unit_id"),
        _text("code"),
        _text("content_version"),
        _id("leader_id"),
        _text("place", nullable=True),
        _count("seats"),
        sa.Column("weekdays", ARRAY(sa.Integer()), nullable=False),
        sa.Column("at_wall", sa.Time(), nullable=False),
        _count("minutes"),
        _text("status"),
        _count("version"),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        _id("created_by"),
        _instant("created_at"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_course_run"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_course_run_unit_id"),
        _of_the_unit("course_run", "leader_id"),
        _of_the_unit("course_run", "created_by"),
        _check("course_run", "code", SLUG),
        _check("course_run", "seats", "seats BETWEEN 1 AND 40"),
        _check("course_run", "minutes", "minutes BETWEEN 15 AND 480"),
        _check("course_run", "weekdays", "weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7] AND weekdays <> '{}'"),
        _check("course_run", "status", "status IN ('planned', 'running', 'ended', 'cancelled')"),
    )
    op.create_index("ix_course_run_unit_id", "course_run", ["unit_id", "code"])


def _create_session() -> None:
    op.create_table(
        "course_session",
        _id("id"),
        _id("run_id"),
        _count("number"),
        _text("theme", nullable=True),
        _text("theme_title", nullable=True),
        sa.Column("theme_words", JSONB(), nullable=True),
        sa.Column("starts_wall", sa.DateTime(timezone=False), nullable=False),
        _instant("starts_at"),
        _count("minutes"),
        _text("status"),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        _count("revision"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_course_session"),
        sa.UniqueConstraint("run_id", "number", name="uq_course_session_run_id_number"),
        sa.ForeignKeyConstraint(["run_id"], ["course_run.id"], name="fk_course_session_run_id"),
        _check("course_session", "number", "number BETWEEN 1 AND 26"),
        _check("course_session", "minutes", "minutes BETWEEN 15 AND 480"),
        _check("course_session", "status", "status IN ('booked', 'held', 'cancelled')"),
        _check("course_session", "reason", "reason_sealed IS NULL OR status = 'cancelled'"),
    )


def _create_enrollment() -> None:
    op.create_table(
        "enrollment",
        _id("id"),
        _id("citizen_id"),
        _id("run_id"),
        _id("goal_id", nullable=True),
        sa.Column("numbers", ARRAY(sa.Integer()), nullable=False),
        _text("status"),
        _instant("asked_at"),
        _instant("left_at", nullable=True),
        _id("enrolled_by"),
        _count("version"),
        sa.PrimaryKeyConstraint("id", name="pk_enrollment"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_enrollment_citizen_id_id"),
        sa.ForeignKeyConstraint(["run_id"], ["course_run.id"], name="fk_enrollment_run_id"),
        sa.ForeignKeyConstraint(["enrolled_by"], ["staff_member.id"], name="fk_enrollment_enrolled_by"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "goal_id"],
            ["goal.citizen_id", "goal.id"],
            name="fk_enrollment_goal",
            ondelete="SET NULL (goal_id)",
            deferrable=True,
            initially="DEFERRED",
        ),
        _of_citizen("enrollment"),
        _check("enrollment", "status", "status IN ('enrolled', 'waiting', 'left')"),
        _check("enrollment", "left_at", "(status = 'left') = (left_at IS NOT NULL)"),
        _check("enrollment", "numbers", "cardinality(numbers) BETWEEN 1 AND 26"),
    )
    op.create_index(
        "uq_enrollment_living",
        "enrollment",
        ["run_id", "citizen_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'left'"),
    )
    op.create_index("ix_enrollment_citizen_id", "enrollment", ["citizen_id"])


def _create_relation() -> None:
    op.create_table(
        "course_relation",
        _id("id"),
        _id("citizen_id"),
        _id("staff_id"),
        _id("unit_id"),
        _instant("starts_at"),
        _instant("ends_at"),
        sa.PrimaryKeyConstraint("id", name="pk_course_relation"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "id"],
            ["enrollment.citizen_id", "enrollment.id"],
            name="fk_course_relation_enrollment",
            ondelete="CASCADE",
        ),
        _of_citizen("course_relation"),
        _of_the_unit("course_relation", "staff_id"),
        _check("course_relation", "order", "starts_at <= ends_at"),
    )
    op.create_index("ix_course_relation_staff_id", "course_relation", ["staff_id", "ends_at"])
    op.create_index("ix_course_relation_citizen_id", "course_relation", ["citizen_id", "ends_at"])


def _create_attendance() -> None:
    op.create_table(
        "attendance",
        _id("session_id"),
        _id("citizen_id"),
        _text("status"),
        _id("by", nullable=True),
        _instant("at"),
        sa.PrimaryKeyConstraint("session_id", "citizen_id", name="pk_attendance"),
        sa.ForeignKeyConstraint(["session_id"], ["course_session.id"], name="fk_attendance_session_id"),
        sa.ForeignKeyConstraint(["by"], ["staff_member.id"], name="fk_attendance_by"),
        _of_citizen("attendance"),
        _check("attendance", "status", "status IN ('present', 'absent', 'excused')"),
        _check("attendance", "by", "by IS NOT NULL OR status = 'excused'"),
    )
    op.create_index("ix_attendance_citizen_id", "attendance", ["citizen_id"])


def _create_feedback() -> None:
    op.create_table(
        "course_feedback",
        _id("citizen_id"),
        _id("id"),
        _id("run_id", nullable=True),
        _count("knowledge", nullable=True),
        _count("useful", nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        _instant("at", nullable=True),
        _instant("received_at"),
        _instant("erased_at", nullable=True),
        _id("report_group", nullable=True),
        _instant("report_at", nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_course_feedback"),
        sa.ForeignKeyConstraint(["run_id"], ["course_run.id"], name="fk_course_feedback_run_id"),
        _of_citizen("course_feedback"),
        _check("course_feedback", "report", "(report_group IS NULL) = (report_at IS NULL)"),
        _check("course_feedback", "scales", "knowledge BETWEEN 1 AND 4 AND useful BETWEEN 1 AND 4"),
        _check(
            "course_feedback",
            "erased",
            "CASE WHEN erased_at IS NULL THEN run_id IS NOT NULL AND at IS NOT NULL"
            " AND (knowledge IS NOT NULL OR useful IS NOT NULL OR words_sealed IS NOT NULL)"
            " ELSE run_id IS NULL AND at IS NULL AND knowledge IS NULL AND useful IS NULL"
            " AND words_sealed IS NULL END",
        ),
    )
    op.create_index("ix_course_feedback_run_id", "course_feedback", ["run_id", "received_at"])
    op.create_index(
        "uq_course_feedback_living",
        "course_feedback",
        ["citizen_id", "run_id"],
        unique=True,
        postgresql_where=sa.text("erased_at IS NULL"),
    )


def _keep_feedback() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_course_feedback_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF current_setting('vedhaanden.erasing_citizen', true) = OLD.citizen_id::text THEN
                    RETURN OLD;
                END IF;
            ELSIF OLD.erased_at IS NULL AND (NEW.citizen_id, NEW.id) = (OLD.citizen_id, OLD.id) THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'what was erased stays erased' USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER course_feedback_stays_erased BEFORE UPDATE OR DELETE ON course_feedback"
        " FOR EACH ROW EXECUTE FUNCTION refuse_course_feedback_change()"
    )


def _create_path() -> None:
    op.create_table(
        "course_path",
        _id("id"),
        _id("citizen_id"),
        _id("unit_id"),
        _text("code"),
        _count("planned", nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("evaluate_on", sa.Date(), nullable=True),
        _text("status"),
        _count("version"),
        _id("created_by"),
        _instant("created_at"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_course_path"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_course_path_citizen_id_id"),
        _of_citizen("course_path"),
        _of_the_unit("course_path", "created_by"),
        _check("course_path", "code", SLUG),
        _check("course_path", "planned", "planned BETWEEN 1 AND 99"),
        _check("course_path", "evaluate_on", "evaluate_on >= from_on"),
        _check("course_path", "status", "status IN ('active', 'ended')"),
    )
    op.create_index("ix_course_path_citizen_id", "course_path", ["citizen_id"])
    op.create_index(
        "uq_course_path_active",
        "course_path",
        ["unit_id", "citizen_id", "code"],
        unique=True,
        postgresql_where=sa.text("status = 'active'"),
    )
