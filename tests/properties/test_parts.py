"""One property of several returned tensors: a mistake costs once, and wrong values of one cost nothing else."""

import pytest

from autograder.results import CheckResult, CheckStatus
from tests.properties.conftest import Judge

PIECES = """
def conv_components(X, K, u):
    components = torch.stack([F.conv2d(X[:, [c]], K[:, [c]])[0] for c in range(X.shape[1])])
    maps = components.sum(0) + u[:, None, None]
    return components, maps
"""
KINDS = ("both_gradients", "both_dtype", "both_device", "both_pure")
Verdicts = dict[str, CheckResult]


def verdicts(judge: Judge, returned: str) -> Verdicts:
    source = PIECES.replace("return components, maps", f"return {returned}")
    return {id: judge("conv_components", id, source) for id in ("components_values", "maps_values", *KINDS)}


def lost(found: Verdicts) -> set[str]:
    return {id for id, check in found.items() if check.status is not CheckStatus.PASSED}


def test_a_right_answer_has_every_property(judge: Judge) -> None:
    assert lost(verdicts(judge, "components, maps")) == set()


@pytest.mark.parametrize("returned", ["components + 1, maps", "components, maps.flatten()", "components, None"])
def test_one_wrong_tensor_costs_its_values_alone(judge: Judge, returned: str) -> None:
    assert lost(verdicts(judge, returned)) == {"components_values" if "+ 1" in returned else "maps_values"}


def test_two_wrong_tensors_cost_all(judge: Judge) -> None:
    assert lost(verdicts(judge, "0 * components + 1, 0 * maps + 1")) == {"components_values", "maps_values", *KINDS}


@pytest.mark.parametrize("returned", ["components.float(), maps", "components, maps.float()"])
def test_one_tensor_of_the_wrong_type_is_seen_and_named(judge: Judge, returned: str) -> None:
    found = verdicts(judge, returned)
    assert lost(found) == {"both_dtype"}
    assert found["both_dtype"].misconception == "float32_whatever_comes_in"


@pytest.mark.parametrize("returned", ["components.cpu(), maps", "components, maps.cpu()"])
def test_one_tensor_on_the_wrong_device_is_seen(judge: Judge, returned: str) -> None:
    assert lost(verdicts(judge, returned)) == {"both_device"}


@pytest.mark.parametrize("returned", ["components.detach(), maps", "components, maps.detach()"])
def test_one_tensor_without_gradients_is_seen(judge: Judge, returned: str) -> None:
    assert lost(verdicts(judge, returned)) == {"both_gradients"}


def test_a_mistake_in_a_function_costs_nothing_in_the_one_that_calls_it(judge: Judge) -> None:
    source = """
def corr2d_multi_in(X, K):
    return F.conv2d(X[None], K[None])[0, 0].float()

def corr2d_multi_in_out(X, K):
    return torch.stack([corr2d_multi_in(X, k) for k in K])
"""
    assert judge("multi_channel", "in_dtype", source).status is CheckStatus.FAILED
    passed = judge("multi_channel", "in_out_dtype", source)
    assert (passed.status, passed.note) == (CheckStatus.PASSED, "Judged with working answers to what comes before.")
