"""Learns two sets of trees from what export-candidates.ts wrote: which sentence answers, and whether any does.

    python train.py --train a.jsonl b.jsonl [--test c.jsonl ...] --out pipelines/rules/answering/1/trees.json

A line is a question with the sentences that compete for it: {"patient", "type", "candidates": [{"features": {name: number}, "gold"}]}.
For `sentence`, each sentence is an example: does it hold gold evidence? Sentences of questions that the chart does not answer all count
as "no". For `documented`, each question is one: does the chart answer it? It sees the chances that trees grown on other patients give
the sentences. Prints, cross-validated by patient and on each test file, how often a gold sentence comes first and among three, and how
well the best sentence's chance and `documented` tell questions with an answer from those without (area under the curve).
Python 3.11, lightgbm 4, CPU, two minutes; seeded.
"""
import argparse, json
import lightgbm as lgb
import numpy as np
from sklearn.metrics import roc_auc_score

SETTINGS = dict(objective="binary", learning_rate=0.05, num_leaves=15, min_data_in_leaf=60, feature_fraction=0.4, bagging_fraction=0.7,
                bagging_freq=1, lambda_l2=5, seed=1, num_threads=2, deterministic=True, force_row_wise=True, verbose=-1)
ROUNDS, FOLDS = 300, 5
OF_QUESTION = dict(SETTINGS, learning_rate=0.03, num_leaves=8, min_data_in_leaf=40, feature_fraction=0.3)
QUESTION_ROUNDS = 200
LIKELY = 0.3  # as in rank-by-trees.ts


def read(paths):
    lines = [json.loads(line) for path in paths for line in open(path)]
    return [line for line in lines if line["type"] != "out-of-scope" and line["candidates"]]


def is_answered(line):
    return line["type"] != "unanswerable"


def matrix(line, names):
    return np.array([[c["features"].get(name, 0) for name in names] for c in line["candidates"]], float)


def fit(lines, names):
    # A question whose gold sentence does not compete teaches nothing.
    used = [line for line in lines if not is_answered(line) or any(c["gold"] for c in line["candidates"])]
    rows = np.concatenate([matrix(line, names) for line in used])
    target = [int(c["gold"] and is_answered(line)) for line in used for c in line["candidates"]]
    return lgb.train(SETTINGS, lgb.Dataset(rows, target, feature_name=names), ROUNDS)


def of_question(line, chances):
    """The features that rank-by-trees.ts gives `documented`: the best chances, what the question asks, and all features of the best sentence."""
    order = np.argsort(-np.array(chances), kind="stable")
    best = line["candidates"][order[0]]["features"]
    answers = sorted((c["features"].get("answers", 0) for c in line["candidates"]), reverse=True)
    features = {f"best.{name}": value for name, value in best.items()}
    features |= {f"chance.{k + 1}": chances[i] for k, i in enumerate(order[:4])}
    features |= {f"answers.{k + 1}": value for k, value in enumerate(answers[:2])}
    return features | {"likely": sum(chance > LIKELY for chance in chances), "chances": sum(chances)}


def question_matrix(lines, score, names):
    return np.array([[features.get(name, 0) for name in names] for features in (of_question(line, score(line)) for line in lines)], float)


def fit_documented(lines, score, names):
    answered = [int(is_answered(line)) for line in lines]
    return lgb.train(OF_QUESTION, lgb.Dataset(question_matrix(lines, score, names), answered, feature_name=names), QUESTION_ROUNDS)


def documented_figure(lines, values):
    return f"documented or not {roc_auc_score([is_answered(line) for line in lines], values):.3f}"


def crossed_documented(lines, score, names):
    patients = sorted({line["patient"] for line in lines})
    values = {}
    for fold in range(FOLDS):
        test = [line for line in lines if patients.index(line["patient"]) % FOLDS == fold]
        kept = [line for line in lines if patients.index(line["patient"]) % FOLDS != fold]
        found = fit_documented(kept, score, names).predict(question_matrix(test, score, names))
        values |= {id(line): value for line, value in zip(test, found)}
    return [values[id(line)] for line in lines]


def figures(lines, score):
    first = three = 0
    best, answered = [], []
    for line in lines:
        values = score(line)
        best.append(max(values))
        answered.append(is_answered(line))
        order = np.argsort(-np.array(values), kind="stable")
        if is_answered(line):
            first += line["candidates"][order[0]]["gold"]
            three += any(line["candidates"][i]["gold"] for i in order[:3])
    count = sum(answered)
    return f"first {100 * first / count:.1f}, among three {100 * three / count:.1f} of {count}; answered or not {roc_auc_score(answered, best):.3f}"


def crossed(lines, names):
    patients = sorted({line["patient"] for line in lines})
    scores = {}
    for fold in range(FOLDS):
        test = [line for line in lines if patients.index(line["patient"]) % FOLDS == fold]
        kept = [line for line in lines if patients.index(line["patient"]) % FOLDS != fold]
        trees = fit(kept, names)
        for line in test:
            scores[id(line)] = trees.predict(matrix(line, names))
    return lambda line: scores[id(line)]


def node(tree, splits, leaves):
    """Flattens a tree: a split is [feature, threshold, left, right], a branch below zero is the leaf ~branch."""
    if "leaf_value" in tree:
        leaves.append(round(tree["leaf_value"], 5))
        return ~(len(leaves) - 1)
    assert tree["decision_type"] == "<="
    at = len(splits)
    splits.append(None)
    left, right = (node(tree[side], splits, leaves) for side in ("left_child", "right_child"))
    splits[at] = [tree["split_feature"], round(tree["threshold"], 6), left, right]
    return at


def flatten(tree):
    splits, leaves = [], []
    node(tree, splits, leaves)
    return {"splits": splits, "leaves": leaves}


def flat(booster, names):
    trees = [flatten(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    body = ",\n      ".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    return f'{{\n    "features": {json.dumps(names)},\n    "trees": [\n      {body}\n    ]\n  }}'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--train", nargs="+", required=True)
    parser.add_argument("--test", nargs="*", default=[])
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    lines = read(args.train)
    names = sorted({name for line in lines for c in line["candidates"] for name in c["features"]})
    print("weights alone, train:", figures(lines, lambda line: [c["features"]["score"] for c in line["candidates"]]))
    chances = crossed(lines, names)
    print("cross-validated:", figures(lines, chances))
    trees = fit(lines, names)
    question_names = sorted({name for line in lines for name in of_question(line, chances(line))})
    print("cross-validated:", documented_figure(lines, crossed_documented(lines, chances, question_names)))
    documented = fit_documented(lines, chances, question_names)
    for path in args.test:
        test = read([path])
        print("weights alone,", path, figures(test, lambda line: [c["features"]["score"] for c in line["candidates"]]))
        score = lambda line: trees.predict(matrix(line, names))
        print("trees,", path, figures(test, score), documented_figure(test, documented.predict(question_matrix(test, score, question_names))))
    patients = len({line["patient"] for line in lines})
    note = (f"Trees learned by evals/sentence-ranker/train.py from {len(lines)} questions of {patients} charts that the pair ranker has not seen. "
            "sentence: whether a sentence answers; documented: whether any does. A split: feature, threshold (up to it: left), left, right; "
            "below zero: leaf ~n. Log-odds are summed.")
    parts = ",\n".join(f'  "{name}": {flat(booster, used)}' for name, booster, used in (("sentence", trees, names), ("documented", documented, question_names)))
    with open(args.out, "w") as file:
        file.write(f'{{\n  "note": {json.dumps(note)},\n{parts}\n}}\n')


if __name__ == "__main__":
    main()
