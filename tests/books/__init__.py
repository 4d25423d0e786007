"""What the standard posting rules make of what servicing tells."""
