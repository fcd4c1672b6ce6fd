"""How fast it is, as ratios against something bare that runs in the same minute."""
