from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer import models
from summarizer.errors import ModelNotHere, UnknownModel, WeightsDamaged
from summarizer.models import REGISTRY, available, find, fingerprint, folder_of, locate, verify


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a model as far as completeness goes."""
    made = tmp_path / "model"
    made.mkdir()
    for name in ("config.json", "model.safetensors", "tokenizer.json"):
        (made / name).write_text("{}")
    return made


def cached(cache: Path, hub_id: str) -> Path:
    """A snapshot as huggingface_hub keeps it."""
    root = cache / f"models--{hub_id.replace('/', '--')}"
    (root / "refs").mkdir(parents=True)
    (root / "refs" / "main").write_text("abc")
    snapshot = root / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    for name in ("config.json", "pytorch_model.bin", "source.spm"):
        (snapshot / name).write_text("{}")
    return snapshot


def test_every_card_says_what_a_person_must_know() -> None:
    for name, card in REGISTRY.items():
        assert name == card.name
        assert all([card.licence, card.parameters, card.download, card.languages, card.where]), name


def test_non_commercial_licences_are_marked_as_such() -> None:
    marked = {name for name, card in REGISTRY.items() if models.NON_COMMERCIAL in card.note}
    assert marked == {name for name, card in REGISTRY.items() if "-NC-" in card.licence}


def test_one_model_of_each_job_comes_with_the_package() -> None:
    here = {card.name for card, is_here in available() if is_here and not card.on_hub}
    assert here == {"embedded", "extractive"}


def test_an_unknown_name_lists_the_known_ones_of_its_job() -> None:
    with pytest.raises(UnknownModel) as caught:
        find("opus", "translate")
    assert "nllb-600m" in str(caught.value)
    assert "extractive" not in str(caught.value)


@pytest.mark.parametrize("name", ["a/b/c", "/nowhere/at/all", "./gone", "~/gone", "org/", "/model", "extractive"])
def test_what_is_no_hub_id_and_no_folder_is_unknown(name: str) -> None:
    with pytest.raises(UnknownModel):
        find(name, "translate")


def test_a_hub_id_and_a_folder_stand_beside_the_names(folder: Path) -> None:
    assert find("org/model", "translate").on_hub
    assert find(str(folder), "summarize").where == str(folder)


def test_a_model_that_is_not_here_is_told_with_licence_size_and_cure(hub_cache: Path) -> None:
    with pytest.raises(ModelNotHere) as caught:
        folder_of(find("nllb-600m", "translate"))
    for part in ("facebook/nllb-200-distilled-600M", "CC-BY-NC-4.0", "2.5 GB", "hf download"):
        assert part in str(caught.value)


def test_the_hub_cache_is_looked_through_without_the_network(hub_cache: Path) -> None:
    card = find("opus-mt", "translate")
    assert locate(card) is None
    snapshot = cached(hub_cache, card.where)
    assert locate(card) == snapshot
    (snapshot / "pytorch_model.bin").unlink()
    assert locate(card) is None, "an interrupted download is not a model"


def test_a_folder_with_every_file_passes(folder: Path) -> None:
    verify(folder)


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(WeightsDamaged, match=name):
        verify(folder)


def test_a_missing_part_of_a_large_model_is_named(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "model-1.safetensors")
    index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(WeightsDamaged, match="model-2"):
        verify(folder)


def test_hashes_are_held_to(folder: Path) -> None:
    hashes = {"model.safetensors": models.digest(folder / "model.safetensors")}
    (folder / "hashes.json").write_text(json.dumps(hashes))
    verify(folder)
    (folder / "model.safetensors").write_text("{} ")
    with pytest.raises(WeightsDamaged, match=r"model\.safetensors is not the file"):
        verify(folder)


def test_a_spoilt_list_of_hashes_is_an_error_of_its_own(folder: Path) -> None:
    (folder / "hashes.json").write_text("[")
    with pytest.raises(WeightsDamaged, match=r"hashes\.json"):
        verify(folder)


def test_the_fingerprint_changes_with_weights_not_with_notes(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / "README.md").write_text("new")
    assert fingerprint(folder) == before
    (folder / "model.safetensors").write_text("other")
    assert fingerprint(folder) != before


def test_of_a_repository_only_what_loading_needs_is_fetched() -> None:
    names = ["config.json", "model.safetensors", "pytorch_model.bin", "tf_model.h5", "onnx/model.onnx", "source.spm"]
    assert models._wanted(names) == ["config.json", "source.spm", "model.safetensors"]
    assert "pytorch_model.bin" in models._wanted(["config.json", "pytorch_model.bin"])


def test_an_allowed_download_is_announced_and_an_unreachable_hub_told(
    hub_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    def unreachable(*_: object, **__: object) -> None:
        raise OSError("no route to host\nand more")

    monkeypatch.setattr(huggingface_hub, "model_info", unreachable)
    with pytest.raises(ModelNotHere, match="no route to host"):
        folder_of(find("org/model", "translate"), allow_download=True)


def test_a_download_fetches_what_is_wanted_after_saying_licence_and_size(
    hub_cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace as Plain

    import huggingface_hub

    files = [Plain(rfilename="config.json", size=10), Plain(rfilename="model.safetensors", size=7_000_000)]
    page = Plain(siblings=files, card_data=Plain(license="mit"), sha="abc")
    asked: dict[str, object] = {}
    monkeypatch.setattr(huggingface_hub, "model_info", lambda *_, **__: page)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", lambda _, **options: asked.update(options) or str(folder))
    said: list[str] = []
    assert folder_of(find("org/model", "translate"), allow_download=True, announce=said.append) == folder
    assert said == ["Downloading org/model: licence mit, 7 MB"]
    assert asked == {"revision": "abc", "allow_patterns": ["config.json", "model.safetensors"]}


def test_listing_models_imports_nothing_heavy() -> None:
    code = (
        "import sys; from summarizer.models import available; available();"
        "print([m for m in ('torch', 'transformers', 'huggingface_hub', 'ctranslate2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
