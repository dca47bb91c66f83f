export type { DrafterOptions, Prompt } from './claim-drafter.ts';
export { createClaimDrafter, isLoopback } from './claim-drafter.ts';
