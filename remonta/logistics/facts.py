"""What logistics tells the rooms above."""
