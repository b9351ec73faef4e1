"""Our network against transformers' own, and our loss against torch's own."""

from __future__ import annotations

import warnings

import pytest

from summarizer.training.config import NetworkConfig

torch = pytest.importorskip("torch")

from summarizer.training.network import EMBEDDING, Batch, Network, guide_loss, mask_pool, smoothed_loss  # noqa: E402
from summarizer.training.weights import marian_config, new_weights  # noqa: E402

SHAPE = NetworkConfig(width=32, heads=4, feed_forward=48, encoder_layers=2, decoder_layers=2, dropout=0.0)
PIECES = 50


def padded_batch() -> Batch:
    generator = torch.Generator().manual_seed(1)
    source, target = (torch.randint(2, PIECES - 1, (3, length), generator=generator) for length in (7, 5))
    source[0, 4:] = PIECES - 1
    target_in = torch.cat([torch.full((3, 1), PIECES - 1), target[:, :-1]], 1)
    return Batch(source=source, target=target, target_in=target_in, padding=PIECES - 1)


@torch.no_grad()
def test_same_logits_as_transformers() -> None:
    from transformers import MarianConfig, MarianMTModel

    weights, batch = new_weights(SHAPE, PIECES, seed=3), padded_batch()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MarianMTModel(MarianConfig(**marian_config(SHAPE, PIECES))).eval()
    missing, unexpected = model.load_state_dict(weights, strict=False)
    assert not unexpected
    assert all("embed" in name or "lm_head" in name or "bias" in name for name in missing)
    expected = model(
        input_ids=batch.source, attention_mask=batch.source.ne(batch.padding), decoder_input_ids=batch.target_in
    ).logits
    states, attention = Network.of(SHAPE)(weights, batch)
    assert attention.shape == (3, 4, 5, 7)
    assert torch.allclose(states @ weights[EMBEDDING].T, expected, atol=1e-4)


def test_loss_and_gradients_are_those_of_torch() -> None:
    torch.manual_seed(2)
    states, weight = torch.randn(1100, 8, requires_grad=True), torch.randn(30, 8, requires_grad=True)
    target = torch.randint(30, (1100,))
    expected = torch.nn.functional.cross_entropy(states @ weight.T, target, label_smoothing=0.1, reduction="sum")
    wanted = torch.autograd.grad(expected, (states, weight))
    loss = smoothed_loss(states, weight, target, 0.1)
    found = torch.autograd.grad(loss, (states, weight))
    assert torch.allclose(loss, expected, rtol=1e-5)
    for ours, theirs in zip(found, wanted, strict=True):
        assert torch.allclose(ours, theirs, atol=1e-4)


def test_guide_is_small_where_attention_is_right_and_ignores_the_unaligned() -> None:
    attention = torch.full((1, 2, 3, 4), 0.01)
    attention[0, :, 0, 2] = 0.97
    right, wrong = torch.tensor([[2, -1, -1]]), torch.tensor([[1, -1, -1]])
    assert guide_loss(attention, right) < 0.1
    assert guide_loss(attention, wrong) > 4
    assert guide_loss(attention, torch.full((1, 3), -1)) == 0


def test_dropout_masks_keep_the_mean() -> None:
    assert mask_pool(0.25, 100_000).mean() == pytest.approx(1.0, abs=0.01)
