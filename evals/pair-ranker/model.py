"""The pair ranker: a small BERT reads question and sentence together and gives one number, higher where the sentence answers."""
import torch
from torch import nn
from transformers import AutoModel


class PairRanker(nn.Module):
    """Starts near the cosine of the two parts' means, which the sentence embedder it grows from was trained for."""

    def __init__(self, base):
        super().__init__()
        self.bert = AutoModel.from_pretrained(base, add_pooling_layer=False)
        width = self.bert.config.hidden_size
        self.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(3 * width, 128), nn.GELU(), nn.Linear(128, 1))
        self.scale = nn.Parameter(torch.tensor(4.0))

    def forward(self, input_ids, attention_mask, token_type_ids):
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state
        second = (token_type_ids * attention_mask).unsqueeze(-1).float()
        first = ((1 - token_type_ids) * attention_mask).unsqueeze(-1).float()
        q = (states * first).sum(1) / first.sum(1)
        s = (states * second).sum(1) / second.sum(1)
        cosine = (q * s).sum(1) / (q.norm(dim=1) * s.norm(dim=1))
        return self.scale * (cosine - 0.5) + self.head(torch.cat([states[:, 0], q * s, (q - s).abs()], 1)).squeeze(1)
