"""The rules of accounts: what is asked for, who is who, how often. No I/O, no clock."""
