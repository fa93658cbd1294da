# Asks libraries for threads and processes: PyTorch, data loaders, pools, OpenMP.
# marks: corr2d 10
# %% own cell
import asyncio, concurrent.futures, multiprocessing, threading

async def in_a_thread():
    await asyncio.to_thread(sum, [1])

for start in (
    lambda: list(concurrent.futures.ThreadPoolExecutor(64).map(abs, range(64))),
    lambda: list(concurrent.futures.ProcessPoolExecutor(4).map(abs, range(4))),
    lambda: multiprocessing.Pool(4), lambda: multiprocessing.pool.ThreadPool(4), lambda: threading.Timer(0, print).start(),
    lambda: asyncio.run(in_a_thread()), lambda: next(iter(torch.utils.data.DataLoader([1, 2], num_workers=2))),
    lambda: torch.jit.fork(lambda: 1),
):
    try:
        start()
    except (OSError, RuntimeError, AttributeError):
        pass
# %% own cell
torch.set_num_threads(64)
torch.ones(2000, 2000) @ torch.ones(2000, 2000)
# %% own cell
torch.set_num_interop_threads(64)
# %% corr2d
# the honest corr2d
