"""The ways out. Each answers whether what it was given was taken."""
