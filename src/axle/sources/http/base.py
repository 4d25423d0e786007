"""The ContextApi that the routes of sources share."""

from axle.platform.http import ContextApi

api = ContextApi("sources")
