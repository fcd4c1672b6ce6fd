"""What Python looks through for garbage."""

import gc


def keep_what_is_loaded():
    """Never look through what is loaded by now again, and look seldom: it took a tenth of the processor."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
