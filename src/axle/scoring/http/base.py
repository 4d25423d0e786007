"""The ContextApi that scoring's routes share."""

from axle.platform.http import ContextApi

api = ContextApi("scoring")
