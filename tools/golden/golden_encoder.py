#!/usr/bin/env python3
"""Reference values for the tests of the sentence encoder, from PyTorch and Hugging Face's tokenizers and transformers.

usage: golden_encoder.py NEURAL_OUT_DIR TEXT_OUT_DIR --model DIR

NEURAL_OUT_DIR  (Tests/NeuralTests/Golden) gets encoder.safetensors, a small BERT of random weights, and
                encoder-golden.safetensors: for three sentences sN.tokens (as float32), and its states after the embeddings and
                after each layer, sN.states0, .states1, .states2 (tokens, hidden). Metadata: heads, epsilon, maximum.
TEXT_OUT_DIR    (Tests/TextTests/Golden) gets
                vocabulary.txt   a small part of the model's vocabulary
                tokens.json      odd texts, with their tokens in the small vocabulary (`small`, at most 24) and in the model's
                                 own (`full`, at most 256)
                characters.txt   what the normaliser and the splitter make of every character: `first last class` in
                                 hexadecimal, where class is dropped, space, han, mark or punctuation; all others are
                                 letters
                sentences.json   sentences; sentences.f32: their vectors, 384 numbers each (binary32, little endian), by the model
                small-model/     the small BERT once more, with a vocabulary of 40 pieces, as the folder of a model;
                                 small-model.json: texts and their vectors by it

--model         the folder of all-MiniLM-L6-v2, as `morelli model fetch` leaves it (its tokenizer.json is made anew from
                vocab.txt, by the reference's own rules for BERT)

Tolerance: 1e-5 of the largest number of a tensor for the small network, cosine 0.99999 for the sentences, see the tests.
Needs numpy, torch, safetensors, tokenizers, transformers.
"""
import argparse
import json
import pathlib
import unicodedata

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel

TEXTS = [
    "", " ", "\t\n\r ", "a", "A", "The Starry Night", "the starry night", "THE STARRY NIGHT!",
    "Still life with apples, pears & a jug (c. 1890–95)", "oil on canvas; 73.7 × 92.1 cm", "it's the painter's wife's portrait",
    "co-operation, re-use: e-mail@example.org/path?x=1&y=2#z", "$100 £200 €300 ¥400 ₿5 ^`~|<>=+", "1,234.56 ½ ² ③ Ⅷ ٣ ३",
    "Café Müller, Aoife Ní Dhálaigh, Čiurlionis, Đorđe, Łódź, Ærø, Þingvellir, straße", "cafe\u0301 = caf\u00e9; Å = A\u030a = \u212b",
    "Nguyễn Phan Chánh vẽ tranh lụa", "İstanbul'da ıssız bir gece", "ΟΔΥΣΣΕΥΣ και Πηνελόπη", "Иван Крамской: Неизвестная; ёлка Йод",
    "王羲之《蘭亭序》唐摹本", "富嶽三十六景 神奈川沖浪裏", "かつしか ほくさい が カタカナ", "がぎぐげご", "가나다 한국화 산수", "中文English混排text",
    "𠀀𠮷 rare Han, 〇 々 ㊗", "ภาพวาดไทย", "चित्रकला की शैली", "لوحة فنية عَرَبِيَّة", "ציור שֶׁמֶן על בד", "ხელოვნება", "Հայկական մանրանկար", "ἁρμονία ᾠδή ὕβρις",
    "🎨🖼️ painting 👩‍🎨 👨‍👩‍👧‍👦 🇫🇷 🫨", "❤️ & ♥ ☆ ★ ♪", "zero\u200bwidth\u200djoin\ufeff bom soft\u00adhyphen", "nul\x00 bell\x07 esc\x1b[31m del\x7f c1\x85\x9f",
    "line\u2028paragraph\u2029nbsp\u00a0thin\u2009ideographic\u3000vt\x0bff\x0c", "replacement \ufffd private \ue000 \U000f0000 noncharacter \uffff \U0010ffff",
    "unassigned \u0378 \U0001fbff new \U0001e900 mark x\u0898y punct a\u2e5db", "combining a\u0301\u0302\u0303\u0304\u0305b z\u0338 x\u20dd ก็",
    "math 𝔐𝔬𝔯𝔢𝔩𝔩𝔦 𝓢𝓽𝔂𝓵𝓮 ﬁ ﬂ ﬀ ﬃ", "fullwidth ＡＢＣ１２３，。！", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "x" * 100, "x" * 101,
    "é" * 100 + " " + "é" * 101, "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis", "unaffable unbelievably Kandinskyesque",
    "word " * 300, "日" * 300, "." * 300, "a-" * 200, "[CLS] [SEP] [MASK] [PAD] [UNK]", "foo[MASK]bar[sep][SEP", "[[MASK]] [MASK", "##ing ## # the##re",
    "\u0301\u0302", "\u200b\u200c", "«Guillemets» „quotes“ ‘single’ …—–‐‑ ‰ † ¶ § ¿qué? ¡sí!", "ǅ Ǆ ẞ ſ K Ω ɐ",
    "a\u0338b ̸ \u1734 \u166d \u0a76", "tab\tnew\nline\rreturn", ("A quiet river landscape at dusk, with two boats. " * 40).strip(),
]

SENTENCES = [
    "starry night", "a portrait of an old woman in a red shawl", "Sonnenaufgang über dem Meer", "富嶽三十六景 神奈川沖浪裏", "cafe in Paris at night, 1888",
    "View of Delft. Johannes Vermeer. Baroque. oil on canvas. A townscape seen across the water, with clouds and reflections.",
    "View across a canal towards a Dutch town under a wide cloudy sky", "abstract composition of red, yellow and blue rectangles",
    "geometric abstraction in primary colours", "still life with skull, hourglass and burnt-out candle", "vanitas",
    "woodblock print of a great wave", "🎨🖼️", "?", "Madonna and Child with Saints. tempera on panel. Early Renaissance. religious painting. gold ground, halo, altarpiece",
    "İstanbul'da ıssız bir gece", "x" * 101, "The quick brown fox jumps over the lazy dog.",
    ("A quiet river landscape at dusk, with two boats, a mill and grazing cattle. " * 8).strip(),
    " ".join(f"Plate {i} of the series shows a ruined temple by the sea." for i in range(60)),
]


def small_network(folder):
    torch.manual_seed(8)
    config = BertConfig(vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
                        max_position_embeddings=21, type_vocab_size=2, hidden_act="gelu", layer_norm_eps=1e-5)
    net = BertModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for name, p in net.named_parameters():
            scale, shift = (0.3, 1 if "LayerNorm.weight" in name else 0) if "LayerNorm" in name or "bias" in name else (0.5, 0)
            p.copy_(torch.randn(p.shape) * scale + shift)
    weights = {k: np.ascontiguousarray(v.numpy()) for k, v in net.state_dict().items() if "position_ids" not in k}
    weights["embeddings.position_ids"] = np.arange(21)[None]
    weights["pooler.dense.weight"] = np.zeros((24, 24), np.float32)
    save_file(weights, folder / "encoder.safetensors", {"format": "pt"})
    golden, rng = {}, np.random.default_rng(9)
    for number, count in enumerate((1, 5, 20)):
        tokens = torch.from_numpy(rng.integers(0, 40, (1, count)))
        with torch.no_grad():
            states = net(tokens, output_hidden_states=True).hidden_states
        golden[f"s{number}.tokens"] = tokens[0].numpy().astype(np.float32)
        golden |= {f"s{number}.states{i}": np.ascontiguousarray(s[0].numpy()) for i, s in enumerate(states)}
    save_file(golden, folder / "encoder-golden.safetensors", {"heads": "3", "epsilon": "1e-5", "maximum": "20"})
    return net


def tokenizer(vocabulary, most):
    t = BertWordPieceTokenizer(vocab={word: i for i, word in enumerate(vocabulary)}, lowercase=True)
    t.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    t.enable_truncation(most)
    return t


def part(vocabulary, full):
    """Special pieces, all that the texts need, their beginnings, and all short ones of Latin letters."""
    words = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
    for text in TEXTS:
        for word in full.encode(text).tokens:
            bare = word.removeprefix("##")
            words |= {word[:len(word) - len(bare)] + bare[:n] for n in range(1, len(bare) + 1)}
    words |= {w for w in vocabulary if len(w.removeprefix("##")) <= 2 and w.isascii()}
    # Some are taken away again, so that words are cut where the model's own vocabulary has them whole.
    return [w for i, w in enumerate(vocabulary) if w in words and (i % 7 or len(w) < 4 or w[0] == "[")]


def characters(full):
    """Runs of characters of one class."""
    normal, split = full._tokenizer.normalizer.normalize_str, full._tokenizer.pre_tokenizer.pre_tokenize_str
    runs = []
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        c = chr(code)
        text = normal(f"x{c}x")
        parts = split(text)
        if text == "xx":
            marks = unicodedata.normalize("NFD", c)
            kind = "mark" if unicodedata.category(marks[0])[0] == "M" else "dropped"
        elif text == "x x":
            kind = "space"
        elif text[1] == " ":
            kind = "han"
        elif len(parts) == 3:
            kind = "punctuation"
        else:
            continue
        if runs and runs[-1][1] == code - 1 and runs[-1][2] == kind:
            runs[-1][1] = code
        else:
            runs.append([code, code, kind])
    return "".join(f"{a:x} {b:x} {kind}\n" for a, b, kind in runs)


def vectors(net, words, sentences):
    rows = []
    for sentence in sentences:
        ids = torch.tensor([words.encode(sentence).ids])
        with torch.no_grad():
            mean = net(ids).last_hidden_state[0].mean(0)
        rows.append((mean / mean.norm()).numpy())
    return np.stack(rows)


def small_model(folder, net):
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "starry", "night", "the", "of", "a", "river", "boat", "##s", "##ing", "paint",
                  "old", "woman", "red", "blue", "sea", "at", "with", "and", "two", "portrait", "landscape", "still", "life", "skull", "on",
                  "canvas", "oil", "wave", "great", "view", "town", ".", ",", "-", "日"]
    texts = ["starry night", "The paintings of a river, with two boats.", "日 x", " ".join(["great wave"] * 30)]
    place = folder / "small-model"
    place.mkdir(exist_ok=True)
    (place / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    config = net.config
    (place / "config.json").write_text(json.dumps(dict(
        model_type="bert", hidden_size=config.hidden_size, num_hidden_layers=2, num_attention_heads=3, hidden_act="gelu",
        max_position_embeddings=21, layer_norm_eps=1e-5, vocab_size=40), indent=2) + "\n")
    weights = {k: np.ascontiguousarray(v.numpy()) for k, v in net.state_dict().items() if "position_ids" not in k}
    save_file(weights, place / "model.safetensors", {"format": "pt"})
    rows = vectors(net, tokenizer(vocabulary, 21), texts)
    lines = [json.dumps({"text": t, "vector": [round(float(x), 7) for x in v]}) for t, v in zip(texts, rows)]
    (folder / "small-model.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("neural_out"); p.add_argument("text_out"); p.add_argument("--model", required=True)
    a = p.parse_args()
    torch.set_num_threads(1)
    net = small_network(pathlib.Path(a.neural_out))
    out = pathlib.Path(a.text_out)
    vocabulary = (pathlib.Path(a.model) / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    full = tokenizer(vocabulary, 256)
    fewer = part(vocabulary, full)
    small = tokenizer(fewer, 24)
    (out / "vocabulary.txt").write_text("\n".join(fewer) + "\n", encoding="utf-8")
    lines = [json.dumps({"text": t, "small": small.encode(t).ids, "full": full.encode(t).ids}) for t in TEXTS]
    (out / "tokens.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    (out / "characters.txt").write_text(characters(full))
    (out / "sentences.json").write_text(json.dumps(SENTENCES, indent=0) + "\n")
    vectors(BertModel.from_pretrained(a.model).eval(), full, SENTENCES).astype("<f4").tofile(out / "sentences.f32")
    small_model(out, net)


if __name__ == "__main__":
    main()
