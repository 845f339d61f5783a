"""Exercises: what colleagues write, what is given to whom, and what came of it.

A version of an own exercise is never changed, only reviewed: what somebody was given stays as it was given.
An answer is in the person's own hand: never changed, offered to the contact person or kept back, emptied for
good; its row goes only with the erasure of that citizen (`vedhaanden.erasing_citizen`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
CLASSES = ("crisis-plan", "check-ins")
NEW_CLASSES = ("exercises", "questionnaires")
CHOICES = ("appointments", "week_before", "two_hours_before", "paused_until", "messages")
NEW_CHOICES = ("exercises", "questionnaires", "sessions")
PROFESSIONS = ("social-worker", "pedagogue", "nurse", "psychologist", "doctor", "peer", "other")
ONE_REF = "(library_id IS NULL) <> (own_id IS NULL) AND (own_id IS NULL) = (own_version IS NULL)"
SLUG = "^[a-z0-9-]{1,40}$"


def upgrade() -> None:
    """Make the tables; let people share what came of exercises and of questionnaires, and be reminded."""
    _create_own()
    _create_own_version()
    _create_assignment()
    _create_answer()
    _keep_answers()
    _let_classes_be(*CLASSES, *NEW_CLASSES)
    op.add_column(
        "reminder_settings",
        sa.Column("exercises", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    _let_choices_be(*CHOICES, *NEW_CHOICES)


def downgrade() -> None:
    """Take them away again; the old version knows neither the yeses nor the choices."""
    op.execute(f"DELETE FROM reminder_off WHERE choice IN ({_listed(NEW_CHOICES)})")
    _let_choices_be(*CHOICES)
    op.drop_column("reminder_settings", "exercises")
    op.execute(f"DELETE FROM sharing_choice WHERE item_class IN ({_listed(NEW_CLASSES)})")
    _let_classes_be(*CLASSES)
    for table in ("exercise_answer", "exercise_assignment", "own_exercise_version", "own_exercise"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_exercise_answer_change()")


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _sealed(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary(), nullable=True)


def _colleague(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["staff_member.id"], name=f"fk_{table}_{column}")


def _create_own() -> None:
    op.create_table(
        "own_exercise",
        _id("id"),
        _id("unit_id"),
        _id("author_id"),
        _text("status"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("remark", nullable=True),
        _instant("created_at"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_own_exercise"),
        sa.ForeignKeyConstraint(
            ["unit_id", "author_id"],
            ["staff_member.unit_id", "staff_member.id"],
            name="fk_own_exercise_author_id",
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted', 'shared', 'withdrawn')", name="ck_own_exercise_status"
        ),
        sa.CheckConstraint("version >= 1", name="ck_own_exercise_version"),
    )
    op.create_index("ix_own_exercise_unit_id", "own_exercise", ["unit_id", "status"])
    op.execute(
        f"GRANT SELECT, INSERT, UPDATE (status, version, remark, updated_at) ON own_exercise TO {APP_ROLE}"
    )


def _create_own_version() -> None:
    op.create_table(
        "own_exercise_version",
        _id("exercise_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("title"),
        _text("lead"),
        _text("body"),
        _text("method"),
        _id("written_by"),
        _text("author_profession"),
        _instant("written_at"),
        _id("reviewed_by", nullable=True),
        _text("reviewer_profession", nullable=True),
        _instant("reviewed_at", nullable=True),
        sa.PrimaryKeyConstraint("exercise_id", "version", name="pk_own_exercise_version"),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["own_exercise.id"], name="fk_own_exercise_version_exercise_id"
        ),
        _colleague("own_exercise_version", "written_by"),
        _colleague("own_exercise_version", "reviewed_by"),
        sa.CheckConstraint("version >= 1", name="ck_own_exercise_version_version"),
        sa.CheckConstraint(f"method ~ '{SLUG}'", name="ck_own_exercise_version_method"),
        sa.CheckConstraint(
            f"author_profession IN ({_listed(PROFESSIONS)})"
            f" AND reviewer_profession IN ({_listed(PROFESSIONS)})",
            name="ck_own_exercise_version_professions",
        ),
        sa.CheckConstraint(
            "(reviewed_by IS NULL) = (reviewer_profession IS NULL)"
            " AND (reviewed_by IS NULL) = (reviewed_at IS NULL)",
            name="ck_own_exercise_version_reviewed",
        ),
        sa.CheckConstraint(
            "reviewed_by <> written_by AND reviewer_profession <> author_profession",
            name="ck_own_exercise_version_second",
        ),
    )
    reviewed = "reviewed_by, reviewer_profession, reviewed_at"
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({reviewed}) ON own_exercise_version TO {APP_ROLE}")


def _to_goal(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["citizen_id", "goal_id"],
        ["goal.citizen_id", "goal.id"],
        name=f"fk_{table}_goal",
        ondelete="SET NULL (goal_id)",
        deferrable=True,
        initially="DEFERRED",
    )


def _to_version(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["own_id", "own_version"],
        ["own_exercise_version.exercise_id", "own_exercise_version.version"],
        name=f"fk_{table}_own",
    )


def _create_assignment() -> None:
    op.create_table(
        "exercise_assignment",
        _id("citizen_id"),
        _id("id"),
        _text("library_id", nullable=True),
        _id("own_id", nullable=True),
        sa.Column("own_version", sa.Integer(), nullable=True),
        _id("goal_id", nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        _text("repeat"),
        sa.Column("until_on", sa.Date(), nullable=True),
        _sealed("words_sealed"),
        _id("given_by"),
        _instant("given_at"),
        _text("status"),
        _id("withdrawn_by", nullable=True),
        _instant("withdrawn_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_exercise_assignment"),
        sa.UniqueConstraint("id", name="uq_exercise_assignment_id"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_exercise_assignment_citizen_id"),
        _to_goal("exercise_assignment"),
        _to_version("exercise_assignment"),
        _colleague("exercise_assignment", "given_by"),
        _colleague("exercise_assignment", "withdrawn_by"),
        sa.CheckConstraint(ONE_REF, name="ck_exercise_assignment_ref"),
        sa.CheckConstraint(f"library_id ~ '{SLUG}'", name="ck_exercise_assignment_library_id"),
        sa.CheckConstraint("repeat IN ('none', 'daily', 'weekly')", name="ck_exercise_assignment_repeat"),
        sa.CheckConstraint(
            "until_on IS NULL OR (repeat <> 'none' AND until_on >= coalesce(due_on, given_on))",
            name="ck_exercise_assignment_until",
        ),
        sa.CheckConstraint("status IN ('active', 'withdrawn')", name="ck_exercise_assignment_status"),
        sa.CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL)"
            " AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
            name="ck_exercise_assignment_withdrawn",
        ),
        sa.CheckConstraint("version >= 1", name="ck_exercise_assignment_version"),
    )
    op.create_index(
        "ix_exercise_assignment_goal_id",
        "exercise_assignment",
        ["citizen_id", "goal_id"],
        postgresql_where=sa.text("goal_id IS NOT NULL"),
    )
    op.create_index(
        "ix_exercise_assignment_own_id",
        "exercise_assignment",
        ["own_id", "own_version"],
        postgresql_where=sa.text("own_id IS NOT NULL"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON exercise_assignment TO {APP_ROLE}")


def _create_answer() -> None:
    op.create_table(
        "exercise_answer",
        _id("citizen_id"),
        _id("id"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _id("assignment_id", nullable=True),
        _text("library_id", nullable=True),
        _id("own_id", nullable=True),
        sa.Column("own_version", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        _instant("at", nullable=True),
        _instant("received_at"),
        _text("outcome", nullable=True),
        sa.Column("how", sa.Integer(), nullable=True),
        _sealed("fields_sealed"),
        _sealed("note_sealed"),
        _id("replaces", nullable=True),
        _text("sharing"),
        sa.Column("offered_seq", sa.BigInteger(), nullable=True),
        _instant("shared_at", nullable=True),
        _instant("erased_at", nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_exercise_answer"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_exercise_answer_citizen_id"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "assignment_id"],
            ["exercise_assignment.citizen_id", "exercise_assignment.id"],
            name="fk_exercise_answer_assignment",
        ),
        sa.ForeignKeyConstraint(
            ["citizen_id", "replaces"],
            ["exercise_answer.citizen_id", "exercise_answer.id"],
            name="fk_exercise_answer_replaces",
        ),
        _to_version("exercise_answer"),
        sa.CheckConstraint(f"library_id ~ '{SLUG}'", name="ck_exercise_answer_library_id"),
        sa.CheckConstraint("outcome IN ('done', 'not-now')", name="ck_exercise_answer_outcome"),
        sa.CheckConstraint("how BETWEEN 0 AND 4", name="ck_exercise_answer_how"),
        sa.CheckConstraint(
            "sharing IN ('private', 'as-chosen', 'shared')", name="ck_exercise_answer_sharing"
        ),
        sa.CheckConstraint(
            "(sharing = 'private') = (offered_seq IS NULL)"
            " AND (sharing = 'shared') = (shared_at IS NOT NULL)",
            name="ck_exercise_answer_offered",
        ),
        sa.CheckConstraint(
            f"CASE WHEN erased_at IS NULL THEN {ONE_REF}"
            " AND done_on IS NOT NULL AND at IS NOT NULL AND outcome IS NOT NULL"
            " ELSE num_nonnulls(assignment_id, library_id, own_id, own_version, done_on, at, outcome, how,"
            " fields_sealed, note_sealed, replaces) = 0 AND sharing = 'private' END",
            name="ck_exercise_answer_erased",
        ),
    )
    op.create_index("ix_exercise_answer_assignment_id", "exercise_answer", ["citizen_id", "assignment_id"])


def _keep_answers() -> None:
    written = "assignment_id, library_id, own_id, own_version, done_on, at, outcome, how"
    written += ", fields_sealed, note_sealed, replaces"
    new, old = (", ".join(f"{row}.{name}" for name in written.split(", ")) for row in ("NEW", "OLD"))
    op.execute(
        f"""
        CREATE FUNCTION refuse_exercise_answer_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF current_setting('vedhaanden.erasing_citizen', true) = OLD.citizen_id::text THEN
                    RETURN OLD;
                END IF;
            ELSIF (NEW.citizen_id, NEW.id, NEW.seq, NEW.received_at)
                    IS NOT DISTINCT FROM (OLD.citizen_id, OLD.id, OLD.seq, OLD.received_at)
                AND OLD.erased_at IS NULL
                AND (NEW.erased_at IS NOT NULL OR ({new}) IS NOT DISTINCT FROM ({old}))
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'answers are append-only' USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER exercise_answer_append_only BEFORE UPDATE OR DELETE ON exercise_answer"
        " FOR EACH ROW EXECUTE FUNCTION refuse_exercise_answer_change()"
    )
    columns = f"{written}, sharing, offered_seq, shared_at, erased_at"
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({columns}), DELETE ON exercise_answer TO {APP_ROLE}")


def _let_classes_be(*classes: str) -> None:
    """For what is written from now on; all but the plan are compared by the steps of the sequence."""
    by_steps = _listed(tuple(code for code in classes if code != "crisis-plan"))
    steps = (
        "given_seq IS NOT NULL AND (withdrawn_at IS NULL) = (withdrawn_seq IS NULL)"
        " AND withdrawn_seq >= given_seq"
    )
    many = f"item_class NOT IN ({by_steps})" if len(classes) > 2 else f"item_class <> {by_steps}"
    _let_be("sharing_choice", "ck_sharing_choice_item_class", f"item_class IN ({_listed(classes)})")
    _let_be("sharing_choice", "ck_sharing_choice_steps", f"{many} OR ({steps})")


def _let_choices_be(*choices: str) -> None:
    """Written as the database itself writes such a rule down, so that it reads the same before and after."""
    listed = ", ".join(f"'{choice}'::character varying" for choice in choices)
    _let_be("reminder_off", "ck_reminder_off_choice", f"(choice)::text = ANY ((ARRAY[{listed}])::text[])")


def _let_be(table: str, name: str, rule: str) -> None:
    op.drop_constraint(name, table)
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule}) NOT VALID")
