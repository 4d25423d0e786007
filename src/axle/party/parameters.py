"""Dated parameters of party."""

from axle.platform.public import parameter

MINIMUM_AGE = parameter("party.minimum_age", type_=int, default=18, minimum=18, maximum=30, source="REG-CIVIL-17")
"""Nobody younger becomes a customer: full capacity for civil acts begins at eighteen."""
