"""How an answer is judged: exercises (check) and predictions (predict)."""
