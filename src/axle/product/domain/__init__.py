"""Pure rules of product: terms, the check of a request, quotes and the cost sheet. No Django."""
