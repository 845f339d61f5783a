"""Questionnaires: who is asked what and when, what was answered, and which low scores ask for a call.

Answers may be taken up again until they are whole; then they are never changed, only kept back, offered or
emptied for good, and the row goes only with the erasure of that citizen (`vedhaanden.erasing_citizen`). The
rules of a unit are a history: one is turned off, never rewritten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
TASKS_BEFORE = ("missed-talk", "reminder-not-reached", "closer-contact")
TASKS_SINCE = (*TASKS_BEFORE, "call-wished")
CODE = "code ~ '^[a-z0-9-]{1,40}$'"


def upgrade() -> None:
    """Make the tables; nobody is asked anything yet, and no rule is on."""
    _create_plan()
    _create_result()
    _keep_results()
    _create_rule()
    op.add_column(
        "reminder_settings",
        sa.Column("questionnaires", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    _let_task_kinds_be(TASKS_SINCE)


def downgrade() -> None:
    """Take them away again, and the tasks that the old version does not know."""
    op.execute("DELETE FROM task_call USING task WHERE task.id = task_id AND kind = 'call-wished'")
    op.execute("DELETE FROM task WHERE kind = 'call-wished'")
    _let_task_kinds_be(TASKS_BEFORE)
    op.drop_column("reminder_settings", "questionnaires")
    for table in ("measure_rule", "measure_result", "measure_plan"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_measure_result_change()")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _create_plan() -> None:
    op.create_table(
        "measure_plan",
        _id("citizen_id"),
        _id("id"),
        _text("code"),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        _text("status"),
        _text("withdrawn_by", nullable=True),
        _instant("withdrawn_at", nullable=True),
        sa.Column("skipped", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("tell_on", sa.Date(), nullable=True),
        _id("given_by"),
        _instant("given_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_measure_plan"),
        sa.UniqueConstraint("id", name="uq_measure_plan_id"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_measure_plan_citizen_id"),
        sa.ForeignKeyConstraint(["given_by"], ["staff_member.id"], name="fk_measure_plan_given_by"),
        sa.CheckConstraint(CODE, name="ck_measure_plan_code"),
        sa.CheckConstraint("end_on >= start_on", name="ck_measure_plan_end_on"),
        sa.CheckConstraint("status IN ('active', 'withdrawn')", name="ck_measure_plan_status"),
        sa.CheckConstraint("withdrawn_by IN ('citizen', 'staff')", name="ck_measure_plan_withdrawn_by"),
        sa.CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL)"
            " AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL)"
            " AND (status = 'active' OR tell_on IS NULL)",
            name="ck_measure_plan_withdrawn",
        ),
        sa.CheckConstraint("cardinality(skipped) <= 100", name="ck_measure_plan_skipped"),
        sa.CheckConstraint("version >= 1", name="ck_measure_plan_version"),
    )
    op.create_index(
        "uq_measure_plan_active",
        "measure_plan",
        ["citizen_id", "code"],
        unique=True,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "ix_measure_plan_tell_on",
        "measure_plan",
        ["tell_on"],
        postgresql_where=sa.text("tell_on IS NOT NULL"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON measure_plan TO {APP_ROLE}")


def _create_result() -> None:
    op.create_table(
        "measure_result",
        _id("citizen_id"),
        _id("id"),
        _id("plan_id", nullable=True),
        _text("window_key", nullable=True),
        _text("code", nullable=True),
        sa.Column("definition_version", sa.Integer(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        _instant("at", nullable=True),
        _instant("received_at"),
        _instant("call_wished_at", nullable=True),
        _text("sharing"),
        sa.Column("offered_seq", sa.BigInteger(), nullable=True),
        _instant("shared_at", nullable=True),
        _instant("erased_at", nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_measure_result"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_measure_result_citizen_id"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "plan_id"],
            ["measure_plan.citizen_id", "measure_plan.id"],
            name="fk_measure_result_plan",
        ),
        sa.CheckConstraint(CODE, name="ck_measure_result_code"),
        sa.CheckConstraint("window_key ~ '^[a-z0-9-]{1,40}$'", name="ck_measure_result_window_key"),
        sa.CheckConstraint("window_key IS NULL OR plan_id IS NOT NULL", name="ck_measure_result_window"),
        sa.CheckConstraint("score IS NULL OR complete", name="ck_measure_result_score"),
        sa.CheckConstraint(
            "sharing IN ('private', 'as-chosen', 'shared') AND (sharing = 'private') = (offered_seq IS NULL)"
            " AND (sharing = 'shared') = (shared_at IS NOT NULL) AND (complete OR sharing = 'private')",
            name="ck_measure_result_offered",
        ),
        sa.CheckConstraint(
            "CASE WHEN erased_at IS NULL THEN code IS NOT NULL AND definition_version IS NOT NULL"
            " AND answers_sealed IS NOT NULL AND at IS NOT NULL"
            " ELSE num_nonnulls(plan_id, window_key, code, definition_version, answers_sealed, score, at,"
            " call_wished_at) = 0 AND NOT complete AND sharing = 'private' END",
            name="ck_measure_result_erased",
        ),
    )
    op.create_index(
        "ix_measure_result_at",
        "measure_result",
        ["citizen_id", "at"],
        postgresql_where=sa.text("erased_at IS NULL"),
    )


def _keep_results() -> None:
    said = (
        "plan_id",
        "window_key",
        "code",
        "definition_version",
        "answers_sealed",
        "complete",
        "score",
        "at",
    )
    new, old = (", ".join(f"{row}.{name}" for name in said) for row in ("NEW", "OLD"))
    op.execute(
        f"""
        CREATE FUNCTION refuse_measure_result_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF current_setting('vedhaanden.erasing_citizen', true) = OLD.citizen_id::text THEN
                    RETURN OLD;
                END IF;
            ELSIF (NEW.citizen_id, NEW.id) IS NOT DISTINCT FROM (OLD.citizen_id, OLD.id)
                AND OLD.erased_at IS NULL
                AND (NEW.erased_at IS NOT NULL OR NOT OLD.complete
                    OR ({new}) IS NOT DISTINCT FROM ({old}))
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'whole answers are not changed' USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER measure_result_kept BEFORE UPDATE OR DELETE ON measure_result"
        " FOR EACH ROW EXECUTE FUNCTION refuse_measure_result_change()"
    )
    columns = ", ".join((*said, "received_at", "call_wished_at"))
    columns += ", sharing, offered_seq, shared_at, erased_at"
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({columns}), DELETE ON measure_result TO {APP_ROLE}")


def _create_rule() -> None:
    op.create_table(
        "measure_rule",
        _id("id"),
        _id("unit_id"),
        _text("code"),
        sa.Column("at_most", sa.Integer(), nullable=False),
        _id("turned_on_by"),
        _instant("turned_on_at"),
        _id("turned_off_by", nullable=True),
        _instant("turned_off_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_measure_rule"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_measure_rule_unit_id"),
        *(
            sa.ForeignKeyConstraint(
                ["unit_id", column],
                ["staff_member.unit_id", "staff_member.id"],
                name=f"fk_measure_rule_{column}",
            )
            for column in ("turned_on_by", "turned_off_by")
        ),
        sa.CheckConstraint(CODE, name="ck_measure_rule_code"),
        sa.CheckConstraint("at_most >= 0", name="ck_measure_rule_at_most"),
        sa.CheckConstraint(
            "(turned_off_at IS NULL) = (turned_off_by IS NULL)", name="ck_measure_rule_turned_off"
        ),
    )
    op.create_index(
        "uq_measure_rule_on",
        "measure_rule",
        ["unit_id", "code"],
        unique=True,
        postgresql_where=sa.text("turned_off_at IS NULL"),
    )
    turned = "turned_off_by, turned_off_at"
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({turned}) ON measure_rule TO {APP_ROLE}")


def _let_task_kinds_be(kinds: tuple[str, ...]) -> None:
    """Change the rule without a look at the rows there are: each of them fits both.

    It is written as PostgreSQL writes it after a restore, so that it reads the same up and down.
    """
    listed = ", ".join(f"('{kind}'::character varying)::text" for kind in kinds)
    op.drop_constraint("ck_task_kind", "task")
    rule = f"kind::text = ANY (ARRAY[{listed}])"
    op.execute(f"ALTER TABLE task ADD CONSTRAINT ck_task_kind CHECK ({rule}) NOT VALID")
