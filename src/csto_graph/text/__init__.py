"""Source file → blocks of text that remember their character offsets."""
