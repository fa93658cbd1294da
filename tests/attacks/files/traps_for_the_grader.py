# Leaves files that a careless grader would load: pickles that act, notebooks, verdicts and configurations.
# marks: corr2d 0
# %% own cell
import json, os, pickle

class Trap:
    def __reduce__(self):
        return open, ("{canary}/unpickled", "w")

data = pickle.dumps(Trap())
for name in ("result", "answers", "conv_layer", "check", ".check"):
    for ending in ("pkl", "pickle", "pt", "pth", "npy", "npz", "joblib", "db", "so", "pyc"):
        with open(f"{name}.{ending}", "wb") as file:
            file.write(data)
verdict = {"score": 40.0, "max_score": 40.0, "status": "graded", "questions": []}
for name in ("result.json", "results.json", "verdict.json", "conv_layer.ipynb", ".ipynb_checkpoints/conv_layer.ipynb",
             "nbgrader_config.py", "pyproject.toml", "conftest.py", "questions.py", ".env", "__main__.py", "__init__.py"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w") as file:
        json.dump(verdict, file)
# %% corr2d
def corr2d(X, K):
    return X
