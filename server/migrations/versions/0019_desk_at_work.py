"""The crisis line at work: shifts, places for the night, night support, follow-ups, and released figures.

A place is taken once a night, and a contact has one place a night: the database sees to both. What hangs on
a contact goes or is emptied with it. A follow-up cannot be without the person's yes.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
TABLES = ("desk_shift", "night_place", "night_support", "crisis_follow_up", "desk_figure_release")
MOST_PLACES = 20


def upgrade() -> None:
    """Make the tables."""
    _create_shift()
    _create_night_place()
    _create_night_support()
    _create_follow_up()
    _create_figure_release()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _one_of(table: str, column: str, *codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def _staff(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    target = ["staff_member.unit_id", "staff_member.id"]
    return [
        sa.ForeignKeyConstraint(["unit_id", column], target, name=f"fk_{table}_{column}")
        for column in columns
    ]


def _contact(table: str, on_delete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["unit_id", "contact_id"],
        ["crisis_contact.unit_id", "crisis_contact.id"],
        name=f"fk_{table}_contact_id",
        ondelete=on_delete,
    )


def _create_shift() -> None:
    op.create_table(
        "desk_shift",
        _id("id"),
        _id("unit_id"),
        _id("staff_id"),
        _instant("started_at"),
        _instant("ended_at", nullable=True),
        _instant("on_the_road_since", nullable=True),
        sa.Column("handover_note_sealed", sa.LargeBinary(), nullable=True),
        _instant("handover_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_shift"),
        *_staff("desk_shift", "staff_id"),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ck_desk_shift_order"),
        sa.CheckConstraint(
            "ended_at IS NULL OR on_the_road_since IS NULL", name="ck_desk_shift_home_at_the_end"
        ),
    )
    op.create_index("ix_desk_shift_unit_id", "desk_shift", ["unit_id", "started_at"])
    op.create_index(
        "uq_desk_shift_running",
        "desk_shift",
        ["staff_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _create_night_place() -> None:
    op.create_table(
        "night_place",
        _id("id"),
        _id("unit_id"),
        sa.Column("evening_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _id("contact_id", nullable=True),
        _id("taken_by"),
        _instant("taken_at"),
        _id("freed_by", nullable=True),
        _instant("freed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_night_place"),
        *_staff("night_place", "taken_by", "freed_by"),
        _contact("night_place", "SET NULL (contact_id)"),
        sa.CheckConstraint(f"place BETWEEN 1 AND {MOST_PLACES}", name="ck_night_place_place"),
        sa.CheckConstraint("(freed_at IS NULL) = (freed_by IS NULL)", name="ck_night_place_freed"),
    )
    for name, columns, where in (
        ("place", ["unit_id", "evening_on", "place"], "freed_at IS NULL"),
        ("contact_id", ["contact_id", "evening_on"], "freed_at IS NULL AND contact_id IS NOT NULL"),
    ):
        op.create_index(
            f"uq_night_place_{name}", "night_place", columns, unique=True, postgresql_where=sa.text(where)
        )


def _create_night_support() -> None:
    op.create_table(
        "night_support",
        _id("id"),
        _id("unit_id"),
        sa.Column("evening_on", sa.Date(), nullable=False),
        _id("contact_id"),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("wanted_at", sa.Text(), nullable=True),
        _id("asked_by"),
        _instant("asked_at"),
        sa.Column("result", sa.Text(), nullable=True),
        _id("done_by", nullable=True),
        _instant("done_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_night_support"),
        sa.UniqueConstraint("contact_id", "evening_on", name="uq_night_support_contact_id"),
        *_staff("night_support", "asked_by", "done_by"),
        _contact("night_support", "CASCADE"),
        _one_of("night_support", "answer", "visit", "call", "no"),
        _one_of("night_support", "result", "given", "not-reached", "declined"),
        sa.CheckConstraint(
            "(result IS NULL) = (done_at IS NULL) AND (result IS NULL) = (done_by IS NULL)",
            name="ck_night_support_done",
        ),
        sa.CheckConstraint(
            "answer <> 'no' OR (wanted_at IS NULL AND result IS NULL)", name="ck_night_support_no"
        ),
    )
    op.create_index("ix_night_support_unit_id", "night_support", ["unit_id", "evening_on"])


def _create_follow_up() -> None:
    table = "crisis_follow_up"
    op.create_table(
        table,
        _id("id"),
        _id("unit_id"),
        _id("contact_id"),
        sa.Column("kind", sa.Text(), nullable=False),
        _instant("yes_at"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _id("owner_id"),
        _id("stand_in_id", nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("changed", sa.Text(), nullable=True),
        sa.Column("safety", sa.Integer(), nullable=True),
        _id("closed_by", nullable=True),
        _instant("closed_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _instant("created_at"),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("contact_id", "kind", name=f"uq_{table}_contact_id"),
        *_staff(table, "owner_id", "stand_in_id", "closed_by"),
        _contact(table, "CASCADE"),
        _one_of(table, "kind", "call-72h", "after-14-days"),
        _one_of(table, "status", "requested", "completed", "cancelled"),
        _one_of(table, "result", "done", "not-reached", "declined"),
        _one_of(table, "changed", "yes", "some", "no", "not-asked"),
        sa.CheckConstraint("safety BETWEEN 0 AND 10", name=f"ck_{table}_safety"),
        sa.CheckConstraint("(status = 'requested') = (closed_at IS NULL)", name=f"ck_{table}_closed"),
        sa.CheckConstraint("(status = 'completed') = (result IS NOT NULL)", name=f"ck_{table}_completed"),
        sa.CheckConstraint(
            "coalesce(result = 'done', false) OR (changed IS NULL AND safety IS NULL)",
            name=f"ck_{table}_answers",
        ),
        sa.CheckConstraint("stand_in_id <> owner_id", name=f"ck_{table}_stand_in"),
    )
    op.create_index(
        f"ix_{table}_open", table, ["unit_id", "due_on"], postgresql_where=sa.text("status = 'requested'")
    )


def _create_figure_release() -> None:
    op.create_table(
        "desk_figure_release",
        _id("unit_id"),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        _instant("released_at"),
        sa.Column("groups", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "first_month", name="pk_desk_figure_release"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_desk_figure_release_unit_id"),
        sa.CheckConstraint("last_month >= first_month", name="ck_desk_figure_release_order"),
    )
