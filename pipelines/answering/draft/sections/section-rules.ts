import { stemsOf } from '../../text/words.ts';
import sectionRules from '../../../rules/answering/1/sections.json' with { type: 'json' };

/** A topic that a question can ask about without naming a concept, and where notes answer it. */
export interface Topic {
  readonly topic: string;
  /** Every way of asking for it. */
  readonly asks: RegExp;
  /** Tested against `category|title` of a section, best first. */
  readonly sections: readonly RegExp[];
  /** Tested against a sentence, best first; looked at where no section answers. */
  readonly sentences: readonly RegExp[];
  /** What a sentence of a section must hold. */
  readonly needs: RegExp | null;
  /** Sentences that come first. */
  readonly prefer: RegExp | null;
  /** Sentences that speak of another time or matter. */
  readonly avoid: RegExp | null;
  /** Sections that a sentence may stand in. */
  readonly within: RegExp | null;
  /** Section whose first sentence answers where nothing else does. */
  readonly orFirstOf: RegExp | null;
  /** Labels of which a sentence holds one that is not denied. */
  readonly holds: readonly string[];
  /** As `holds`, but a sentence that says there are none serves too. */
  readonly holdsOrNone: readonly string[];
  /** Whether the question may name an operation of the note. */
  readonly aboutOperation: boolean;
  /** Whether the answer stands at the end of a note. */
  readonly last: boolean;
  /** Whether the answer stands among the first sentences of a note. */
  readonly earlyOnly: boolean;
  /** Whether only the last note (of those asked for) is read: older ones no longer hold. */
  readonly onlyOneNote: boolean;
  /** Whether short headed lines ("1. Gout.") are the answer where there are some. */
  readonly headed: boolean;
  /** Whether "tomorrow" in the question picks sentences of the next day. */
  readonly tomorrow: boolean;
  readonly family: boolean;
  /** Whether it answers a question of how something went over time. */
  readonly ofTrend: boolean;
  /** Left to the chart's allergies where there are some, or to sentences that name the subject. */
  readonly unlessKnown: 'allergies' | 'subject' | null;
  readonly most: number;
}

/** What is asked of a thing that stands beside it: its size, setting, pressure, place. */
export interface Beside {
  readonly attribute: string;
  readonly asks: RegExp;
  readonly value: RegExp;
  /** The words of `asks` that the note uses too ("tourniquet *time*"). */
  readonly labelled: RegExp | null;
  /** Whether a chart without the value has no answer at all. */
  readonly strict: boolean;
  /** Whether a sentence that goes on with a pronoun counts as naming the thing. */
  readonly pronoun: boolean;
  readonly ofTest: boolean;
}

type TopicSource = Readonly<Record<string, unknown>>;

const pattern = (source: unknown): RegExp | null => (typeof source === 'string' ? new RegExp(source, 'i') : null);
const patterns = (source: unknown): RegExp[] =>
  Array.isArray(source) ? source.map((one) => new RegExp(String(one), 'i')) : [];
const labels = (source: unknown): string[] => (typeof source === 'string' ? source.split('|') : []);

function topicOf(source: TopicSource): Topic {
  return {
    topic: String(source['topic']),
    asks: new RegExp(String(source['asks']), 'gi'),
    sections: patterns(source['sections']),
    sentences: patterns(source['sentences']),
    needs: pattern(source['needs']),
    prefer: pattern(source['prefer']),
    avoid: pattern(source['avoid']),
    within: pattern(source['within']),
    orFirstOf: pattern(source['orFirstOf']),
    holds: labels(source['holds']),
    holdsOrNone: labels(source['holdsOrNone']),
    aboutOperation: source['about'] === 'operation',
    last: source['last'] === true,
    earlyOnly: source['earlyOnly'] === true,
    onlyOneNote: source['onlyOneNote'] === true,
    headed: source['headed'] === true,
    tomorrow: source['tomorrow'] === true,
    family: source['family'] === true,
    ofTrend: source['trend'] === true,
    unlessKnown:
      source['unlessKnown'] === 'allergies' || source['unlessKnown'] === 'subject' ? source['unlessKnown'] : null,
    most: Number(source['most'] ?? 2),
  };
}

function besideOf(source: TopicSource): Beside {
  return {
    attribute: String(source['attribute']),
    asks: new RegExp(String(source['asks']), 'gi'),
    value: new RegExp(String(source['value']), 'gi'),
    labelled: pattern(source['labelled']),
    strict: source['strict'] === true,
    pronoun: source['pronoun'] === true,
    ofTest: source['of'] === 'test',
  };
}

/** Topics in the order in which they are tried. */
export const TOPICS: readonly Topic[] = sectionRules.topics.map((source) => topicOf(source));
export const BESIDES: readonly Beside[] = sectionRules.besides.map((source) => besideOf(source));
/** A device's name in a question to the names that notes use for it. */
export const DEVICES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(sectionRules.devices));
/** Words of a question for the operation that a note describes. */
export const OPERATION_WORDS = new RegExp(sectionRules.operations, 'i');
/** Types and titles of notes of operations. */
export const OPERATIVE = new RegExp(sectionRules.operative, 'i');

export const INDICATION = {
  asks: new RegExp(sectionRules.indication.asks, 'gi'),
  sections: patterns(sectionRules.indication.sections),
  study: new RegExp(sectionRules.indication.study, 'i'),
  purpose: new RegExp(sectionRules.indication.purpose, 'i'),
  studies: new Map(
    Object.entries(sectionRules.indication.studies).map(([name, forms]) => [
      name,
      new RegExp(`\\b(${forms.join('|')})\\b`, 'i'),
    ]),
  ),
};

export const NO_SURGERY = {
  asks: new RegExp(sectionRules.noSurgery.asks, 'i'),
  sentences: new RegExp(sectionRules.noSurgery.sentences, 'i'),
};

/** What a sentence holds beside a drug or a test, for a question that asks for just that. */
export const DETAILS = {
  dose: new RegExp(sectionRules.details.dose, 'i'),
  reason: new RegExp(sectionRules.details.reason, 'i'),
  noResult: new RegExp(sectionRules.details.noResult, 'i'),
  result: new RegExp(sectionRules.details.result, 'i'),
  reaction: new RegExp(sectionRules.details.reaction, 'i'),
};

/** Words that are so common that they alone do not name a subject. */
export const GENERIC_FORMS: ReadonlySet<string> = new Set(stemsOf(sectionRules.genericForms));
/** Names of measurements that only a number answers. */
export const VITALS = new RegExp(sectionRules.vitals, 'i');
/** A question for what a study showed, and sentences that tell it. */
export const STUDY = {
  asks: new RegExp(sectionRules.study.asks, 'gi'),
  says: new RegExp(sectionRules.study.says, 'i'),
  /** Without a result yet. */
  pending: new RegExp(sectionRules.study.pending, 'i'),
};
