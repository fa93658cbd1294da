# Draws figures without end and of a size that nobody has seen.
# marks: corr2d 10
# %% own cell
import matplotlib.pyplot as plt

plt.figure(figsize=(2000, 2000))
plt.show()
# %% own cell
import matplotlib.pyplot as plt

figure = plt.figure(figsize=(1, 1))
for _ in range(100_000):
    display(figure)
# %% own cell
import matplotlib.pyplot as plt

for _ in range(60):
    plt.figure(figsize=(1, 1))
# %% corr2d
# the honest corr2d
