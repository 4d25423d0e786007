"""Developing a scorecard: from a file and a plan to a points table, its report and a challenger."""
