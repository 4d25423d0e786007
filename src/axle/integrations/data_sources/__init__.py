"""Adapters to the data sources: each vendor's wire and words out and in, typed answers to the product."""
