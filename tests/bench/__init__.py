"""Speed measurements. They are for people to read and never make a test fail."""
