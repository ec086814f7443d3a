"""Flow of a trigger on its screen: rows, reordering, runs, questions."""
