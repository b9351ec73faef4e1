"""From sentence pairs to the embedded Arabic-English model, one entry point a step.

    corpus -> tokenizer -> align -> train -> average -> export -> score

Run `python -m summarizer.training --help`. Nothing heavy is imported here: each step imports torch,
sentencepiece or ctranslate2 when it starts, so that the rest of the package never pays for them.
"""
