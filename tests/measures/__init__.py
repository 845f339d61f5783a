"""Tests of the room of the questionnaires."""
