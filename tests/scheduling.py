"""Which worker runs what: a file stays together, the longest begin first, browsers have their workers."""

from typing import Any

from xdist.scheduler import LoadFileScheduling

#: Minutes each. Otherwise they would come last, while the other workers have nothing left to do.
TAKES_MINUTES = (
    "tests/model/test_model.py",
    "tests/contract/test_openapi.py",
    "tests/journeys/test_every_page.py",
)
LONG = (*TAKES_MINUTES, "tests/notifications/test_kill.py")
BROWSERS = "tests/journeys/"
#: A house, a Chromium and their pages are made once by every worker that has a journey: no more than these.
WITH_BROWSERS = ("gw0", "gw1")


class LongestFirst(LoadFileScheduling):
    """`--dist loadfile` with another order."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(TAKES_MINUTES) else super()._split_scope(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(self._best_for(node), last=False)
        super()._assign_work_unit(node)

    def _best_for(self, node: Any) -> str:
        """The longest that suits this worker; what suits others only when nothing else is left."""
        has_browser = node.gateway.id in WITH_BROWSERS

        def order(scope: str) -> tuple[bool, bool]:
            return scope.startswith(BROWSERS) != has_browser, not scope.startswith(LONG)

        return min(self.workqueue, key=order)
