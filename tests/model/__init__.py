"""Stories of two phones, a counsellor and a bad line: what people do, and what befalls them (`hardships.py`).

What each safeguard is worth was tried by taking it away once, in runs of 25 to 100 stories:

- A line's new text replaces only what its writer saw (`crisis_plans/editing.py`), and so does a goal's title
  (`goals/titles.py`): without it `Ledger.check_heads` fails.
- The lock on the citizen's sequence (`citizens/changes.py`): `Ledger.check_effects`. That no step appears
  below a cursor is tried step by step in `tests/sync/test_commit_order.py`.
- The session is asked for again under the lock (`sync/push.py`): `Ledger.check_trail`, by `Story.lose`.
- The yes is asked for again under the lock (`crisis_plans/authors.py`): `Ledger.check_trail`, by
  `Story.withdraw_while_writing`.
- Page and cursor are stored as one (`pwa/src/offline/records.ts`): phone and server differ in the end, by
  `Story.die`.

That an "off" beats an older "on" is tried in `tests/sync/test_off_beats_on.py`.
"""
