"""Axle (车轴): an open auto-finance core. Folders are bounded contexts; see ARCHITECTURE.md."""
