"""What a citizen's phone can call about itself."""

from flask import current_app

from server.citizens import schemas, service
from server.citizens.contact_card import Profile
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.errors import NotFound
from server.core.http import blueprint

citizens = blueprint("citizens", "citizen")


@citizens.get("/me")
@requires(Action.READ_OWN_RECORD)
@citizens.response(200, schemas.ProfileSchema)
def read_profile() -> Profile:
    """Who I am here, who my contact person is, and who stands in."""
    citizen_id = current_actor().citizen_id
    if citizen_id is None:
        raise NotFound()
    phones = current_app.config["CENTRE_PHONES"]
    with transaction() as session:
        return service.profile(session, citizen_id=citizen_id, now=clock.now(), centre_phones=phones)
