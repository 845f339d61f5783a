"""The crisis line's desk: contacts, claim codes, desk codes, its relation to a person, and the oral yes.

The crisis line is another unit, so its relation stands in a table of its own: nothing that reads the care
team by `care_relation` can ever let the desk in by mistake. A contact may be about nobody known; a goal can
only be tied to a contact of the same person, and the database sees to that.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

APP_ROLE = "vedhaanden_app"
TABLES = ("desk_relation", "oral_yes", "goal_yes", "desk_code", "crisis_contact", "crisis_claim_code")
CHANNELS = ("phone", "at-the-door", "outreach", "night-visit")
SEARCHES = ("phone", "cpr", "code", "alias")
GENDERS = ("woman", "man", "other", "not-registered")


def upgrade() -> None:
    """Make the tables, and the fingerprints by which a person is found by alias or number."""
    _search_citizens()
    _create_relation()
    _create_oral_yes()
    _create_goal_yes()
    _create_desk_code()
    _create_contact()
    _create_claim_code()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}")


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in ("cpr_index", "alias_index", "phone_index", "not_indexed"):
        op.drop_index(f"ix_citizen_{name}", "citizen")
    op.drop_column("citizen", "phone_index")
    op.drop_column("citizen", "alias_index")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _sealed(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary(), nullable=True)


def _codes(name: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.ARRAY(sa.Text()), nullable=False)


def _one_of(table: str, column: str, *codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"ck_{table}_{column}")


def _of_the_unit(table: str, column: str) -> sa.ForeignKeyConstraint:
    target = ["staff_member.unit_id", "staff_member.id"]
    return sa.ForeignKeyConstraint(["unit_id", column], target, name=f"fk_{table}_{column}")


def _search_citizens() -> None:
    """Who was written before has no fingerprint yet; the first search makes those that are missing."""
    for name in ("alias_index", "phone_index"):
        op.add_column("citizen", _sealed(name))
    for name in ("cpr_index", "alias_index", "phone_index"):
        op.create_index(
            f"ix_citizen_{name}", "citizen", [name], postgresql_where=sa.text(f"{name} IS NOT NULL")
        )
    op.create_index(
        "ix_citizen_not_indexed",
        "citizen",
        ["id"],
        postgresql_where=sa.text("alias_index IS NULL AND status = 'active'"),
    )


def _create_relation() -> None:
    op.create_table(
        "desk_relation",
        _id("id"),
        _id("citizen_id"),
        _id("staff_id"),
        _id("unit_id"),
        _instant("starts_at"),
        _instant("latest_at"),
        _instant("ends_at"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_relation"),
        sa.UniqueConstraint("citizen_id", "id", name="uq_desk_relation_citizen_id_id"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_desk_relation_citizen_id"),
        _of_the_unit("desk_relation", "staff_id"),
        sa.CheckConstraint(
            "starts_at <= ends_at AND ends_at <= latest_at AND latest_at <= starts_at + interval '24 hours'",
            name="ck_desk_relation_order",
        ),
    )
    op.create_index("ix_desk_relation_staff_id", "desk_relation", ["staff_id", "ends_at"])


def _create_oral_yes() -> None:
    op.create_table(
        "oral_yes",
        _id("id"),
        _id("citizen_id"),
        _id("relation_id", nullable=True),
        _id("heard_by"),
        sa.Column("text_version", sa.Text(), nullable=False),
        _instant("given_at"),
        _instant("ends_at"),
        sa.PrimaryKeyConstraint("id", name="pk_oral_yes"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_oral_yes_citizen_id"),
        sa.ForeignKeyConstraint(["heard_by"], ["staff_member.id"], name="fk_oral_yes_heard_by"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "relation_id"],
            ["desk_relation.citizen_id", "desk_relation.id"],
            name="fk_oral_yes_relation",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "given_at <= ends_at AND ends_at <= given_at + interval '24 hours'", name="ck_oral_yes_order"
        ),
    )
    op.create_index("ix_oral_yes_relation_id", "oral_yes", ["relation_id"])
    op.create_index("ix_oral_yes_citizen_id", "oral_yes", ["citizen_id", "ends_at"])


def _create_goal_yes() -> None:
    op.create_table(
        "goal_yes",
        _id("citizen_id"),
        _id("goal_id"),
        _instant("given_at"),
        sa.PrimaryKeyConstraint("citizen_id", "goal_id", name="pk_goal_yes"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "goal_id"],
            ["goal.citizen_id", "goal.id"],
            name="fk_goal_yes_goal",
            ondelete="CASCADE",
        ),
    )


def _create_desk_code() -> None:
    op.create_table(
        "desk_code",
        _id("id"),
        _id("citizen_id"),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        _instant("made_at"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_code"),
        sa.UniqueConstraint("citizen_id", name="uq_desk_code_citizen_id"),
        sa.UniqueConstraint("code_index", name="uq_desk_code_code_index"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_desk_code_citizen_id"),
    )


def _create_contact() -> None:
    op.create_table(
        "crisis_contact",
        _id("id"),
        _id("unit_id"),
        _id("citizen_id", nullable=True),
        _id("opened_by"),
        _id("closed_by", nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=True),
        _instant("opened_at"),
        _instant("received_at"),
        _instant("closed_at", nullable=True),
        _codes("reasons"),
        _codes("given"),
        _codes("referrals"),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=False),
        _sealed("note_sealed"),
        sa.Column("safety_before", sa.Integer(), nullable=True),
        sa.Column("safety_after", sa.Integer(), nullable=True),
        _id("goal_id", nullable=True),
        sa.Column("may_ring", sa.Boolean(), nullable=False),
        _sealed("ring_phone_sealed"),
        _sealed("ring_when_sealed"),
        _sealed("ring_code_word_sealed"),
        sa.Column("ring_voicemail", sa.Text(), nullable=False),
        _instant("follow_up_yes_at", nullable=True),
        _instant("call_yes_at", nullable=True),
        _instant("shown_yes_at", nullable=True),
        _instant("claimed_at", nullable=True),
        _instant("erased_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        _instant("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_crisis_contact"),
        sa.UniqueConstraint("unit_id", "id", name="uq_crisis_contact_unit_id_id"),
        *_contact_keys(),
        *_contact_rules(),
    )
    op.create_index("ix_crisis_contact_unit_id", "crisis_contact", ["unit_id", "opened_at"])
    op.create_index(
        "ix_crisis_contact_open", "crisis_contact", ["unit_id"], postgresql_where=sa.text("closed_at IS NULL")
    )
    op.create_index(
        "ix_crisis_contact_citizen_id",
        "crisis_contact",
        ["citizen_id"],
        postgresql_where=sa.text("citizen_id IS NOT NULL"),
    )
    op.create_index(
        "ix_crisis_contact_number",
        "crisis_contact",
        ["received_at"],
        postgresql_where=sa.text("may_ring"),
    )


def _contact_keys() -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_crisis_contact_unit_id"),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_crisis_contact_citizen_id"),
        _of_the_unit("crisis_contact", "opened_by"),
        _of_the_unit("crisis_contact", "closed_by"),
        sa.ForeignKeyConstraint(
            ["citizen_id", "goal_id"],
            ["goal.citizen_id", "goal.id"],
            name="fk_crisis_contact_goal",
            ondelete="SET NULL (goal_id)",
            deferrable=True,
            initially="DEFERRED",
        ),
    )


def _contact_rules() -> tuple[sa.CheckConstraint, ...]:
    table = "crisis_contact"
    rules = {
        "goal": "goal_id IS NULL OR citizen_id IS NOT NULL",
        "shown": "shown_yes_at IS NULL OR citizen_id IS NOT NULL",
        "found": "found_by IS NULL OR citizen_id IS NOT NULL",
        "claimed": "claimed_at IS NULL OR (citizen_id IS NOT NULL AND found_by IS NULL)",
        "ring": (
            "may_ring OR (ring_phone_sealed IS NULL AND ring_when_sealed IS NULL"
            " AND ring_code_word_sealed IS NULL AND ring_voicemail = 'never')"
        ),
        "closed": "(closed_at IS NULL) = (closed_by IS NULL)",
        "duration_minutes": "duration_minutes BETWEEN 0 AND 1440",
        "safety": "safety_before BETWEEN 0 AND 10 AND safety_after BETWEEN 0 AND 10",
        "version": "version >= 1",
        "opened_at": "opened_at <= received_at",
        "erased": (
            "erased_at IS NULL OR (citizen_id IS NULL AND note_sealed IS NULL AND NOT may_ring"
            " AND outcome IS NULL AND cardinality(reasons || given || referrals) = 0)"
        ),
    }
    return (
        _one_of(table, "channel", *CHANNELS),
        _one_of(table, "found_by", *SEARCHES),
        _one_of(table, "gender", *GENDERS),
        _one_of(table, "ring_voicemail", "never", "ok"),
        *(sa.CheckConstraint(rule, name=f"ck_{table}_{name}") for name, rule in rules.items()),
    )


def _create_claim_code() -> None:
    op.create_table(
        "crisis_claim_code",
        _id("id"),
        _id("contact_id"),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        _id("made_by"),
        _instant("made_at"),
        _instant("expires_at"),
        _instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_crisis_claim_code"),
        sa.UniqueConstraint("contact_id", name="uq_crisis_claim_code_contact_id"),
        sa.UniqueConstraint("code_hash", name="uq_crisis_claim_code_code_hash"),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["crisis_contact.id"],
            name="fk_crisis_claim_code_contact_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["made_by"], ["staff_member.id"], name="fk_crisis_claim_code_made_by"),
        sa.CheckConstraint("expires_at > made_at", name="ck_crisis_claim_code_order"),
    )
