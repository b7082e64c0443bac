"""Messages to the world outside: written in a transaction and sent after it."""
