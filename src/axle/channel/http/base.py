"""The API of channel."""

from axle.platform.http import ContextApi

api = ContextApi("channel")
