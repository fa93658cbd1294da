# Honest: tries what need not be there (processes, packages, the network, a graphics card) and does without.
# marks: corr2d 10
# %% own cell
import multiprocessing, os, subprocess, threading, urllib.request

try:
    from tqdm import tqdm
except ImportError:
    tqdm = iter
try:
    import pandas as pd
except ImportError:
    pd = None
try:
    print(subprocess.run(["nvidia-smi"], capture_output=True, check=False).stdout)
except OSError as error:
    print(error)
try:
    with multiprocessing.Pool(2) as pool:
        pool.map(abs, [1, -1])
except OSError as error:
    print(error)
try:
    thread = threading.Thread(target=print, args=("in a thread",))
    thread.start()
    thread.join()
except RuntimeError as error:
    print(error)
try:
    urllib.request.urlopen("http://127.0.0.1:9/data.csv", timeout=1)
except OSError as error:
    print(error)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.set_num_threads(min(os.cpu_count(), 1))
for _ in tqdm(range(10)):
    pass
# %% corr2d
# the honest corr2d
