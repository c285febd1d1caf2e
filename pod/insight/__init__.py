"""What a person's data tell her: her life by domains, statistics, and answers to questions.

Rules over rows that a query found. What is asked stands in `queries/`, so that whoever reads a
number can ask for it again, word by word.
"""
