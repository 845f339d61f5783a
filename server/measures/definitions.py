"""The questionnaires of this house, as the content has them. Set once, when the content is read."""

from collections.abc import Mapping

from server.core.errors import Invalid
from server.library.questionnaire_models import Questionnaire

_KNOWN: dict[str, Questionnaire] = {}


class UnknownQuestionnaire(Invalid):
    """The content has no such questionnaire."""

    def __init__(self) -> None:
        super().__init__(errors={"code": ["Must be one of the questionnaires of this house."]})


def configure(questionnaires: Mapping[str, Questionnaire]) -> None:
    """Keep the definitions by code."""
    _KNOWN.clear()
    _KNOWN.update(questionnaires)


def known() -> Mapping[str, Questionnaire]:
    """Every definition by its code, in the order in which they are shown."""
    return _KNOWN


def get(code: str) -> Questionnaire:
    """The definition behind a code.

    :raises UnknownQuestionnaire: if the content has none
    """
    if code not in _KNOWN:
        raise UnknownQuestionnaire()
    return _KNOWN[code]
