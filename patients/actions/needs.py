"""What an action asks of its row first, written once for the action and for its button."""


def needs(*checks):
    """Mark an action with these checks: functions of the row that raise its refusal.

    The action asks them with `its.require(row)`, under lock; a page asks the same ones to say why a verb cannot
    be done now.
    """

    def mark(action):
        action.needs = checks
        action.require = lambda row: [check(row) for check in checks]
        return action

    return mark


def at_stage(*stages):
    """A check: the episode is at one of these stages."""
    return lambda episode: episode.require(*stages)
