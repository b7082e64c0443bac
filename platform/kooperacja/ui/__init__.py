"""The look, the components and the habits of every page."""
