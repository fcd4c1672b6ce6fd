"""Which operations `make fuzz` takes, and what it says of them."""

from local.fuzz import judged, share_of


def test_after_all_the_shares_every_operation_had_its_turn_once():
    operations = [f"GET /api/v1/{number}/" for number in range(103)]
    shares = [share_of(operations, f"{which}/20") for which in range(1, 21)]
    assert sorted(name for share in shares for name in share) == sorted(operations)
    assert {len(share) for share in shares} == {5, 6}


def test_what_was_not_reached_in_the_time_has_not_passed():
    both, one = {"coverage": [9, 1.0], "fuzzing": [200, 3.0]}, {"coverage": [9, 1.0]}
    sent = {
        "GET /whole/": {"phases": both, "failed": False},
        "GET /half/": {"phases": one, "failed": False},
        "GET /wrong/": {"phases": one, "failed": True},
    }
    passed, failed, missed = judged([*sent, "GET /never/"], sent)
    assert (passed, failed, missed) == (["GET /whole/"], ["GET /wrong/"], ["GET /half/", "GET /never/"])
