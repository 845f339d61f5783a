"""Short letters between a person and the contact person."""
