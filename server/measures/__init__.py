"""Questionnaires: from content, asked in windows, and answers private until offered."""
