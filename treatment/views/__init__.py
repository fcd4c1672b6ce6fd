"""From the stabilizing unit to discharge, over HTTP, one file a noun."""
