"""Care plans and phases: what was agreed about the effort, version by version, and where in it somebody is.

Neither is ever changed: a new version and a new phase are new rows, and a row goes only with the erasure of
that citizen.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"


def upgrade() -> None:
    """Make both tables; nobody has a plan or a phase yet."""
    op.create_table(
        "care_plan",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.Column(f"{part}_sealed", sa.LargeBinary(), nullable=True)
            for part in ("background", "needs", "purpose", "effort")
        ),
        sa.Column("methods", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("children", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "version", name="pk_care_plan"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_care_plan_id"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_care_plan_citizen_id"),
        sa.ForeignKeyConstraint(["written_by"], ["staff_member.id"], name="fk_care_plan_written_by"),
        sa.CheckConstraint("version >= 1", name="ck_care_plan_version"),
        sa.CheckConstraint("children IN ('not-asked', 'none', 'at-home')", name="ck_care_plan_children"),
        sa.CheckConstraint("cardinality(methods) <= 20", name="ck_care_plan_methods"),
    )
    op.create_table(
        "phase",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("citizen_id", "id", name="pk_phase"),
        sa.UniqueConstraint("citizen_id", "seq", name="uq_phase_seq"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_phase_citizen_id"),
        sa.ForeignKeyConstraint(["set_by"], ["staff_member.id"], name="fk_phase_set_by"),
        sa.CheckConstraint("code ~ '^[a-z0-9-]{1,40}$'", name="ck_phase_code"),
    )
    for table in ("care_plan", "phase"):
        op.execute(f"GRANT SELECT, INSERT, DELETE ON {table} TO {APP_ROLE}")


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("phase")
    op.drop_table("care_plan")
