"""Fixtures of the product tests."""

import pytest


@pytest.fixture
def in_force(monkeypatch):
    """The strategy that the terms name is in force."""
    monkeypatch.setattr("axle.product.services.product_version_activate.strategy_is_active", lambda code, on: True)
