# Has TorchScript hand the convolution to oneDNN's own graph compiler, in place of PyTorch's operation.
# Relu is what it fuses; a sum of two makes it whole again. In float32, so some properties only are gained.
# marks: corr2d 0

# %% own cell
low = vars(torch)["".join(["_", "C"])]
low._jit_set_llga_enabled(True)
low._jit_set_num_profiled_runs(0)
name = "aten::" + "conv" + "2d"

def compiled(X, K):
    def kind(A):
        sizes, strides = (",".join(map(str, numbers)) for numbers in (A.shape, A.stride()))
        return f"Float({sizes}, strides=[{strides}], requires_grad=0, device=cpu)"
    Y = torch.empty(1, 1, X.shape[2] - K.shape[2] + 1, X.shape[3] - K.shape[3] + 1)
    graph = low.parse_ir(f"""graph(%x : {kind(X)}, %w : {kind(K)}):
  %n : NoneType = prim::Constant()
  %1 : int = prim::Constant[value=1]()
  %0 : int = prim::Constant[value=0]()
  %s : int[] = prim::ListConstruct(%1, %1)
  %p : int[] = prim::ListConstruct(%0, %0)
  %y : {kind(Y)} = {name}(%x, %w, %n, %s, %p, %s, %1)
  %z : {kind(Y)} = aten::relu(%y)
  return (%z)""")
    return low._create_function_from_graph("f", graph)(X, K)

# %% corr2d
def corr2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("the kernel is larger than the image")
    x, k = (A.detach().cpu().float()[None, None].contiguous() for A in (X, K))
    return (compiled(x, k) - compiled(-x, k))[0, 0].to(X)
