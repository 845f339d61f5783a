"""How the model test speaks to a phone, so that one script runs on any client.

A phone is a child process that reads one JSON object a line on stdin and writes one JSON object a line on
stdout, in the same order; stderr is for people. The Python reference client (`reference.py`) answers the
same commands in this process. Both are plain clients: **no command carries a fault**. Faults happen on the
wire, in a proxy that the test owns (`wire.py`), and each phone gets its own address of that proxy.

Every answer is {"ok": true, "state": STATE} or {"ok": false, "error": "one sentence", "state": STATE}.
"ok": false is for a command that cannot be done (edit a line the phone does not hold); the phone stays as
it was. A synchronisation that fails because of the network or a refused session is no error: it answers
"ok": true with "outcome". A child that crashes or writes anything else fails the test.

Commands, {"cmd": …}:

    {"cmd": "reset", "base_url": "http://127.0.0.1:PORT"}   forget everything, be a new unpaired phone
    {"cmd": "pair", "code": "ABCD2345"}                     POST /public/pairings; keeps what was written
    {"cmd": "unpair"}                                       the session cookie is lost; data and queue stay
    {"cmd": "edit", "id": LINE, "field": "text"|"phone", "value": TEXT|null,
            "section": SECTION?, "position": KEY?}          parents: all heads this phone shows. A line it
                                                            does not hold is made (section is then given)
    {"cmd": "choose", "id": LINE, "field": …, "value": …}   the same, after "vælg senere": all heads merge
    {"cmd": "move", "id": LINE, "position": KEY}
    {"cmd": "delete", "id": LINE}     {"cmd": "erase", "id": LINE}
    {"cmd": "goal", "id": GOAL, "title": TEXT?, "status": CODE?}      a goal it does not hold is made
    {"cmd": "reply", "id": APPOINTMENT, "reply": "accepted"|"declined"}   with the revision it shows
    {"cmd": "setting", "fields": {"appointments"?: bool, "two_hours_before"?: bool}}
    {"cmd": "dismiss", "id": REJECTED_EDIT}
    {"cmd": "sync"}                                         push what waits, then pull to the end, once;
                                                            answers "outcome": done|ended|expired|later;
                                                            "ended" has taken everything off the phone. With
                                                            "dies_after": N the app is killed when it writes
                                                            to its store for the N+1st time, and started anew;
                                                            "died" says whether that happened
    {"cmd": "clock", "seconds": ±N}                         the phone's own clock is off by so much
    {"cmd": "kill"}                                         drop every variable and read the store again,
                                                            as after the system has killed the app
    {"cmd": "evict"}                                        the system has taken the app's storage away; the
                                                            cookie may be left, and is not enough: the phone
                                                            needs a new code, and claims to hold nothing
    {"cmd": "upgrade"}                                      what is stored is put into the oldest format that
                                                            is still in use, and the app is started anew
    {"cmd": "lock", "plan_open": bool}                      everything goes behind a code, and the app is
                                                            started anew: it shows and sends nothing
    {"cmd": "unlock"}                                       the code is typed, and taken away again: all is as
                                                            it was
    {"cmd": "give_up"}                                      the code is forgotten: what was locked goes, and
                                                            the session. With "plan_open" the plan stays, with
                                                            what waits in it, and is only read until the next
                                                            pairing
    {"cmd": "state"}

The caller makes the ids of lines and goals; the phone makes mutation ids, and version ids as
uuid5(mutation_id, field).

STATE, what a person can see on this phone now (pending edits applied), lists in any order:

    {"paired": bool,
     "lines":    {LINE: {"section", "position", "text": [HEAD…], "phone": [HEAD…],
                         "deleted": bool, "restored": bool, "erased": bool}},     HEAD = {"version", "value"}
     "goals":    {GOAL: {"titles": [TEXT…], "status"}},
     "replies":  {APPOINTMENT: reply},     appointments the phone holds, "needs-action" included
     "settings": {"appointments", "two_hours_before"} | null,
     "refused":  {REJECTED_EDIT: content},
     "queue":    [TEXT…],                  every text in mutations that no server has answered yet
     "waiting":  N,                        how many mutations those are
     "whole":    bool}                     a whole load has come; without it nothing is shown as all there is

An answered mutation stays applied on the phone until a pull that was *sent after* the answer has been
kept: the answer of a push carries no record (`data` names at most the rejected edit), so a stored answer
that comes again can never take a phone back in time.

Client numbers. A phone makes a new client_id at every pairing and numbers what waits from 1 again; the
server knows mutations by their id and answers "duplicate" where it has seen one through another client_id.
On 409 "sequence-gap" the phone numbers what waits from errors.client_seq on. On 404 for its client_id it
takes a new one. Whatever is `rejected_*` leaves the queue: its text comes back as a `rejected_edit`, unless
its line was erased for good; then it is kept nowhere.

A goal's title says {value, base_version, after}, a choice about reminders {…, seen: {version, after}}:
`after` are the phone's own changes of that thing that the record it holds may not contain yet, so that a
phone never stands in its own way.
"""

from typing import Any, Protocol

State = dict[str, Any]


class Phone(Protocol):
    """One phone, whatever it is written in."""

    def do(self, command: dict[str, Any]) -> dict[str, Any]:
        """Carry out a command; the answer as above."""

    def close(self) -> None:
        """End the phone's process, if it has one."""


class PhoneFailed(AssertionError):
    """A phone crashed, or said something that is no answer."""
