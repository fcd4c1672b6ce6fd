"""The verbs of aftercare, and those that lead from treatment into it, one file a noun."""
