"""Health, logs, metrics and error reports."""
