"""The verbs of treatment, one file a noun."""
