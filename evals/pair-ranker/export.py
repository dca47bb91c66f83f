"""Exports a trained pair ranker to ONNX int8.  python export.py --base DIR --weights FILE.pt --out DIR

Inputs input_ids, attention_mask, token_type_ids [B, T] int64; output scores [B, 1]. Dynamic int8, per channel, weights in seven bits,
as the other models of this house. Writes config, vocabulary and manifest beside it.
"""
import argparse, hashlib, json, os, shutil
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from model import PairRanker


class Scores(torch.nn.Module):
    def __init__(self, ranker):
        super().__init__()
        self.ranker = ranker

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.ranker(input_ids, attention_mask, token_type_ids).unsqueeze(1)


parser = argparse.ArgumentParser()
for name in ("base", "weights", "out"):
    parser.add_argument(f"--{name}", required=True)
args = parser.parse_args()
ranker = PairRanker(args.base)
ranker.load_state_dict(torch.load(args.weights))
ranker.eval()
ranker.bert.config._attn_implementation = "eager"
os.makedirs(f"{args.out}/onnx", exist_ok=True)
ids = torch.ones(2, 16, dtype=torch.long)
types = torch.cat([torch.zeros(2, 6, dtype=torch.long), torch.ones(2, 10, dtype=torch.long)], 1)
names = ["input_ids", "attention_mask", "token_type_ids"]
full = f"{args.out}/onnx/fp32.onnx"
torch.onnx.export(Scores(ranker), (ids, torch.ones_like(ids), types), full, input_names=names, output_names=["scores"],
                  dynamic_axes={n: {0: "batch", 1: "sequence"} for n in names} | {"scores": {0: "batch"}}, opset_version=17, dynamo=False)
quantize_dynamic(full, f"{args.out}/onnx/model_quantized.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
os.remove(full)
shutil.copy(f"{args.base}/vocab.txt", args.out)
config = json.load(open(f"{args.base}/config.json"))
json.dump({k: v for k, v in config.items() if k != "_name_or_path"}, open(f"{args.out}/config.json", "w"), indent=2)
files = ["config.json", "onnx/model_quantized.onnx", "vocab.txt"]
digest = {f: hashlib.sha256(open(f"{args.out}/{f}", "rb").read()).hexdigest() for f in files}
manifest = {"name": "pair-ranker", "release": "3", "licence": "Apache-2.0",
            "source": "grown from sentence-transformers/all-MiniLM-L6-v2 by evals/pair-ranker; see card.md", "files": digest}
json.dump(manifest, open(f"{args.out}/manifest.json", "w"), indent=2)
