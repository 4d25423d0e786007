"""The sign-ins of the demo institution."""

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator

from axle.config.demo.accounts import ACCOUNTS, demo_password


@pytest.mark.parametrize("username", [account.username for account in ACCOUNTS])
def test_no_secret_makes_a_password_that_is_too_similar_to_its_username(username: str):
    length, letters = len(demo_password(username)), set("x0123456789abcdef")
    assert set(demo_password(username)) <= letters
    shared = sum(letter in letters for letter in username)
    assert 2 * min(shared, length) / (len(username) + length) < UserAttributeSimilarityValidator().max_similarity
    assert any("UserAttributeSimilarity" in one["NAME"] for one in settings.AUTH_PASSWORD_VALIDATORS)
