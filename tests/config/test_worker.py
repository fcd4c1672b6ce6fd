"""What runs in the background."""

import gc

from celery.signals import worker_process_init


def test_a_worker_does_not_look_through_what_it_loaded_while_it_works():
    before = gc.get_threshold()
    try:
        gc.unfreeze()
        gc.set_threshold(700, 10, 10)
        worker_process_init.send(None)
        assert gc.get_freeze_count() > 100_000
        assert gc.get_threshold()[0] > 700
    finally:
        gc.set_threshold(*before)
