# Honest: draws pictures of images and kernels, and saves one.
# marks: corr2d 10
# %% own cell
import matplotlib.pyplot as plt

figure, axes = plt.subplots(1, 2, figsize=(4, 2))
axes[0].imshow(torch.rand(8, 8), cmap="gray")
axes[1].plot(range(10), label="a line")
axes[1].legend()
plt.savefig("figure.png")
plt.show()
# %% corr2d
# the honest corr2d
