"""The HTTP face of workflow."""

from axle.platform.http import ContextApi

api = ContextApi("workflow")
