"""What the platform tells people: one class a message, sent by mail and into their inbox."""
