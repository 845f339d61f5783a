"""What answers come to. Pure: no database, no clock. The phone counts the same way."""

from collections.abc import Mapping, Sequence

from server.library.questionnaire_models import Item, Lowest, Questionnaire


def asked(definition: Questionnaire, answers: Mapping[str, int]) -> Sequence[Item]:
    """The items that are asked of somebody who has answered so far; what is left out counts 0."""
    return [item for item in definition.items if not _is_left_out(item, answers)]


def fits(definition: Questionnaire, answers: Mapping[str, int]) -> bool:
    """Whether every answer belongs to an item and is one of its values."""
    values = {item.id: set(item.values.values()) for item in definition.items}
    return all(value in values.get(item_id, ()) for item_id, value in answers.items())


def is_complete(definition: Questionnaire, answers: Mapping[str, int]) -> bool:
    """Whether every item that is asked has an answer; a grid is whole when its writer says so."""
    return all(item.id in answers for item in asked(definition, answers))


def score(definition: Questionnaire, answers: Mapping[str, int]) -> int | None:
    """The score of whole answers; None where there is no scoring, or an answer is missing."""
    if definition.scoring is None or not is_complete(definition, answers) or not fits(definition, answers):
        return None
    return definition.scoring.factor * sum(answers[item.id] for item in asked(definition, answers))


def may_ask_for_call(definition: Questionnaire) -> bool:
    """Whether a low score is the bad end, so that a unit can have a rule about it."""
    return definition.scoring is not None and definition.scoring.lowest is Lowest.WORST


def _is_left_out(item: Item, answers: Mapping[str, int]) -> bool:
    return item.unless_zero is not None and answers.get(item.unless_zero) == 0
