"""Own exercises: read by a second person of another profession before the unit shares them."""

from typing import Any

import psycopg
import pytest

from server.core.ids import new_id
from server.exercises import blocks
from tests.appointments.people import refused, seen, without_id
from tests.exercises.people import OWN, TEXT, Doer
from tests.sync.pushing import PULL


@pytest.fixture
def nurse(make_staff: Any, sign_in_staff: Any, new_client: Any) -> Any:
    """The browser of a colleague of another profession."""
    return sign_in_staff(make_staff(name="Nanna Sygeplejerske"), new_client())


def step(browser: Any, own: dict[str, Any], what: str, version: int | None = None, **said: Any) -> Any:
    """Submit, review or withdraw in the version that was seen."""
    body = {"json": {"approved": True, "profession": "nurse", **said}} if what == "review" else {}
    return browser.post(f"{OWN}/{own['id']}/{what}", headers=seen(version or own["version"]), **body)


class TestWriting:
    def test_begins_as_a_draft_that_nobody_else_sees(self, desk: Any, nurse: Any, write_own: Any) -> None:
        own = write_own()

        assert (own["status"], own["version"], own["is_own"], own["may_give"]) == ("draft", 1, True, True)
        assert [one["id"] for one in desk.get(OWN).json["items"]] == [own["id"]]
        assert nurse.get(OWN).json["items"] == []

    def test_of_a_draft_by_somebody_else_is_like_one_that_is_not_there(
        self, nurse: Any, write_own: Any
    ) -> None:
        own = write_own()

        for what in ("submit", "review", "withdraw"):
            answers = [step(nurse, {**own, "id": each}, what) for each in (own["id"], new_id())]
            assert without_id(answers[0]) == without_id(answers[1])
            assert answers[0].status_code == 404
        answers = [nurse.put(f"{OWN}/{e}", json=TEXT, headers=seen(1)) for e in (own["id"], new_id())]
        assert without_id(answers[0]) == without_id(answers[1])
        assert answers[0].status_code == 404

    def test_twice_under_one_id_is_one(self, desk: Any, write_own: Any) -> None:
        own = write_own(id=str(new_id()))

        assert write_own(id=own["id"]) == own
        assert desk.post(OWN, json={**TEXT, "id": own["id"], "title": "Andet"}).status_code == 409

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", ""),
            ("title", "x" * 81),
            ("title", "to\nlinjer"),
            ("body", "x" * 6001),
            ("body", "   "),
            ("body", "# "),
            ("body", "<b>fed</b>"),
            ("body", "[her](https://example.dk)"),
            ("body", "![x](x.png)"),
            ("body", "```\nkode\n```"),
            ("method", "To Ord"),
            ("profession", "astrologer"),
            ("colour", "red"),
        ],
    )
    def test_refuses_what_a_phone_cannot_show_by_name(
        self, desk: Any, count: Any, field: str, value: str
    ) -> None:
        assert refused(desk.post(OWN, json={**TEXT, field: value}), field)
        assert count("own_exercise") == 0

    def test_over_a_newer_version_is_refused(self, desk: Any, write_own: Any) -> None:
        own = write_own()
        newer = desk.put(f"{OWN}/{own['id']}", json={**TEXT, "title": "Ny"}, headers=seen(1)).json

        answer = desk.put(f"{OWN}/{own['id']}", json={**TEXT, "title": "Sen"}, headers=seen(1))

        assert (newer["version"], answer.status_code) == (2, 412)


class TestTheExport:
    def test_holds_the_words_of_the_version_that_was_given_with_what_came_of_it(
        self, desk: Any, sender: Doer, give: Any, write_own: Any
    ) -> None:
        own = write_own()
        ref = {"own": own["id"]}
        given = give(ref=ref)
        sender.write(ref=ref, assignment_id=given["id"])
        desk.put(f"{OWN}/{own['id']}", json={**TEXT, "title": "En ny"}, headers=seen(1))

        tables = sender.browser.get("/api/v1/citizen/export.json").json["tables"]

        for (row,) in (tables["exercise_assignment"], tables["exercise_answer"]):
            words = (row["own_title"], row["own_lead"], row["own_body"])
            assert words == (TEXT["title"], TEXT["lead"], TEXT["body"])


class TestTheSecondReader:
    def test_lets_the_unit_share_the_very_version_that_was_read(
        self, desk: Any, nurse: Any, write_own: Any, superuser: Any
    ) -> None:
        own = write_own()
        step(desk, own, "submit")

        shared = step(nurse, own, "review").json

        assert (shared["status"], shared["may_give"], shared["is_own"]) == ("shared", True, False)
        assert shared["reviewed"]["by_name"] == "Nanna Sygeplejerske"
        assert shared["reviewed"]["profession"] == "nurse"
        trail = superuser.execute(
            "SELECT event FROM audit_event WHERE subject_id = %s ORDER BY position", [own["id"]]
        ).fetchall()
        assert trail == [(f"own-exercise.{event}",) for event in ("written", "submitted", "approved")]

    def test_is_not_its_author_nor_of_the_same_profession(
        self, desk: Any, nurse: Any, write_own: Any
    ) -> None:
        own = write_own()
        step(desk, own, "submit")

        by_its_author = step(desk, own, "review")
        of_the_same = step(nurse, own, "review", profession=TEXT["profession"])

        assert [one.json["code"] for one in (by_its_author, of_the_same)] == ["not-a-second-profession"] * 2
        assert desk.get(OWN).json["items"][0]["status"] == "submitted"

    def test_sends_it_back_with_a_remark_for_its_author(self, desk: Any, nurse: Any, write_own: Any) -> None:
        own = write_own()
        step(desk, own, "submit")

        step(nurse, own, "review", approved=False, remark="Sig, hvordan man stopper.")

        (back,) = desk.get(OWN).json["items"]
        assert (back["status"], back["remark"]) == ("draft", "Sig, hvordan man stopper.")
        assert back["reviewed"] is None
        assert nurse.get(OWN).json["items"] == []

    def test_reads_what_was_submitted_and_not_a_word_that_came_later(
        self, desk: Any, nurse: Any, write_own: Any
    ) -> None:
        own = write_own()
        step(desk, own, "submit")
        desk.put(f"{OWN}/{own['id']}", json={**TEXT, "body": "Andet"}, headers=seen(1))
        step(desk, own, "submit", version=2)

        assert step(nurse, own, "review").status_code == 412
        assert step(nurse, own, "review", version=2).json["status"] == "shared"

    def test_has_nothing_to_say_of_what_does_not_wait(
        self, desk: Any, nurse: Any, write_own: Any, share_own: Any
    ) -> None:
        own = write_own()
        assert step(desk, own, "review").json["code"] == "wrong-step"
        share_own(own)

        assert step(nurse, own, "review").json["code"] == "wrong-step"
        assert step(desk, own, "submit").json["code"] == "wrong-step"


class TestThoseWhoHaveItAlready:
    def test_learn_on_their_phones_that_somebody_else_has_read_it(
        self, sender: Doer, give: Any, write_own: Any, share_own: Any
    ) -> None:
        own = write_own()
        given = give(ref={"own": own["id"]})
        cursor = sender.browser.get(PULL).json["cursor"]

        share_own(own)

        changes = sender.browser.get(PULL, query_string={"cursor": cursor}).json["changes"]
        told = [(one["id"], one["data"]["own"]["reviewed"]) for one in changes]
        assert told == [(given["id"], True)]


class TestAChange:
    def test_makes_what_is_shared_a_draft_again_and_leaves_what_was_given_as_it_was(
        self, desk: Any, nurse: Any, sender: Doer, give: Any, write_own: Any, share_own: Any
    ) -> None:
        own = share_own(write_own())
        give(ref={"own": own["id"]})

        desk.put(f"{OWN}/{own['id']}", json={**TEXT, "title": "Nye ord"}, headers=seen(1))

        (kept,) = sender.pull("exercise_assignment").values()
        assert (kept["own"]["title"], kept["own"]["reviewed"]) == (TEXT["title"], True)
        assert nurse.get(OWN).json["items"] == []

    def test_is_its_authors_alone(self, nurse: Any, write_own: Any, share_own: Any) -> None:
        own = share_own(write_own())

        answer = nurse.put(f"{OWN}/{own['id']}", json=TEXT, headers=seen(1))

        assert (answer.status_code, answer.json["code"]) == (403, "not-own-words")


class TestWithdraw:
    def test_gives_it_to_nobody_new_and_takes_it_from_nobody(
        self, desk: Any, nurse: Any, citizen: Any, sender: Doer, give: Any, write_own: Any, share_own: Any
    ) -> None:
        own = share_own(write_own())
        give(ref={"own": own["id"]})

        assert step(nurse, own, "withdraw").status_code == 200

        again = desk.post(f"/api/v1/staff/citizens/{citizen.id}/exercises", json={"ref": {"own": own["id"]}})
        assert refused(again, "ref")
        (kept,) = sender.pull("exercise_assignment").values()
        assert kept["own"]["title"] == TEXT["title"]

    def test_of_what_waits_is_for_its_author(self, desk: Any, nurse: Any, write_own: Any) -> None:
        own = write_own()
        step(desk, own, "submit")

        assert step(nurse, own, "withdraw").status_code == 403
        assert step(desk, own, "withdraw").json["status"] == "withdrawn"
        assert step(desk, own, "withdraw").status_code == 409


class TestTheDatabase:
    def test_lets_nobody_be_the_second_reader_of_own_words(
        self, write_own: Any, superuser: Any, counsellor: Any
    ) -> None:
        write_own()

        with pytest.raises(psycopg.errors.CheckViolation), superuser.transaction():
            superuser.execute(
                "UPDATE own_exercise_version SET reviewed_by = written_by, reviewer_profession = 'nurse',"
                " reviewed_at = now()"
            )

    def test_keeps_every_version_as_it_was_written(self, write_own: Any, cluster: Any) -> None:
        write_own()

        with cluster.connect("app", "vedhaanden") as connection:
            for statement in (
                "UPDATE own_exercise_version SET body = 'andet'",
                "DELETE FROM own_exercise_version",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(statement)


class TestPreview:
    def test_shows_what_a_phone_shows_and_names_what_it_would_not(self, desk: Any, count: Any) -> None:
        body = "# Før\n\nEt *lille* skridt.\n\n1. Ét\n2. To\n\nSe <b>her</b>\nog [der](http://x.dk)\n"

        answer = desk.post(f"{OWN}/preview", json={"body": body})

        assert [(one["kind"], one["text"]) for one in answer.json["blocks"]][:4] == [
            ("h", "Før"),
            ("p", "Et lille skridt."),
            ("li", "Ét"),
            ("li", "To"),
        ]
        assert answer.json["faults"] == [
            {"line": 8, "what": "html"},
            {"line": 8, "what": "html"},
            {"line": 9, "what": "link"},
        ]
        assert count("own_exercise") == 0

    def test_of_nothing_is_nothing(self, desk: Any) -> None:
        assert desk.post(f"{OWN}/preview", json={"body": ""}).json == {"blocks": [], "faults": []}

    @pytest.mark.parametrize(
        ("body", "what"),
        [
            ("> citat", "quote"),
            ("`kode`", "code"),
            ("    kode", "code"),
            ("![x](y)", "picture"),
            ("<https://x.dk>", "link"),
            ("<script>x</script>", "html"),
            ("a\n\n---\n\nb", "rule"),
        ],
    )
    def test_names_each_thing_that_has_no_place(self, body: str, what: str) -> None:
        assert {fault.what for fault in blocks.read(body).faults} == {what}
