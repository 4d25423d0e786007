"""Pure arithmetic of reports."""
