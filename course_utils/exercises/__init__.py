"""Exercises and predictions, one module per notebook; `check` judges answers, `predict` collects what you expect."""
