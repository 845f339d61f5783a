"""Check-ins and days: in the person's own hand, private until offered, never rewritten, gone when erased.

A check-in is never changed: it can be offered to the contact person or kept back, and it can be emptied for
good. Its row goes only with the erasure of that citizen, which says so in `vedhaanden.erasing_citizen`. What
was offered when, and when a yes was given and taken back, is kept as steps of the citizen's own sequence:
they are in the order of the commits, whatever the clocks of two processes say.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
SHARING = "sharing IN ('private', 'as-chosen', 'shared')"
OFFERED = "(sharing = 'private') = (offered_seq IS NULL)"


def upgrade() -> None:
    """Make the tables, and let a person say yes to sharing check-ins."""
    _create_check_in()
    _create_used_day()
    _widen_choice("item_class IN ('crisis-plan', 'check-ins')")
    for name in ("given_seq", "withdrawn_seq"):
        op.add_column("sharing_choice", sa.Column(name, sa.BigInteger(), nullable=True))
    _add_rule(
        "sharing_choice",
        "ck_sharing_choice_steps",
        "item_class <> 'check-ins' OR (given_seq IS NOT NULL"
        " AND (withdrawn_at IS NULL) = (withdrawn_seq IS NULL) AND withdrawn_seq >= given_seq)",
    )


def downgrade() -> None:
    """Take them away again, and the yeses that nothing asks for any more."""
    op.drop_constraint("ck_sharing_choice_steps", "sharing_choice")
    op.execute("DELETE FROM sharing_choice WHERE item_class = 'check-ins'")
    for name in ("withdrawn_seq", "given_seq"):
        op.drop_column("sharing_choice", name)
    _widen_choice("item_class IN ('crisis-plan')")
    op.drop_table("used_day")
    op.drop_table("check_in")
    op.execute("DROP FUNCTION refuse_check_in_change()")


def _widen_choice(rule: str) -> None:
    op.drop_constraint("ck_sharing_choice_item_class", "sharing_choice")
    _add_rule("sharing_choice", "ck_sharing_choice_item_class", rule)


def _add_rule(table: str, name: str, rule: str) -> None:
    """For what is written from now on; rows from before are not read through."""
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule}) NOT VALID")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _create_check_in() -> None:
    op.create_table(
        "check_in",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _instant("at", nullable=True),
        _instant("received_at"),
        sa.Column("mood", sa.Integer(), nullable=True),
        sa.Column("urge", sa.Integer(), nullable=True),
        sa.Column("line_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("sharing", sa.Text(), nullable=False),
        sa.Column("offered_seq", sa.BigInteger(), nullable=True),
        _instant("shared_at", nullable=True),
        _instant("erased_at", nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_check_in"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_check_in_citizen_id"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "goal_id"],
            ["goal.citizen_id", "goal.id"],
            name="fk_check_in_goal",
            ondelete="SET NULL (goal_id)",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.CheckConstraint(SHARING, name="ck_check_in_sharing"),
        sa.CheckConstraint(OFFERED, name="ck_check_in_offered"),
        sa.CheckConstraint("(sharing = 'shared') = (shared_at IS NOT NULL)", name="ck_check_in_shared_at"),
        sa.CheckConstraint("mood BETWEEN 0 AND 10 AND urge BETWEEN 0 AND 10", name="ck_check_in_scales"),
        sa.CheckConstraint(
            "CASE WHEN erased_at IS NULL"
            " THEN at IS NOT NULL AND (mood IS NOT NULL OR urge IS NOT NULL OR line_sealed IS NOT NULL)"
            " ELSE at IS NULL AND mood IS NULL AND urge IS NULL AND line_sealed IS NULL AND goal_id IS NULL"
            " AND sharing = 'private' END",
            name="ck_check_in_erased",
        ),
    )
    op.create_index(
        "ix_check_in_at",
        "check_in",
        ["citizen_id", "at", "id"],
        postgresql_where=sa.text("erased_at IS NULL"),
    )
    op.create_index(
        "ix_check_in_goal_id",
        "check_in",
        ["citizen_id", "goal_id"],
        postgresql_where=sa.text("goal_id IS NOT NULL"),
    )
    _keep_check_ins()


def _keep_check_ins() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_check_in_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF current_setting('vedhaanden.erasing_citizen', true) = OLD.citizen_id::text THEN
                    RETURN OLD;
                END IF;
            ELSIF (NEW.citizen_id, NEW.id, NEW.received_at)
                    IS NOT DISTINCT FROM (OLD.citizen_id, OLD.id, OLD.received_at)
                AND OLD.erased_at IS NULL
                AND (NEW.erased_at IS NOT NULL
                    OR (NEW.goal_id IS NOT DISTINCT FROM OLD.goal_id OR NEW.goal_id IS NULL)
                    AND (NEW.at, NEW.mood, NEW.urge, NEW.line_sealed)
                        IS NOT DISTINCT FROM (OLD.at, OLD.mood, OLD.urge, OLD.line_sealed))
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'check-ins are append-only' USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER check_in_append_only BEFORE UPDATE OR DELETE ON check_in"
        " FOR EACH ROW EXECUTE FUNCTION refuse_check_in_change()"
    )
    columns = "mood, urge, line_sealed, goal_id, at, sharing, offered_seq, shared_at, erased_at"
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({columns}), DELETE ON check_in TO {APP_ROLE}")


def _create_used_day() -> None:
    op.create_table(
        "used_day",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=True),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sharing", sa.Text(), nullable=False),
        sa.Column("offered_seq", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _instant("received_at"),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_used_day"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_used_day_citizen_id"),
        sa.CheckConstraint("sharing IN ('private', 'as-chosen')", name="ck_used_day_sharing"),
        sa.CheckConstraint(OFFERED, name="ck_used_day_offered"),
        sa.CheckConstraint(
            "used IS NOT NULL OR (what_sealed IS NULL AND sharing = 'private')", name="ck_used_day_open"
        ),
    )
    op.create_index("ix_used_day_day_on", "used_day", ["citizen_id", "day_on"])
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON used_day TO {APP_ROLE}")
