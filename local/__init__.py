"""The servers that `make run` and `make test` start by themselves. Development and tests only."""
