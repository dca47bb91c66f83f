import type { Progress, StatusResponse } from '#server/contract/index.ts';

export interface StatusPart {
  readonly text: string;
  readonly tone: 'plain' | 'look';
}

interface StatusInput {
  readonly status: StatusResponse | undefined;
  readonly progress: Progress | null;
  readonly connected: boolean;
  readonly unreachable: boolean;
  readonly narrow: boolean;
}

const plain = (text: string): StatusPart => ({ text, tone: 'plain' });
const look = (text: string): StatusPart => ({ text, tone: 'look' });
const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;

function readingParts(notes: Progress | StatusResponse['notes'], wordsPerSecond: number | null): StatusPart[] {
  const read = count(notes.read, 'note');
  const speed = wordsPerSecond ? ` · ${Math.round(wordsPerSecond).toLocaleString('en')} words/s` : '';
  const parts = [
    notes.queued > 0
      ? plain(`reading: ${notes.read} of ${count(notes.read + notes.queued, 'note')}${speed}`)
      : plain(`${read} read`),
  ];
  return notes.failed > 0 ? [...parts, look(`${count(notes.failed, 'note')} could not be read`)] : parts;
}

function localityPart(status: StatusResponse): StatusPart {
  if (status.outboundConnections > 0) return look(`${count(status.outboundConnections, 'outbound connection')}`);
  return plain('local only: 0 outbound connections');
}

/** The status line in words, and the share of notes read while some wait. */
export function statusParts(input: StatusInput): { texts: StatusPart[]; share: number | null } {
  const { status, progress, connected, unreachable, narrow } = input;
  if (unreachable) return { texts: [look('offline: the server does not answer; what is shown is kept')], share: null };
  if (!status) return { texts: [], share: null };
  const notes = progress ?? status.notes;
  const total = notes.read + notes.queued;
  const share = total > 0 ? notes.read / total : null;
  const reading = readingParts(notes, progress?.wordsPerSecond ?? status.reading?.wordsPerSecond ?? null);
  const connection = connected ? [] : [look('live connection: reconnecting')];
  if (narrow) return { texts: [...reading, ...connection, localityPart(status)], share };
  const model = status.languageModel ? [plain(`language model ${status.languageModel}`)] : [];
  return {
    texts: [...reading, ...connection, ...status.releases.map(plain), ...model, localityPart(status)],
    share,
  };
}
