"""Work items for staff: what somebody has to do about a citizen, by when, and what came of it."""
