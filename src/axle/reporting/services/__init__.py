"""Writes of reporting: schedules of reports and what they deliver."""
