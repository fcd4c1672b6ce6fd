"""Columns that many shapes share."""

ABOUT = ["id", "version", "patient", "facility", "episode"]


VITALS = ["respiratory_rate", "oxygen_saturation", "heart_rate", "systolic", "temperature"]
