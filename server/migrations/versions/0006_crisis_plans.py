"""Crisis plans, their lines and versions, and the sharing choices.

Every key carries the citizen: phones make the ids of lines, so one citizen's id can neither meet nor
betray another's, and the database itself refuses a link between two people's lines. A version is never
changed; its words can only be emptied, and its row goes only with the erasure of that citizen, which says
so in `vedhaanden.erasing_citizen` for its own transaction.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
TABLES = ("crisis_plan", "plan_line", "plan_line_version", "plan_link", "sharing_choice")
FREE_TABLES = ("crisis_plan", "plan_line", "plan_link", "sharing_choice")
SECTIONS = (
    "warning-signs",
    "own-actions",
    "distraction",
    "people-to-ask",
    "professionals",
    "safer-around-me",
    "living-for",
    "helps-from-others",
    "does-not-help",
    "practical",
)


def upgrade() -> None:
    """Make the tables of the crisis plan and of the sharing choices."""
    _create_plan()
    _create_version()
    _create_link()
    _create_sharing_choice()
    for table in FREE_TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (value_sealed), DELETE ON plan_line_version TO {APP_ROLE}")


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_plan_version_change()")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _one_of(table: str, column: str, *codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def _create_plan() -> None:
    op.create_table(
        "crisis_plan",
        _id("citizen_id"),
        _instant("created_at"),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", name="pk_crisis_plan"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_crisis_plan_citizen_id"),
    )
    op.create_table(
        "plan_line",
        _id("citizen_id"),
        _id("id"),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(collation="C"), nullable=True),
        _instant("created_at"),
        _instant("deleted_at", nullable=True),
        sa.Column("restored", sa.Boolean(), nullable=False),
        _instant("erased_at", nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_plan_line"),
        sa.ForeignKeyConstraint(
            ["citizen_id"], ["crisis_plan.citizen_id"], name="fk_plan_line_citizen_id", ondelete="CASCADE"
        ),
        _one_of("plan_line", "section", *SECTIONS),
        sa.CheckConstraint(
            "(erased_at IS NULL) = (section IS NOT NULL) AND (erased_at IS NULL) = (position IS NOT NULL)",
            name="ck_plan_line_empty_when_erased",
        ),
        sa.CheckConstraint("position ~ '^[0-9A-Za-z]{1,128}$'", name="ck_plan_line_position"),
    )
    op.create_index(
        "ix_plan_line_deleted_at",
        "plan_line",
        ["deleted_at"],
        postgresql_where=sa.text("deleted_at IS NOT NULL AND erased_at IS NULL"),
    )


def _create_version() -> None:
    op.create_table(
        "plan_line_version",
        _id("citizen_id"),
        _id("id"),
        _id("line_id"),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("parents", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("author_kind", sa.Text(), nullable=False),
        _id("author_staff_id", nullable=True),
        _instant("created_at"),
        _instant("device_at", nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_plan_line_version"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "line_id"],
            ["plan_line.citizen_id", "plan_line.id"],
            name="fk_plan_line_version_line",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_staff_id"], ["staff_member.id"], name="fk_plan_line_version_author_staff_id"
        ),
        _one_of("plan_line_version", "field", "text", "phone"),
        _one_of("plan_line_version", "author_kind", "citizen", "staff"),
        sa.CheckConstraint(
            "(author_kind = 'staff') = (author_staff_id IS NOT NULL)", name="ck_plan_line_version_author"
        ),
    )
    op.create_index("ix_plan_line_version_line", "plan_line_version", ["citizen_id", "line_id", "seq"])
    _keep_versions()


def _keep_versions() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_plan_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF NEW.value_sealed IS NULL
                    AND (NEW.citizen_id, NEW.id, NEW.line_id, NEW.field, NEW.parents, NEW.author_kind,
                         NEW.author_staff_id, NEW.created_at, NEW.device_at, NEW.seq)
                    IS NOT DISTINCT FROM
                        (OLD.citizen_id, OLD.id, OLD.line_id, OLD.field, OLD.parents, OLD.author_kind,
                         OLD.author_staff_id, OLD.created_at, OLD.device_at, OLD.seq)
                THEN
                    RETURN NEW;
                END IF;
            ELSIF current_setting('vedhaanden.erasing_citizen', true) = OLD.citizen_id::text THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'versions of a plan line are append-only'
                USING ERRCODE = 'insufficient_privilege';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER plan_line_version_append_only BEFORE UPDATE OR DELETE ON plan_line_version"
        " FOR EACH ROW EXECUTE FUNCTION refuse_plan_version_change()"
    )


def _create_link() -> None:
    op.create_table(
        "plan_link",
        _id("citizen_id"),
        _id("sign_line_id"),
        _id("action_line_id"),
        sa.PrimaryKeyConstraint("citizen_id", "sign_line_id", "action_line_id", name="pk_plan_link"),
        *(
            sa.ForeignKeyConstraint(
                ["citizen_id", f"{end}_line_id"],
                ["plan_line.citizen_id", "plan_line.id"],
                name=f"fk_plan_link_{end}",
                ondelete="CASCADE",
                deferrable=True,
                initially="DEFERRED",
            )
            for end in ("sign", "action")
        ),
        sa.CheckConstraint("sign_line_id <> action_line_id", name="ck_plan_link_two_lines"),
    )


def _create_sharing_choice() -> None:
    op.create_table(
        "sharing_choice",
        _id("id"),
        _id("citizen_id"),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        _instant("given_at"),
        _instant("withdrawn_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sharing_choice"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_sharing_choice_citizen_id"),
        _one_of("sharing_choice", "purpose", "contact-person", "crisis-line"),
        _one_of("sharing_choice", "item_class", "crisis-plan"),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_at >= given_at", name="ck_sharing_choice_order"
        ),
    )
    op.create_index(
        "uq_sharing_choice_one_open",
        "sharing_choice",
        ["citizen_id", "purpose", "item_class"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
