"""What must reach the world outside a transaction is written in it, and sent after it."""
