"""Messages to people: one class a message, sent by mail and into their inbox."""
