import type { AnswerEventView, AskMessage } from '#server/contract/index.ts';

type Listener = (argument?: unknown) => void;
type Acknowledge = (failure: Error | null, reply: { readonly id: string }) => void;

/** Stands in for the live connection: records what is asked, and sends what the test tells it to. */
export class FakeSocket {
  connected = true;
  readonly asked: AskMessage[] = [];
  readonly cancelled: string[] = [];
  private readonly listeners = new Map<string, Set<Listener>>();

  on(name: string, listener: Listener): this {
    this.listeners.set(name, (this.listeners.get(name) ?? new Set()).add(listener));
    return this;
  }

  once(name: string, listener: Listener): this {
    return this.on(name, listener);
  }

  off(name: string, listener: Listener): this {
    this.listeners.get(name)?.delete(listener);
    return this;
  }

  timeout(): this {
    return this;
  }

  emit(name: string, message: AskMessage | { readonly id: string }, acknowledge?: Acknowledge): this {
    if (name === 'ask') {
      this.asked.push(message as AskMessage);
      acknowledge?.(null, { id: `a${this.asked.length}` });
    } else if (name === 'cancel') {
      this.cancelled.push((message as { readonly id: string }).id);
    }
    return this;
  }

  /** Sends an event of the answer asked last. */
  answer(event: AnswerEventView, milliseconds?: number): void {
    this.tell('answer-event', { id: `a${this.asked.length}`, event, milliseconds });
  }

  drop(): void {
    this.connected = false;
    this.tell('disconnect');
  }

  private tell(name: string, argument?: unknown): void {
    [...(this.listeners.get(name) ?? [])].forEach((listener) => listener(argument));
  }
}
