#!/usr/bin/env python3
"""Writes ml-<lang>.jsonl and ml-lexicon.tsv from the hand-written ml/<lang>.txt. Same input, same output, byte for byte.

Usage: python3 ml_corpus.py [--check]     (--check writes nothing and fails when a file differs or a rule is broken)

A line of ml/<lang>.txt is "TAG text" or "CONCEPT: form, form*, form~"; "#" starts a comment, "\\n" is a line break.
Tags in lower case are whole hand-written texts, tags in upper case are slots that this script combines:
  o override   x extraction   p persona   e order to an assistant, for tool results and documents    (attacks)
  c chat       h hard negative   d document   t tool result   s text about attacks   n note to people (benign)
  F a frame with {} for e and n    A+B order and what to do instead    C+D the same words in everyday use
In the lexicon "form*" is a stem and "form~" is also everyday speech.
"""
import hashlib
import json
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONCEPTS = ("DROP", "PRIOR", "RULES", "REVEAL", "PROMPT", "CUE", "FREE", "PERSONA", "MODE", "TOLD", "AI")
HAND = {
    "o": ("injection", "user", "multilingual_override"),
    "x": ("injection", "user", "extraction"),
    "p": ("jailbreak", "user", "persona_jailbreak"),
    "e": ("injection", "tool", "embedded_tool"),
    "c": ("benign", "user", "multilingual_chat"),
    "h": ("benign", "user", "hard_negative"),
    "d": ("benign", "document", "multilingual_document"),
    "t": ("benign", "tool", "tool_benign"),
    "s": ("benign", "document", "security_document"),
    "n": ("benign", "document", "hard_negative"),
}
SLOTS = ("F", "A", "B", "C", "D")
ISO = {"zh-hans": "zh", "zh-hant": "zh"}
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "ð": "d", "þ": "th"})


def parse(path):
    """Returns (texts by tag, forms by concept); a line of another shape is an error that names file and line."""
    texts, forms = {tag: [] for tag in (*HAND, *SLOTS)}, {concept: [] for concept in CONCEPTS}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        head, _, rest = line.partition(" ")
        if head in texts and rest.strip():
            texts[head].append(rest.strip().replace("\\n", "\n"))
        elif head.endswith(":") and head[:-1] in forms:
            forms[head[:-1]] += [form.strip() for form in rest.split(",") if form.strip()]
        else:
            raise SystemExit(f"{path.name}:{number}: expected a tag or a concept, found '{head}'")
    return texts, forms


def records(lang, texts):
    """All records of one language: the hand-written ones, then the combined ones; equal texts once."""
    drafts = [(*HAND[tag], text, "hand", f"{tag}{i}") for tag in HAND for i, text in enumerate(texts[tag])]
    for i, frame in enumerate(texts["F"]):
        channel = "tool" if i % 2 else "document"
        drafts += [("injection", channel, "embedded_tool", frame.replace("{}", order), "frame", f"e{j}")
                   for j, order in enumerate(texts["e"])]
        family = "tool_benign" if i % 2 else "multilingual_document"
        drafts += [("benign", channel, family, frame.replace("{}", note), "frame", f"n{j}")
                   for j, note in enumerate(texts["n"])]
    drafts += [(*HAND["o"], joined(lang, a, b), "slots", "ab") for a in texts["A"] for b in texts["B"]]
    drafts += [(*HAND["h"], joined(lang, c, d), "slots", "cd") for c in texts["C"] for d in texts["D"]]
    seen, out = set(), []
    for label, channel, family, text, subset, cluster in drafts:
        if text not in seen:
            seen.add(text)
            out.append({
                "id": "ml-" + digest(lang, text), "text": text, "label": label, "channel": channel,
                "lang": ISO.get(lang, lang), "family": family, "subset": subset, "source": f"own-ml:{lang}",
                "license": "CC0-1.0", "cluster": f"ml-{lang}-{cluster}"})
    return out


def joined(lang, first, second):
    """Two sentences as the script writes them: without a space where it has none between sentences."""
    return first + ("" if lang in ("ja", "zh-hans", "zh-hant") else " ") + second


def digest(lang, text):
    return hashlib.sha256(f"{lang}\0{text}".encode()).hexdigest()[:16]


def plain(form):
    """The form as it is typed without marks; Latin and Greek only, elsewhere the marks are letters."""
    folded = "".join(c for c in unicodedata.normalize("NFD", form.translate(PLAIN)) if not unicodedata.combining(c))
    return folded if all(ord(c) < 0x400 for c in form if c.isalpha() and not 0x1E00 <= ord(c) < 0x1F00) else form


def lexicon(lang, forms):
    """Rows lang, concept, form, note; each form once per concept, followed by its spelling without marks."""
    rows, seen = [], set()
    for concept in CONCEPTS:
        for entry in forms[concept]:
            form, note = (entry[:-1], "weak") if entry.endswith("~") else (entry, "")
            for spelling in (form, plain(form)):
                if (concept, spelling) not in seen:
                    seen.add((concept, spelling))
                    rows.append(f"{lang}\t{concept}\t{spelling}\t{note}")
    return rows


def broken(lang, texts, forms, made):
    """What is wrong with one language, in words; nothing when all is well."""
    attacks = sum(r["label"] != "benign" for r in made)
    hand = sum(r["subset"] == "hand" for r in made)
    if not 60 <= len(made) <= 100:
        yield f"{lang}: {len(made)} records, expected 60 to 100"
    if attacks > len(made) - attacks:
        yield f"{lang}: {attacks} attacks but only {len(made) - attacks} benign, expected as many benign at least"
    if hand < 30:
        yield f"{lang}: {hand} hand-written texts, expected 30"
    for concept in (c for c in CONCEPTS if not forms[c]):
        yield f"{lang}: no form for {concept}"
    for frame in texts["F"]:
        if frame.count("{}") != 1:
            yield f"{lang}: a frame has no single place for its text"


def main(check):
    outputs, rows, faults, total = {}, ["lang\tconcept\tform\tnote"], [], 0
    for path in sorted(HERE.glob("ml/*.txt")):
        texts, forms = parse(path)
        made = records(path.stem, texts)
        faults += broken(path.stem, texts, forms, made)
        rows += lexicon(path.stem, forms)
        total += len(made)
        outputs[f"ml-{path.stem}.jsonl"] = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in made)
    outputs["ml-lexicon.tsv"] = "\n".join(rows) + "\n"
    for name, content in outputs.items():
        file = HERE / name
        if not check:
            file.write_text(content, "utf-8", newline="\n")
        elif not file.exists() or file.read_text("utf-8") != content:
            faults.append(f"{name}: not what ml/ gives now, run ml_corpus.py")
    print(f"{len(outputs) - 1} languages, {total} records, {len(rows) - 1} forms")
    sys.exit("\n".join(faults) if faults else 0)


if __name__ == "__main__":
    main("--check" in sys.argv[1:])
