export { exampleQuestions } from './brief/example-questions.ts';
export { problemGroups, significantProblems } from './brief/problem-course.ts';
export type { ProblemGroup, SignificantProblems } from './brief/problem-course.ts';
export { indexOf, unitsOf } from './evidence/chart-index.ts';
export { readQuestion } from './question/read-question.ts';
export type { Question, Subject } from './question/types.ts';
export { ANSWERING_RULES } from './rules.ts';
export { verifyClaims } from './verify/gate.ts';
export type { Refusal, Verified } from './verify/gate.ts';
