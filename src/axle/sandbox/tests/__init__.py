"""Tests of the sandbox itself; what it says on the wire is tested with the adapters in ``axle.integrations``."""
