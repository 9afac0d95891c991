"""Whether links still hold: how they are written, whether they agree with one another, and what is at their other end."""
