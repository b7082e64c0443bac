"""What the partnerships of the demo region did, all of it invented."""
