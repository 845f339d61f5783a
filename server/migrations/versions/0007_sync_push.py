"""What phones push: their sequence, the stored results, refused edits; and every title a goal has had."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("sync_client", "sync_result", "rejected_edit", "goal_title")
RESULTS = (
    "applied",
    "merged",
    "kept_both",
    "duplicate",
    "rejected_permission",
    "rejected_validation",
    "rejected_gone",
    "rejected_reuse",
)


def upgrade() -> None:
    """Add the tables of pushing."""
    _sync_client()
    _sync_result()
    _rejected_edit()
    _goal_title()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vedhaanden_app")


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _sync_client() -> None:
    op.create_table(
        "sync_client",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("client_id", name="pk_sync_client"),
        sa.UniqueConstraint("citizen_id", "client_id", name="uq_sync_client_citizen_id_client_id"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_sync_client_citizen_id"),
        sa.CheckConstraint("last_seq >= 0", name="ck_sync_client_last_seq"),
    )


def _sync_result() -> None:
    """`repeats`: the mutation came through another client number before, and nothing was done again."""
    op.create_table(
        "sync_result",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("client_seq", sa.BigInteger(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("mutation_id", sa.Uuid(), nullable=False),
        sa.Column("repeats", sa.Boolean(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("result", sa.String(24), nullable=False),
        sa.Column("data", postgresql.JSONB(), nullable=True),
        sa.Column("problem", postgresql.JSONB(), nullable=True),
        _instant("created_at"),
        sa.PrimaryKeyConstraint("client_id", "client_seq", name="pk_sync_result"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "client_id"],
            ["sync_client.citizen_id", "sync_client.client_id"],
            name="fk_sync_result_client_id",
        ),
        sa.CheckConstraint("client_seq >= 1", name="ck_sync_result_client_seq"),
        sa.CheckConstraint(
            f"result IN ({', '.join(repr(result) for result in RESULTS)})", name="ck_sync_result_result"
        ),
    )
    op.create_index(
        "uq_sync_result_citizen_id_mutation_id",
        "sync_result",
        ["citizen_id", "mutation_id"],
        unique=True,
        postgresql_where=sa.text("NOT repeats"),
    )


def _rejected_edit() -> None:
    op.create_table(
        "rejected_edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("author_kind", sa.String(16), nullable=False),
        sa.Column("author_staff_id", sa.Uuid(), nullable=True),
        sa.Column("entity", sa.String(64), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.String(64), nullable=False),
        _instant("created_at"),
        _instant("dismissed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rejected_edit"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_rejected_edit_citizen_id"),
        sa.CheckConstraint(
            "author_kind = 'citizen' AND author_staff_id IS NULL"
            " OR author_kind = 'staff' AND author_staff_id IS NOT NULL",
            name="ck_rejected_edit_author",
        ),
    )
    op.create_index("ix_rejected_edit_citizen_id_entity_id", "rejected_edit", ["citizen_id", "entity_id"])


def _goal_title() -> None:
    op.create_table(
        "goal_title",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(300), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("mutation_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("citizen_id", "goal_id", "version", name="pk_goal_title"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "goal_id"],
            ["goal.citizen_id", "goal.id"],
            name="fk_goal_title_goal",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("version >= 1", name="ck_goal_title_version"),
    )
