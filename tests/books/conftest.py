"""The fixtures of servicing: its books are collected, and its own steps make the end of day."""

from axle.servicing.tests.conftest import books, only_servicing_steps

__all__ = ["books", "only_servicing_steps"]
