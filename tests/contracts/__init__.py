"""What Axle publishes, held to its word: the described operations answer as described."""
