"""Trains the pair ranker on what export-pairs.ts wrote.

    python train.py --base DIR --train a.jsonl b.jsonl --test c.jsonl --out DIR [--epochs 3] [--hold-patients p1,p2]

A line is a question with its candidate sentences: {"question", "type", "candidates": [{"question", "text", "gold", "rank"}]}; a
candidate's own question is in the words of its sentence; `rank` is its place in the order of the rules' ranker, -1 where that
ranker did not reach it. Prints, on the test lines, how often a gold sentence
comes first, among three, among five, by the rules' ranker and by the model. Seeded; two threads.
"""
import argparse, json, math, random, time
import torch
from torch import nn
from transformers import AutoTokenizer
from model import PairRanker

NEGATIVES, LENGTH, GROUPS, CHUNK = 8, 96, 4, 12


def read(paths):
    return [json.loads(line) for path in paths for line in open(path)]


def group(line, rng):
    gold = [c for c in line["candidates"] if c["gold"]]
    others = [c for c in line["candidates"] if not c["gold"]]
    others.sort(key=lambda c: c["rank"] if c["rank"] >= 0 else 1000)
    hard, rest = others[:14], others[14:]
    rng.shuffle(hard)
    rng.shuffle(rest)
    negatives = hard[: NEGATIVES - 2] + rest[:2] if gold else hard[:NEGATIVES]
    positives = [rng.choice(gold)] if gold else []
    return line["question"], positives + negatives, bool(gold)


def encode(tokenizer, pairs):
    return tokenizer([q for q, _ in pairs], [s for _, s in pairs], truncation="only_second", max_length=LENGTH, padding=True, return_tensors="pt")


def scores_of(model, tokenizer, pairs):
    """In chunks of like length, so that little is spent on padding; order kept."""
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][1]))
    parts = [model(**encode(tokenizer, [pairs[i] for i in order[at : at + CHUNK]])) for at in range(0, len(order), CHUNK)]
    found = torch.cat(parts)
    back = torch.empty(len(pairs), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(pairs))
    return found[back]


def train(model, tokenizer, lines, epochs, seed, rate):
    rng = random.Random(seed)
    body = [p for n, p in model.named_parameters() if n.startswith("bert.encoder")]
    head = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    for n, p in model.named_parameters():
        p.requires_grad = not n.startswith("bert.embeddings")
    opt = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": head, "lr": 25 * rate}], weight_decay=0.01)
    steps = epochs * math.ceil(len(lines) / GROUPS)
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, (s + 1) / (0.06 * steps)) * max(0.02, 1 - s / steps))
    bce, started, step = nn.BCEWithLogitsLoss(), time.time(), 0
    for epoch in range(epochs):
        order = lines[:]
        rng.shuffle(order)
        model.train()
        total = 0.0
        for at in range(0, len(order), GROUPS):
            groups = [group(line, rng) for line in order[at : at + GROUPS]]
            pairs = [(c.get("question", q), c["text"]) for q, cs, _ in groups for c in cs]
            scores = scores_of(model, tokenizer, pairs)
            loss, start = 0.0, 0
            for _, cs, answered in groups:
                part = scores[start : start + len(cs)]
                start += len(cs)
                target = torch.zeros(len(cs))
                if answered:
                    target[0] = 1
                    loss = loss - torch.log_softmax(part, 0)[0]
                loss = loss + bce(part - 2, target)
            loss = loss / len(groups)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            schedule.step()
            opt.zero_grad()
            total += loss.item()
            step += 1
            if step % 100 == 0:
                print(f"epoch {epoch} {at}/{len(order)} loss {total / (at / GROUPS + 1):.3f} {time.time() - started:.0f} s", flush=True)
        yield epoch


@torch.no_grad()
def score(model, tokenizer, question, candidates):
    model.eval()
    return scores_of(model, tokenizer, [(c.get("question", question), c["text"]) for c in candidates]).tolist()


def evaluate(model, tokenizer, lines):
    ranks = {"rules": [], "model": [], "fused": []}
    for line in lines:
        cs = line["candidates"]
        if not any(c["gold"] for c in cs):
            continue
        rules = [-(c["rank"] if c["rank"] >= 0 else 1000) for c in cs]
        scores = score(model, tokenizer, line["question"], cs)
        fused = [s + 3 / (1.5 - r) for s, r in zip(scores, rules)]
        for name, values in (("rules", rules), ("model", scores), ("fused", fused)):
            order = sorted(range(len(cs)), key=lambda i: -values[i])
            ranks[name].append(next(k for k, i in enumerate(order) if cs[i]["gold"]))
    for name, found in ranks.items():
        print(name, *(f"first {k}: {100 * sum(r < k for r in found) / len(found):.1f}" for k in (1, 3, 5)), f"of {len(found)}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", required=True)
    parser.add_argument("--train", nargs="+", required=True)
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--out")
    parser.add_argument("--weights")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)
    tokenizer = AutoTokenizer.from_pretrained(args.base)
    model = PairRanker(args.base)
    if args.weights:
        model.load_state_dict(torch.load(args.weights))
    lines, test = read(args.train), read(args.test)
    for epoch in train(model, tokenizer, lines, args.epochs, args.seed, args.rate):
        print(f"after epoch {epoch}", flush=True)
        if test:
            evaluate(model, tokenizer, test)
        if args.out:
            torch.save(model.state_dict(), args.out)


if __name__ == "__main__":
    main()
