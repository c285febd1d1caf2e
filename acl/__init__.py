"""Web Access Control: pure functions from rules and facts to a decision. No I/O, no HTTP."""
