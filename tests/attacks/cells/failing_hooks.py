# Hooks that fail: every later cell begins and ends with an exception of theirs.
# marks: corr2d 10
# %% own cell
shell = get_ipython()

def fail(*_):
    raise RuntimeError("in a hook")

for event in ("pre_execute", "pre_run_cell", "post_run_cell", "post_execute"):
    shell.events.register(event, fail)
shell.set_hook("show_in_pager", fail)
shell.set_custom_exc((Exception,), fail)
# %% own cell
1 / 0
# %% corr2d
# the honest corr2d
