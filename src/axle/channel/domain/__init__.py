"""Rules of channel, without a framework."""
