"""What each command of `guanai` does: asks the rooms for the work, writes where it may, and says what came of it."""
