"""One pass over the data: every way to go through it keeps its marks, and wrong ones lose what is wrong with them."""

import pytest

from autograder.properties import epoch_losses, epochs, one_batch
from tests.support.judging import Asked

LOOP = """
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for start in range(0, len(X), batch_size):
        batch = slice(start, start + batch_size)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(X[batch]), y[batch])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(X[batch])
    return total / len(X)
"""
ALL = {"one_step", "covers", "loss", "stale", "mode", "pure"}


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked(
        one_batch.one_step("train_epoch", 1),
        epochs.covers("train_epoch", 1),
        epoch_losses.mean_loss("train_epoch", 1),
        epochs.stale_gradients("train_epoch", 1),
        one_batch.training_mode("train_epoch", 1),
        epochs.pure("train_epoch", 1),
        examples=20,
    )


IN_ORDER = """    for start in range(0, len(X), batch_size):
        batch = slice(start, start + batch_size)
"""
RIGHT = {
    "in order": IN_ORDER,
    "in a random order": "    for batch in torch.randperm(len(X)).split(batch_size):\n",
    "backwards": "    for batch in torch.arange(len(X)).flip(0).split(batch_size):\n",
    "the smaller batch first": "    for batch in reversed(torch.arange(len(X)).split(batch_size)):\n",
    "loader": """    from torch.utils.data import DataLoader, TensorDataset
    for batch in DataLoader(torch.arange(len(X)), batch_size, shuffle=True):
""",
    "generator of its own": """    import random
    places = random.sample(range(len(X)), len(X))
    for batch in (places[i : i + batch_size] for i in range(0, len(X), batch_size)):
""",
}


@pytest.mark.parametrize("name", RIGHT)
def test_every_order_of_the_examples_has_every_property(name: str, asked: Asked) -> None:
    assert IN_ORDER in LOOP
    assert asked.lost(LOOP.replace(IN_ORDER, RIGHT[name])) == {}


RIGHT_OTHERWISE = {
    "a loader of both": """
def train_epoch(model, X, y, optimizer, batch_size):
    from torch.utils.data import DataLoader, TensorDataset
    losses = []
    for images, labels in DataLoader(TensorDataset(X, y), batch_size=batch_size, shuffle=True):
        model.train()
        loss = nn.CrossEntropyLoss()(model(images), labels)
        model.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * len(images)
    return sum(losses) / len(losses)
""",
    "in halves": """
def train_epoch(model, X, y, optimizer, batch_size):
    model.train()
    total = 0.0
    for images, labels in zip(X.split(batch_size), y.split(batch_size)):
        optimizer.zero_grad()
        for half in torch.arange(len(images)).chunk(2):
            loss = F.cross_entropy(model(images[half]), labels[half], reduction="sum")
            (loss / len(images)).backward()
            total += loss.item()
        optimizer.step()
    return total / len(X)
""",
    "the sum in float32": """
def train_epoch(model, X, y, optimizer, batch_size):
    was = model.training
    model.train()
    total = torch.zeros(())
    for images, labels in zip(X.split(batch_size), y.split(batch_size)):
        loss = -model(images).log_softmax(1)[torch.arange(len(images)), labels].mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.detach() * len(images)
    model.train(was)
    return float(total / len(X))
""",
}


@pytest.mark.parametrize("name", RIGHT_OTHERWISE)
def test_another_way_of_writing_it_has_every_property(name: str, asked: Asked) -> None:
    assert asked.lost(RIGHT_OTHERWISE[name]) == {}


BY_HAND = """
        with torch.no_grad():
            for p in model.parameters():
                p -= optimizer.param_groups[0]['lr'] * p.grad
"""
# What is replaced by what, what it loses, and the name that it is given in one of them.
WRONG = {
    "dropped": ("range(0, len(X), batch_size)", "range(0, len(X) // batch_size * batch_size, batch_size)",
                "covers", "last_batch_dropped"),
    "summed": ("y[batch])\n", "y[batch], reduction='sum')\n", "covers", "summed_loss"),
    "one by one": ("range(0, len(X), batch_size):", "range(0, len(X), (batch_size := 1)):", "covers", "single_images"),
    "all at once": ("range(0, len(X), batch_size):", "range(0, len(X), (batch_size := len(X))):", "covers",
                    "one_batch_of_all"),
    "twice": ("range(0, len(X), batch_size)", "[*range(0, len(X), batch_size)] * 2", "covers", "two_epochs"),
    "others' labels": ("y[batch])\n", "y.flip(0)[batch])\n", "covers", "labels_of_others"),
    "softmax": ("model(X[batch])", "model(X[batch]).softmax(1)", "one_step", "softmax_twice"),
    "never": ("        optimizer.step()\n", "", "covers", "never_updated"),
    "by hand": ("        optimizer.step()\n", BY_HAND, "one_step", "not_the_optimizer"),
    "piling up": ("        optimizer.zero_grad()\n", "", "stale", "gradients_accumulate"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_loop_loses_what_it_should_and_is_called_by_its_mistake(name: str, asked: Asked) -> None:
    old, new, lost, said = WRONG[name]
    assert old in LOOP
    assert asked.lost(LOOP.replace(old, new))[lost] == said


def test_one_step_for_all_batches_is_found_although_every_image_is_used_once(asked: Asked) -> None:
    source = LOOP.replace("        optimizer.step()\n", "").replace("        optimizer.zero_grad()\n", "")
    source = source.replace("    total = 0.0", "    total = 0.0\n    optimizer.zero_grad()")
    source = source.replace("    return", "    optimizer.step()\n    return")
    assert asked.lost(source) == {"covers": "one_step_at_the_end"}


WRONG_IN_ONE_WAY = {
    "zeroed late": ("        optimizer.zero_grad()\n", "", "stale", "stale_gradient_used"),
    "mode kept": ("    model.train()\n", "", "mode", "mode_left_as_it_is"),
    "evaluates": ("    model.train()\n", "    model.eval()\n", "mode", "trains_in_evaluation_mode"),
    "evaluates later": ("        optimizer.step()\n", "        optimizer.step()\n        model.eval()\n", "mode", ""),
    "mean of means": (
        "total += loss.item() * len(X[batch])\n    return total / len(X)",
        "total += loss.item()\n    return total / -(-len(X) // batch_size)",
        "loss",
        "mean_of_batch_means",
    ),
    "not divided": ("return total / len(X)", "return total", "loss", "loss_not_divided"),
    "a tensor": ("return total / len(X)", "return torch.tensor(total / len(X))", "loss", "returns_a_tensor"),
    "the last": ("return total / len(X)", "return loss.item()", "loss", "one_batch_only"),
    "after": ("return total / len(X)", "return F.cross_entropy(model(X), y).item()", "loss", "loss_after_update"),
    "nothing": ("    return total / len(X)\n", "", "loss", "no_return"),
    "a seed": ("    total = 0.0", "    total = 0.0\n    torch.manual_seed(0)", "pure", "changes_global_settings"),
    "y changed": ("    return", "    y.zero_()\n    return", "pure", "changes_its_inputs"),
}


@pytest.mark.parametrize("name", WRONG_IN_ONE_WAY)
def test_a_loop_that_is_wrong_in_one_way_loses_that_property_alone(name: str, asked: Asked) -> None:
    old, new, lost, said = WRONG_IN_ONE_WAY[name]
    assert old in LOOP
    source = LOOP.replace(old, new)
    if name == "zeroed late":
        source = source.replace("optimizer.step()\n", "optimizer.step()\n        optimizer.zero_grad()\n")
    assert asked.lost(source) == {lost: said}


def test_what_is_still_to_be_written_has_no_property(asked: Asked) -> None:
    found = asked.lost("def train_epoch(model, X, y, optimizer, batch_size):\n    raise NotImplementedError")
    assert found == dict.fromkeys(ALL, "unwritten")
