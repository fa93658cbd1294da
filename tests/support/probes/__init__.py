"""Ways out of the sandbox, tried one by one."""
