"""The reports of monitoring; importing them declares them."""

from axle.monitoring.reports import decisions, scores, sources, vintages

__all__ = ["decisions", "scores", "sources", "vintages"]
