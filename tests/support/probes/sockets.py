# ruff: noqa: E501 (tables: a probe a line)
"""Probes of the network and of what processes share; see table.py."""

SOCKETS = {
    "TCP": "anyone | socket.create_connection(('127.0.0.1', {port}), 5) is not None",
    "TCP by version 6": "none | opens(socket.AF_INET6)",
    "listen on a port": "anyone | socket.create_server(('127.0.0.1', 0)) is not None",
    "UDP": "anyone | socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port})) == 1",
    "look up a name": "none | socket.gethostbyname('example.org') != ''",
    "unix socket": "anyone | socket.socket(socket.AF_UNIX).connect('{unix}') is None",
    "abstract unix socket": "anyone | socket.socket(socket.AF_UNIX).connect('\\0{abstract}') is None",
    "a datagram to a unix socket": "anyone | socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'x', '{datagram}') == 1",
    "a datagram to an abstract socket": "anyone | socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'x', '\\0{abstract}-datagram') == 1",
    "a datagram by way of the channel": "none | socket.socket(fileno=os.dup(3)).sendto(b'', '{datagram}') == 0",
    "netlink": "anyone | opens(socket.AF_NETLINK, socket.SOCK_RAW)",
    "raw packets": "root | opens(socket.AF_PACKET, socket.SOCK_RAW, 0x300)",
    "raw IP": "root | opens(socket.AF_INET, socket.SOCK_RAW, 1)",
    "virtual machine socket": "none | opens(40)",
    "kernel's ciphers": "none | opens(38, socket.SOCK_SEQPACKET)",
    "a socket of any family": "anyone | any(opens(family, kind) for family in range(64) for kind in (1, 2, 3, 5))",
    "a pair of sockets of another family": "none | socket.socketpair(socket.AF_INET) is not None",
    "list of network interfaces": "anyone | fcntl.ioctl(socket.socketpair()[0], 0x8912, struct.pack('=iiq', 0, 0, 0)) is not None",
    "signal by a socket's owner": "anyone | fcntl.ioctl(socket.socketpair()[0], 0x8901, struct.pack('=i', {victim})) is not None",
    "accept on the channel": "none | socket.socket(fileno=os.dup(3)).accept() is not None",
    "connect the channel elsewhere": "none | socket.socket(fileno=os.dup(3)).connect('{unix}') is None",
    "who holds the other end of the channel": "anyone | struct.unpack('=iii', socket.socket(fileno=os.dup(3)).getsockopt(1, 17, 12))[0] >= 0",
    "type into the terminal": "none | fcntl.ioctl(0, 0x5412, b'x') is not None",
}  # fmt: skip

IPC = {
    "System V memory": "anyone | libc.shmctl(call('shmget', 0, 4096, 0o1600), 0, None) == 0",
    "System V semaphores": "anyone | libc.semctl(call('semget', 0, 1, 0o1600), 0, 0) == 0",
    "System V messages": "anyone | libc.msgctl(call('msgget', 0, 0o1600), 0, None) == 0",
    "message queue": "anyone | call('mq_open', b'autograder-test', os.O_CREAT | os.O_RDWR, 0o600, 0) > 0 and call('mq_unlink', b'autograder-test') == 0",
    "named semaphore": "anyone | libc.sem_open(b'/autograder-test', os.O_CREAT, 0o600, 1) != 0 and libc.sem_unlink(b'/autograder-test') == 0",
    "memory by shm_open": "anyone | check(libc.shm_open(b'/autograder-test', os.O_CREAT | os.O_RDWR, 0o600)) and libc.shm_unlink(b'/autograder-test') == 0",
    "pages given to a pipe": "anyone | call('vmsplice', os.pipe()[1], iovec(ctypes.addressof(ctypes.create_string_buffer(8)), 8), 1, 0) > 0",
    "a larger pipe": "anyone | fcntl.fcntl(os.pipe()[0], 1031, 1 << 20) == 1 << 20",
}  # fmt: skip
