"""Exercises: what is given to a person, and what came of it; and those that colleagues write themselves."""
