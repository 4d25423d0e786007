"""What sources are asked, what they say, and what a credit report means; pure."""
