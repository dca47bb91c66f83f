/** Work in small steps, for a caller that gives way between them; the result comes last. */
export type Steps<Result> = Generator<undefined, Result>;

/** What each item gives, in one list; a step for each item. */
export function* stepsOf<Item, Part>(items: Iterable<Item>, partsOf: (item: Item) => readonly Part[]): Steps<Part[]> {
  const parts: Part[] = [];
  for (const item of items) {
    for (const part of partsOf(item)) parts.push(part);
    yield;
  }
  return parts;
}

/** Takes all steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Takes the steps with a rest between them, for work on a thread that others need too. */
export async function takeTurns<Result>(steps: Steps<Result>, rest: () => Promise<void>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await rest();
  }
}
