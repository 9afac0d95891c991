"""Things of ours and things of other data sets: candidates, scores with their reasons, what a reviewer decided."""
