"""Services in the shape of HSDS 3.1, which other directories read (REG §5.1.g); no tables."""
