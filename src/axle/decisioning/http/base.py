"""The ContextApi that decisioning's routes share."""

from axle.platform.http import ContextApi

api = ContextApi("decisioning")
