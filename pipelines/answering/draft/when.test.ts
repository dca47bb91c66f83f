import { describe, expect, it } from 'vitest';
import { claimsFor } from '#evals/datasets/ask-marked.ts';
import type { MarkedNotes } from '#evals/datasets/marked-chart.ts';

describe('when something happened', () => {
  it('is told by the sentence that dates it, before those that only name it', async () => {
    const notes: MarkedNotes = [
      ['2022-03-01', 'Oncology: whole breast <P id=p1>radiotherapy</P> finished <W of=p1>2/14/22</W>.'],
      ['2023-03-01', 'Skin after <P hist>radiotherapy</P> is healed. No pain after <P hist>radiotherapy</P> now.'],
    ];
    const [first] = await claimsFor(notes, 'when did radiotherapy end?');
    expect(first).toContain('2/14/22');
  });
  it('is no denial', async () => {
    const notes: MarkedNotes = [
      [
        '2023-03-01',
        '<T>EEG</T> in <W of=s1>1/2023</W>: no <S neg id=s1>seizures</S>. Last <S id=s2>seizure</S> <W of=s2>8/14/2022</W>.',
      ],
    ];
    expect((await claimsFor(notes, 'when was her last seizure?')).join(' ')).toContain('8/14/2022');
  });
  it('is told with the sentence that a drug was started in', async () => {
    const notes: MarkedNotes = [
      ['2023-11-03', 'Still hypotensive, <M act=start id=m1>norepinephrine</M> started <W of=m1>0740</W> via R IJ.'],
      ['2023-11-07', '<M act=stop>Norepinephrine</M> off.'],
    ];
    const given = await claimsFor(notes, 'when was norepinephrine started?');
    expect(given[0]).toBe('Norepinephrine started 3 Nov 2023.');
    expect(given[1]).toContain('0740');
  });
});

describe('how old someone was', () => {
  it('is read beside the thing', async () => {
    const notes: MarkedNotes = [
      ['2022-09-13', 'First grader known to us for <C id=c1>asthma</C> (dx <W of=c1>age 4</W>).'],
    ];
    expect((await claimsFor(notes, 'how old was he when asthma was diagnosed?')).join(' ')).toContain('age 4');
  });
});

describe('what is due', () => {
  const notes: MarkedNotes = [
    ['2022-01-10', 'Follow up in 6 months.'],
    [
      '2023-02-01',
      'Seen two weeks ago for <S>cough</S>.\nI will see her back in clinic in approximately 10 days for staple removal.',
    ],
  ];
  it.each(['when is she due back?', 'when is her next appointment?', 'when do the staples come out?'])(
    'is what the last note plans: %s',
    async (question) => {
      expect((await claimsFor(notes, question))[0]).toContain('in approximately 10 days');
    },
  );
  it('is not told of another thing', async () => {
    const given = await claimsFor(
      [['2023-02-01', 'Takes <M act=continue>sertraline</M>. Follow up of the <S>cough</S> in two weeks.']],
      'when is the sertraline due for review?',
    );
    expect(given.join(' ')).not.toContain('two weeks');
  });
});
