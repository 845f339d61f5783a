"""Which worker runs what: a file stays together, but the tests that take minutes begin first and alone."""

from typing import Any

from xdist.scheduler import LoadFileScheduling

#: Otherwise they would come last, one after the other, while the other workers have nothing left to do.
TAKES_MINUTES = (
    "tests/model/test_model.py",
    "tests/contract/test_openapi.py",
    "tests/journeys/test_every_page.py",
)


class LongestFirst(LoadFileScheduling):
    """`--dist loadfile` with another order."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(TAKES_MINUTES) else super()._split_scope(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        longest = next((scope for scope in self.workqueue if scope.startswith(TAKES_MINUTES)), None)
        if longest is not None:
            self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)
