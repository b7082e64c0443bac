"""What tenants share with each other and the region with them: institutions and templates."""
