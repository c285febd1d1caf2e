"""What people do with their accounts: one file an action, for the API, pages and commands alike."""
