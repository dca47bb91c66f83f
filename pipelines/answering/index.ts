export { exampleQuestions } from './brief/example-questions.ts';
export { writeBrief } from './brief/write-brief.ts';
export type { Brief, BriefKind, BriefSection } from './brief/write-brief.ts';
export { readQuestion } from './question/read-question.ts';
export type { Question, Subject } from './question/types.ts';
export { ANSWERING_RULES } from './rules.ts';
export { verifyClaims } from './verify/gate.ts';
export type { Refusal, Verified } from './verify/gate.ts';
