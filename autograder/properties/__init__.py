"""What a right answer does: strategies that draw inputs, an oracle that knows the output, and judges that compare."""
