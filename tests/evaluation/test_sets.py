"""Public test sets are read as they are published, and what isn't so is named."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from evaluation import benchmark
from evaluation.errors import DataWrong
from evaluation.sets import SETS, ParallelItem, SummaryItem

PAIR = [ParallelItem("نص أول", "First text"), ParallelItem("نص ثان", "Second text")]
HEAD = "sourceLang\ttargetLang\tsourceString\ttargetString\tstringID\turl\tlicense\ttranslatorId"
ROW = {"id": "a-1", "url": "u", "title": "عنوان", "text": "جملة أولى.\nجملة ثانية.", "summary": "ملخص"}
DOCUMENT = """<DOC>
  <DOCNO>BB-world-1-20180226</DOCNO>
  <TITLE>عنوان</TITLE>
  <ABSTRACT>
ملخص
  </ABSTRACT>
  <TEXT>
جملة أولى.
جملة ثانية.
  </TEXT>
</DOC>
"""


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


ARABIC, ENGLISH = "نص أول\nنص ثان\n", "First text\nSecond text\n"
PARALLEL = {
    "flores-200": {"devtest/arb_Arab.devtest": ARABIC, "devtest/eng_Latn.devtest": ENGLISH},
    "ntrex-128": {"NTREX-128/newstest2019-ref.arb.txt": ARABIC, "NTREX-128/newstest2019-src.eng.txt": ENGLISH},
    "tico-19": {
        "test/test.en-ar.tsv": f"{HEAD}\nen\tar\tFirst text\tنص أول\t1\tu\tl\tt\n"
        "en\tar\tSecond text\tنص ثان\t2\tu\tl\tt\n"
    },
}


@pytest.mark.parametrize("name", PARALLEL)
def test_parallel_sets(name: str, tmp_path: Path) -> None:
    assert SETS[name].load(write(tmp_path, PARALLEL[name])) == PAIR
    assert SETS[name].load(tmp_path, limit=1) == PAIR[:1]


def test_the_tabbed_development_set(tmp_path: Path) -> None:
    path = write(tmp_path, {"d.tsv": "نص أول\tFirst text\tant\nنص ثان\tSecond text\n"}) / "d.tsv"
    assert SETS["news-dev"].load(path) == PAIR


def test_xlsum_and_its_compressed_kin(tmp_path: Path) -> None:
    wanted = [SummaryItem("a-1", ROW["title"], ROW["text"], (ROW["summary"],))]
    write(tmp_path, {"arabic_test.jsonl": json.dumps(ROW, ensure_ascii=False) + "\n"})
    assert SETS["xlsum-arabic"].load(tmp_path) == wanted
    packed = tmp_path / "bbc-dev.jsonl.xz"
    packed.write_bytes(lzma.compress(json.dumps(ROW).encode() + b"\n"))
    assert SETS["ant-bbc"].load(packed) == wanted


def test_ant_documents_of_one_source(tmp_path: Path) -> None:
    write(tmp_path, {"world/BB-world-1-20180226.txt": DOCUMENT, "world/FR-world-1.txt": DOCUMENT.replace("BB-", "FR-")})
    found = SETS["ant-bbc"].load(tmp_path)
    assert found == [SummaryItem("BB-world-1-20180226", "عنوان", "جملة أولى.\nجملة ثانية.", ("ملخص",))]
    assert SETS["ant-france24"].load(tmp_path)[0].key.startswith("FR-")


def test_easc_has_five_extracts_and_two_encodings(tmp_path: Path) -> None:
    extracts = {f"EASC-UTF-8/MTurk/Topic2/D000{i}.M.250.A.{i}.A": f"ملخص {i}" for i in range(5)}
    write(tmp_path, {"EASC-UTF-8/Articles/Topic2/art (1).txt": "جملة أولى. جملة ثانية.", **extracts})
    (tmp_path / "EASC-UTF-8/Articles/Topic2/art (1).txt").write_bytes("جملة أولى.".encode("cp1256"))
    [item] = SETS["easc"].load(tmp_path)
    assert (item.key, item.text) == ("Topic2", "جملة أولى.")
    assert item.summaries == tuple(f"ملخص {i}" for i in range(5))


WRONG = [
    ("flores-200", {}, "the files: neither devtest/arb_Arab.devtest"),
    (
        "flores-200",
        {"arb_Arab.devtest": "أ\n", "eng_Latn.devtest": "a\nb\n"},
        "the lines: 1 here, 2 in eng_Latn.devtest",
    ),
    ("ntrex-128", {"newstest2019-ref.arb.txt": "أ\n\n", "newstest2019-src.eng.txt": "a\nb"}, "the lines: 1 here"),
    ("ntrex-128", {"newstest2019-ref.arb.txt": "أ\n \nب", "newstest2019-src.eng.txt": "a\nb\nc"}, "line 2: is empty"),
    ("tico-19", {"test.en-ar.tsv": "en\tfr\ta\tb\n"}, "line 1, targetLang: is 'fr', not Arabic"),
    ("tico-19", {"test.en-ar.tsv": "en\tar\n"}, "line 1: has 2 columns, not 8"),
    ("tico-19", {"test.en-ar.tsv": HEAD}, "holds no item"),
    ("xlsum-arabic", {"arabic_test.jsonl": '{"id": "1", "text": "a"}'}, "line 1: no field 'summary'"),
    ("xlsum-arabic", {"arabic_test.jsonl": "{"}, "line 1: is no JSON object"),
    ("easc", {"readme.txt": ""}, "the folder: there is no Articles folder"),
    ("easc", {"Articles/Topic1/a.txt": "ن"}, "the files: 1 articles"),
    ("ant-bbc", {"BB-1.txt": "x"}, "<DOC>: there is none"),
    ("ant-bbc", {"BB-1.txt": DOCUMENT.replace("ABSTRACT", "ABSTRAKT")}, "<ABSTRACT>: is missing or empty"),
]


@pytest.mark.parametrize(("name", "files", "message"), WRONG, ids=[f"{w[0]}: {w[2]}" for w in WRONG])
def test_a_damaged_set_is_named(name: str, files: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(DataWrong) as caught:
        SETS[name].load(write(tmp_path, files))
    assert message in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert f"The set {name} is read in its public format" in str(caught.value)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataWrong, match="the path: there is no such file or folder"):
        SETS["easc"].load(tmp_path / "no")


def test_a_benchmark_of_summaries_has_its_baselines(tmp_path: Path) -> None:
    rows = [
        {
            **ROW,
            "id": f"a-{i}",
            "text": "افتتح الوزير مستشفى جديدا في العاصمة. وهطلت أمطار.",
            "summary": "افتتح الوزير مستشفى",
        }
        for i in range(6)
    ]
    path = write(tmp_path, {"s.jsonl": "\n".join(json.dumps(r) for r in rows)}) / "s.jsonl"
    [table] = benchmark.run("ant-bbc", path)
    assert table.head == ("", "mukhtasar", "95 %", "lead-1", "random-1", "LexRank-1", "TextRank-1", "oracle")
    first = dict(zip(table.head, table.rows[0], strict=True))
    assert first["lead-1"] == first["oracle"] != "0.0"


def test_a_benchmark_of_a_share_of_the_text(tmp_path: Path) -> None:
    text = "افتتح الوزير مستشفى جديدا في العاصمة. وهطلت أمطار غزيرة أمس. وقال إن العمل بدأ. وأضاف أن المشروع كبير."
    write(tmp_path, {"Articles/Topic1/a.txt": text, "MTurk/Topic1/1.A": "افتتح الوزير مستشفى جديدا في العاصمة."})
    [table] = benchmark.run("easc", tmp_path)
    assert table.head[3:] == ("lead", "random", "LexRank", "TextRank", "oracle")
