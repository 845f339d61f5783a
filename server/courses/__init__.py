"""Courses: runs, sessions, seats and attendance; nobody sees who else comes."""
