"""The misconceptions of the field, each as what code computes that has it."""
