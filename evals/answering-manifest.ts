import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes the manifest of the answering rules anew after a list was edited: `node --import tsx evals/answering-manifest.ts`. */
const FOLDER = new URL('../pipelines/rules/answering/1/', import.meta.url).pathname;
const names = readdirSync(FOLDER).filter((name) => name !== 'manifest.json');
const hash = (name: string): string =>
  createHash('sha256')
    .update(readFileSync(FOLDER + name))
    .digest('hex');
const manifest = {
  ruleSet: 'answering',
  release: '1',
  source:
    'Word lists and patterns written for this product; english.json: whole words of the BERT vocabulary; ranking.json: learned from the open charts by evals/train-ranker.ts.',
  licence: 'MIT; english.json Apache-2.0',
  files: Object.fromEntries(names.map((name) => [name, hash(name)])),
};
writeFileSync(`${FOLDER}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
