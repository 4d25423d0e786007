"""What sources do, one verb each."""
