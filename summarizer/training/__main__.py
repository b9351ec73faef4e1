"""Train the embedded Arabic-English model, step by step.

Every step reads one TOML file (--config; names of files in summarizer/training/configs/ will do) and writes under the
folders named there, `.training/` by default, which git ignores. Paths are from the root of the repository.

  from nothing:     tokenizer, corpus, align, train, train --branch, export, score   (base-d256.toml)
  from a model:     tokenizer --graft, corpus, train, train --branch, export, score  (continue-d256.toml)

A run can be killed at any time: `train` goes on from its newest checkpoint, at most some minutes back.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .config import at_root, load_config
from .decode import Decoding


def run_corpus(options: argparse.Namespace) -> int:
    """Clean and encode the pairs of the config; print what each rule dropped of each source.

    Near-duplicates of the held-out files (dev sets, seeds, evaluation) are removed here; `overlap` proves it.
    """
    from .corpus import build_corpus

    for source, counts in build_corpus(load_config(options.config)).items():
        print(f"{source:28}", "  ".join(f"{rule} {n:,}" for rule, n in counts.items()))
    return 0


def run_overlap(options: argparse.Namespace) -> int:
    """Read the encoded corpus back and look for held-out text in it; exit 1 when a row is near any.

    What is read is what is trained on, twins included, so it proves more than that a filter ran.
    """
    from .corpus import near_held_out

    found = near_held_out(load_config(options.config))
    for text in found[:20]:
        print(text)
    print(f"{len(found)} rows near held-out text")
    return 1 if found else 0


def run_tokenizer(options: argparse.Namespace) -> int:
    """Train a tokenizer on the corpus' files, or, with --graft, put our normalisation into that of a model folder.

    Numbers of two digits and more are learnt as stand-ins, one piece each (summarizer/standins.py). A new tokenizer has
    them; a grafted one gets them in place of pieces that an encoded corpus never uses, with --stand-ins.
    """
    from .tokenizer import graft_tokenizer, train_tokenizer

    config = load_config(options.config)
    output = at_root(options.output or config.tokenizer)
    if options.graft:
        graft_tokenizer(options.graft, output, options.stand_ins)
    else:
        train_tokenizer(config, output, pieces=options.pieces)
    print(output)
    return 0


def run_align(options: argparse.Namespace) -> int:
    """Align the encoded corpus with eflomal: needed for a lexical start and for guided attention, not to carry on."""
    from .align import write_alignment

    entries = write_alignment(at_root(load_config(options.config).corpus_folder))
    print(f"{entries:,} dictionary entries")
    return 0


def run_train(options: argparse.Namespace) -> int:
    """Train from the newest checkpoint (or the start of the config) until a limit or a SIGTERM.

    Without --decay-minutes the rates stay constant, for as many sessions as you like. With it, and --branch NAME, a
    branch is made from the newest stable checkpoint whose rates fall to nothing in that time: that is what ships.
    Progress: log.jsonl in the run's folder (step, tokens, tokens a second, loss, dev chrF2, rate, minutes left).
    """
    from .launch import launch

    config = load_config(options.config)
    limits = (options.branch, options.steps, options.minutes, options.decay_minutes)
    return launch([options.config, *("-" if x in (None, "") else str(x) for x in limits)], config.processes)


def run_average(options: argparse.Namespace) -> int:
    """Write the mean of several checkpoints as one more checkpoint folder, for `export --checkpoint`."""
    from safetensors.torch import save_file

    from .average import average

    options.output.mkdir(parents=True, exist_ok=True)
    save_file(average(options.checkpoints), options.output / "weights.safetensors")
    print(options.output)
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write the model folder that ships: bfloat16 weights, tokenizer, config, search settings, card, hashes."""
    from . import checkpoints
    from .export import export

    config = load_config(options.config)
    run = at_root(config.folder) / (options.branch or "")
    chosen = options.checkpoint or checkpoints.folders(run)[-options.last :]
    card = options.card.read_text(encoding="utf-8") if options.card else None
    size = export(config, chosen, at_root(options.output), decoding=_decoding(options), card=card)
    print(f"{options.output}: {size / 2**20:.1f} MB from {', '.join(path.name for path in chosen)}")
    return 0


def run_score(options: argparse.Namespace) -> int:
    """Translate test sets with CTranslate2 (int8) and print BLEU, chrF2, number recall, loops, and lines with Arabic.

    A test set is x.tsv (Arabic, English) or x.ar with x.en beside it.
    """
    from .score import score_model

    how = {"first": options.first, "decoding": _decoding(options), "package": options.package}
    for score, outputs in score_model(options.model, options.sets, **how):
        print(json.dumps(score.as_json(), ensure_ascii=False))
        if options.outputs:
            options.outputs.mkdir(parents=True, exist_ok=True)
            (options.outputs / f"{score.name}.en").write_text("\n".join(outputs) + "\n", encoding="utf-8")
    return 0


def run_tune(options: argparse.Namespace) -> int:
    """Try length penalty, repetition settings and beams on samples of dev sets; the last line is the best found."""
    from .tune import tune

    for decoding, points in tune(options.model, options.sets, first=options.first or 100):
        print(f"{points:6.2f}", decoding, flush=True)
    return 0


def run_spellings(options: argparse.Namespace) -> int:
    """Make the tables by which personal names are found and spelled, from name lists and news pairs."""
    from .spellings import build

    names, words = build(options.names, options.news)
    print(f"{names} spellings, {words} words")
    return 0


def run_words(options: argparse.Namespace) -> int:
    """Make the list of English words by which made-up words are found, from the corpus and a dictionary."""
    from .corpus import read_pairs
    from .words import build

    files = load_config(options.config).corpus.files
    print(f"{build(pair.english for name in files for pair in read_pairs(at_root(name)))} words")
    return 0


def _decoding(options: argparse.Namespace) -> Decoding:
    return Decoding(
        beams=options.beams,
        no_repeat_ngram=options.no_repeat_ngram,
        repetition_penalty=options.repetition_penalty,
        length_penalty=options.length_penalty,
    )


STEPS: dict[str, Callable[[argparse.Namespace], int]] = {
    "corpus": run_corpus,
    "overlap": run_overlap,
    "tokenizer": run_tokenizer,
    "align": run_align,
    "train": run_train,
    "average": run_average,
    "export": run_export,
    "tune": run_tune,
    "score": run_score,
    "spellings": run_spellings,
    "words": run_words,
}
CONFIGURED = ("corpus", "overlap", "tokenizer", "align", "train", "export", "words")


def build_parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="summarizer.training", description=__doc__, formatter_class=raw)
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    found = {}
    for name, run in STEPS.items():
        about = run.__doc__ or ""
        found[name] = steps.add_parser(name, help=about.split("\n")[0], description=about, formatter_class=raw)
    for name in CONFIGURED:
        found[name].add_argument("--config", default="continue-d256.toml", help="a TOML file (default: %(default)s)")
    for name in ("export", "score"):
        _add_decoding(found[name])
    _add_options(found)
    return parser


def _add_decoding(parser: argparse.ArgumentParser) -> None:
    best = Decoding()
    parser.add_argument("--beams", type=int, default=best.beams, help="default: %(default)s")
    parser.add_argument("--no-repeat-ngram", type=int, default=best.no_repeat_ngram, help="default: %(default)s")
    parser.add_argument(
        "--repetition-penalty", type=float, default=best.repetition_penalty, help="default: %(default)s"
    )
    parser.add_argument("--length-penalty", type=float, default=best.length_penalty, help="default: %(default)s")


def _add_options(found: dict[str, argparse.ArgumentParser]) -> None:
    """What each step takes besides its config."""
    add = found["tokenizer"].add_argument
    add("--graft", type=Path, metavar="FOLDER", help="keep this model's pieces, replace their normalisation")
    add("--stand-ins", type=Path, metavar="CORPUS", help="with --graft: turn ten pieces unused there into stand-ins")
    add("--pieces", type=int, default=10_000, help="size of a new vocabulary (default: %(default)s)")
    add("--output", help="default: the config's tokenizer folder")
    add = found["train"].add_argument
    add("--branch", default="", help="a name: train in a branch of the run, begun from its newest checkpoint")
    add("--decay-minutes", type=float, help="let the rates fall to nothing in this time (with --branch)")
    add("--steps", type=int, help="stop after so many steps")
    add("--minutes", type=float, help="stop after so many minutes")
    add = found["average"].add_argument
    add("checkpoints", type=Path, nargs="+", help="checkpoint folders (step-...)")
    add("--output", type=Path, required=True, help="folder to write")
    add = found["export"].add_argument
    add("--branch", default="", help="take checkpoints of this branch")
    add("--last", type=int, default=1, help="average so many newest checkpoints (default: %(default)s)")
    add("--checkpoint", type=Path, action="append", help="a checkpoint folder instead; may be given again")
    add("--output", default=".training/export/ar-en", help="default: %(default)s")
    add("--card", type=Path, help="a MODEL_CARD.md to put in")
    add = found["spellings"].add_argument
    add("--names", type=Path, default=at_root("../shared/data/parallel/names.tsv.xz"), help="default: %(default)s")
    add("--news", type=Path, default=at_root("../shared/data/parallel/news.tsv.xz"), help="default: %(default)s")
    for name in ("tune", "score"):
        add = found[name].add_argument
        add("model", type=Path, help="a Marian folder")
        add("sets", type=Path, nargs="+", help="test sets")
        add("--first", type=int, help="only so many lines of each")
    add("--outputs", type=Path, help="folder to keep the translations in")
    add("--package", action="store_true", help="as the package translates: checks, rare names twice")


def main(arguments: Sequence[str] | None = None) -> int:
    options = build_parser().parse_args(arguments)
    try:
        return STEPS[options.step](options)
    except (FileNotFoundError, ValueError) as error:
        print(f"{options.step}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
