"""The system calls that a worker may make: a list of what Python, torch and matplotlib need, and nothing else.

A call that is not on a list fails as if this kernel did not have it, so libraries fall back; a few that no honest
notebook makes end the process. Names unknown on an architecture are skipped; libseccomp knows the numbers.
"""

import errno
import fcntl
import os
import socket

import pyseccomp


def _names(*texts: str) -> tuple[str, ...]:
    return tuple(" ".join(texts).split())


_FILES = """
    access close close_range creat dup dup2 dup3 faccessat faccessat2 fadvise64 fdatasync flock
    fstat fstatfs fsync ftruncate getcwd getdents getdents64 lseek lstat mkdir mkdirat newfstatat
    pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv rename renameat renameat2
    rmdir sendfile splice stat statfs statx sync_file_range tee umask unlink unlinkat write writev copy_file_range
    chdir fchdir
"""
_WAITING = """
    epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 pipe pipe2 poll ppoll
    pselect6 select timerfd_create timerfd_gettime timerfd_settime nanosleep clock_nanosleep
    futex futex_waitv get_robust_list set_robust_list sched_yield pause
    getitimer setitimer alarm timer_create timer_delete timer_getoverrun timer_gettime timer_settime
"""
_MEMORY = """
    brk mmap mprotect mremap munmap madvise mincore msync mlock mlock2 munlock membarrier rseq
    get_mempolicy pkey_alloc pkey_free pkey_mprotect map_shadow_stack
"""
_SIGNALS_TO_ONESELF = """
    rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigtimedwait restart_syscall sigaltstack
    signalfd signalfd4
"""
_QUESTIONS = """
    clock_getres clock_gettime getcpu getegid geteuid getgid getgroups getpgid getpgrp getpid getppid getpriority
    getrandom getresgid getresuid getrlimit getrusage getsid gettid gettimeofday getuid sched_get_priority_max
    sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler sysinfo time times uname
    capget arch_prctl set_tid_address wait4 waitid exit exit_group setrlimit
"""
# On the channel, and on a pair of nameless sockets within the process, which asyncio wakes itself with.
_OPEN_SOCKETS = "recvfrom recvmsg sendto sendmsg getsockopt setsockopt shutdown getsockname getpeername"
ALLOWED = _names(_FILES, _WAITING, _MEMORY, _SIGNALS_TO_ONESELF, _QUESTIONS, _OPEN_SOCKETS)

# Metadata of files and priorities: said to have worked, as shutil.copy and libraries insist, and not done.
PRETENDED = _names("""
    chmod fchmod fchmodat fchmodat2 chown fchown fchownat lchown utime utimes futimesat utimensat setpriority
    sched_setaffinity sched_setparam sched_setscheduler sched_setattr ioprio_set set_mempolicy mbind
""")

# Fails with a plain "not permitted", which reads better than "not implemented" in a student's traceback.
REFUSED = _names("""
    fork vfork execve execveat kill tkill symlink symlinkat link linkat mknod mknodat setxattr lsetxattr fsetxattr
    removexattr lremovexattr fremovexattr truncate unshare setns setsid setpgid setuid setgid setresuid setresgid
    pidfd_open pidfd_send_signal memfd_create
""")

# libzmq and others abort on EPERM from a socket, and shutil.copy2 from an attribute: this is what a kernel without
# networking says, and a file system without attributes. Nor can one reserve room: a disk would be full before the
# next look at the folder; the C library writes zeros instead, at the speed of writing.
UNSUPPORTED = _names("""
    socket connect bind listen accept accept4 sendmmsg recvmmsg
    getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
    fallocate
""")

# Nothing in a notebook leads here by accident.
DEADLY = _names("""
    ptrace process_vm_readv process_vm_writev process_madvise pidfd_getfd kcmp bpf perf_event_open userfaultfd
    io_uring_setup io_uring_enter io_uring_register mount umount2 pivot_root chroot open_tree move_mount fsopen
    fsmount mount_setattr init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff
    add_key request_key keyctl open_by_handle_at name_to_handle_at settimeofday clock_settime clock_adjtime
    adjtimex sethostname setdomainname acct quotactl syslog iopl ioperm personality fanotify_init lookup_dcookie
    vhangup
""")

_PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA = 15, 16, 0x53564D41
# Not those that name a process to be sent a signal of one's choice (F_SETOWN, F_SETSIG), nor leases and notices.
_HARMLESS_FCNTLS = (
    fcntl.F_DUPFD, fcntl.F_DUPFD_CLOEXEC, fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL, fcntl.F_SETFL,
    fcntl.F_GETLK, fcntl.F_SETLK, fcntl.F_SETLKW, fcntl.F_OFD_GETLK, fcntl.F_OFD_SETLK, fcntl.F_OFD_SETLKW,
    fcntl.F_GETOWN, fcntl.F_GETSIG, fcntl.F_GETPIPE_SZ,
)  # fmt: skip
_HARMLESS_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIO(N)CLEX


def build_filter(landlock_abi: int) -> pyseccomp.SyscallFilter:
    """The filter, not yet in force; :func:`enforce` finishes it. Built once, before workers are forked."""
    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.ENOSYS))
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for action, names in (
        (pyseccomp.ALLOW, ALLOWED),
        (pyseccomp.ERRNO(0), PRETENDED),
        (pyseccomp.ERRNO(errno.EPERM), REFUSED),
        (pyseccomp.ERRNO(errno.EOPNOTSUPP), UNSUPPORTED),
        (pyseccomp.KILL_PROCESS, DEADLY),
        (pyseccomp.ERRNO(errno.EAGAIN), ("clone",)),  # no threads and no processes; clone3 is not there at all
    ):
        for name in names:
            _add(rules, action, name)
    _add_conditions(rules, landlock_abi)
    return rules


def _add(rules: pyseccomp.SyscallFilter, action: int, name: str, *conditions: pyseccomp.Arg) -> None:
    try:
        number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    except (OSError, ValueError):
        return
    if number >= 0:
        rules.add_rule(action, number, *conditions)


def _add_conditions(rules: pyseccomp.SyscallFilter, landlock_abi: int) -> None:
    """Calls that are allowed for some arguments."""
    for option in (_PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA):
        _add(rules, pyseccomp.ALLOW, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, option))
    _add(rules, pyseccomp.ALLOW, "prlimit64", pyseccomp.Arg(0, pyseccomp.EQ, 0))
    # Streams only: a datagram can be sent from a pair to any socket of this machine by its address.
    unix = pyseccomp.Arg(0, pyseccomp.EQ, socket.AF_UNIX)
    _add(rules, pyseccomp.ALLOW, "socketpair", unix, pyseccomp.Arg(1, pyseccomp.MASKED_EQ, 0xF, socket.SOCK_STREAM))
    for command in _HARMLESS_FCNTLS:
        _add(rules, pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, command))
    for request in _HARMLESS_IOCTLS:
        _add(rules, pyseccomp.ALLOW, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, request))
    if 1 <= landlock_abi < 3:  # Landlock cannot refuse truncation yet: opening a readable file must not empty it
        _allow_opening_without_truncation(rules)
    else:
        _add(rules, pyseccomp.ALLOW, "open")
        _add(rules, pyseccomp.ALLOW, "openat")


def _allow_opening_without_truncation(rules: pyseccomp.SyscallFilter) -> None:
    """Opening to read and to truncate at once fails; with a right to write, Landlock has its say."""
    mask = os.O_TRUNC | os.O_ACCMODE
    for name, position in (("open", 1), ("openat", 2)):
        for mode in (os.O_RDONLY, os.O_WRONLY, os.O_RDWR, os.O_TRUNC | os.O_WRONLY, os.O_TRUNC | os.O_RDWR):
            _add(rules, pyseccomp.ALLOW, name, pyseccomp.Arg(position, pyseccomp.MASKED_EQ, mask, mode))


def enforce(rules: pyseccomp.SyscallFilter) -> None:
    """Puts the filter in force on this process, for good. Of its signals, those to itself remain."""
    _add(rules, pyseccomp.ALLOW, "tgkill", pyseccomp.Arg(0, pyseccomp.EQ, os.getpid()))
    rules.load()
