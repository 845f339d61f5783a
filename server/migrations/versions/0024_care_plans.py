"""Care plans, phases, the caseload figure of a unit, what somebody seeks, and waived guarantees."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
WAIVED_FOR = ("other-provider", "later-wish")


def upgrade() -> None:
    """Add what the console and the clock of the first contact need; nobody has any of it yet."""
    _add_caseload_figure()
    _add_what_is_sought()
    _create_waiver()


def downgrade() -> None:
    """Take it all away."""
    op.drop_table("guarantee_waiver")
    op.drop_column("citizen", "seeks")
    op.drop_column("unit", "caseload_figure")


def _add_caseload_figure() -> None:
    op.add_column("unit", sa.Column("caseload_figure", sa.Integer(), nullable=True))
    op.create_check_constraint("ck_unit_caseload_figure", "unit", "caseload_figure BETWEEN 1 AND 200")


def _add_what_is_sought() -> None:
    op.add_column("citizen", sa.Column("seeks", sa.Text(), nullable=True))
    op.create_check_constraint("ck_citizen_seeks", "citizen", "seeks ~ '^[a-z0-9-]{1,40}$'")


def _create_waiver() -> None:
    listed = ", ".join(f"'{code}'" for code in WAIVED_FOR)
    op.create_table(
        "guarantee_waiver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_guarantee_waiver"),
        sa.ForeignKeyConstraint(
            ["unit_id", "citizen_id"],
            ["citizen.unit_id", "citizen.id"],
            name="fk_guarantee_waiver_citizen_id",
        ),
        *(
            sa.ForeignKeyConstraint(
                ["unit_id", column],
                ["staff_member.unit_id", "staff_member.id"],
                name=f"fk_guarantee_waiver_{column}",
            )
            for column in ("given_by", "withdrawn_by")
        ),
        sa.CheckConstraint(f"reason IN ({listed})", name="ck_guarantee_waiver_reason"),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="ck_guarantee_waiver_withdrawn"
        ),
        sa.CheckConstraint("withdrawn_at >= given_at", name="ck_guarantee_waiver_order"),
    )
    op.create_index(
        "uq_guarantee_waiver_standing",
        "guarantee_waiver",
        ["citizen_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON guarantee_waiver TO {APP_ROLE}")
