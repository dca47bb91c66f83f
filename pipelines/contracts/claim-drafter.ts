/** One piece of evidence as a language model sees it: numbered, and nothing of the chart beside it. */
export interface NumberedEvidence {
  /** From 1. */
  readonly number: number;
  /** What kind of note it is from, and when: `discharge summary, 2020-06-19`. */
  readonly source: string;
  readonly text: string;
}

export interface DraftedClaim {
  readonly text: string;
  /** Numbers of the evidence that the sentence stands on. */
  readonly evidence: readonly number[];
}

/**
 * Drafts claims from evidence. Optional: without one, answers are drafted by rules. Whatever it returns passes the same
 * verification as any other claim, so a wrong or hostile draft is dropped, never shown.
 */
export interface ClaimDrafter {
  /** Model as configured, for provenance. */
  readonly name: string;
  /** Id and hash of the prompt. */
  readonly prompt: string;
  /**
   * @returns Claims with evidence numbers; an empty list where the model says that the evidence does not answer.
   * @throws ClinicalError `LANGUAGE_MODEL_UNAVAILABLE` (time-out, refusal, rate limit, cut stream), `MODEL_OUTPUT_INVALID`
   */
  draft(
    question: string,
    evidence: readonly NumberedEvidence[],
    signal?: AbortSignal,
  ): Promise<readonly DraftedClaim[]>;
}
