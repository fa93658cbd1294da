"""The untrusted side of the sandbox: the process that runs a student's notebook. Imports nothing that judges."""
