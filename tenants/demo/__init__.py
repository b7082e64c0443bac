"""A region to look at: real names of units, everything else invented, the same at every start."""
