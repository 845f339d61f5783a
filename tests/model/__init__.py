"""Stories of two phones, a counsellor and a bad line: what people do, and what befalls them (`hardships.py`).

What each safeguard is worth was tried by taking it away once (60 to 100 stories, the Python client):

| Taken away | What then fails |
|---|---|
| a line's new text replaces only what its writer saw (`crisis_plans/editing.py`) | `Ledger.check_heads` |
| the same for a goal's title (`goals/titles.py`) | `Ledger.check_heads`, by `aim_on_both` |
| the lock on the citizen's sequence (`citizens/changes.py`) | `Ledger.check_effects`; `tests/sync/test_commit_order.py` |
| the session is asked for again under the lock (`sync/push.py`) | `Ledger.check_trail`, by `Story.lose` at once |
| the yes is asked for again under the lock (`crisis_plans/authors.py`) | `Ledger.check_trail`, by `withdraw_while_writing` |
| page and cursor are stored as one (`pwa/src/offline/records.ts`) | see docs/debt.md |

What holds for choices about reminders is tried in `tests/sync/test_off_beats_on.py`.
"""
