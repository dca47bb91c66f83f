export { combineFlags, readersAgree } from './combine-flags.ts';
export { contextRules, CONTEXT_RULES } from './context-rules.ts';
export type { ContextRules } from './context-rules.ts';
export { readContext, readContextInSteps } from './read-context.ts';
export type { ContextEntity, ContextNote, RuleReading } from './read-context.ts';
