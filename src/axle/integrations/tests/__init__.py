"""Tests of the adapters, against the real sandbox process."""
