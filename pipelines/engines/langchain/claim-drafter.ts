import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import type { ClaimDrafter, DraftedClaim, NumberedEvidence } from '#pipelines/contracts/claim-drafter.ts';
import { ClinicalError } from '#pipelines/errors.ts';
import { deidentify } from './deidentify.ts';

export interface Prompt {
  /** `draft-claims/1`. */
  readonly id: string;
  readonly text: string;
  readonly sha256: string;
}

export interface DrafterOptions {
  /** Base address of an OpenAI-compatible server, for example `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key?: string;
  readonly timeoutMs: number;
  readonly prompt: Prompt;
  /** Names to hide where the server is not on this machine. */
  readonly names: () => readonly string[];
}

const DRAFT = z.object({
  claims: z
    .array(z.object({ text: z.string().min(1).max(600), evidence: z.array(z.number().int().positive()).min(1) }))
    .max(8),
});

/** Drafts claims through LangChain's OpenAI client, which Ollama, llama.cpp and vLLM understand too. No LangChain type leaves this file. */
export function createClaimDrafter(options: DrafterOptions): ClaimDrafter {
  const chat = new ChatOpenAI({
    model: options.model,
    apiKey: options.key ?? 'none',
    temperature: 0,
    timeout: options.timeoutMs,
    maxRetries: 0,
    configuration: { baseURL: options.url },
  });
  const local = isLoopback(options.url);
  return {
    name: options.model,
    prompt: `${options.prompt.id}@${options.prompt.sha256.slice(0, 12)}`,
    async draft(question, evidence, signal) {
      const sent = local ? asIs(question, evidence) : deidentify(question, evidence, options.names());
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const text = await ask(
        chat,
        options.prompt.text,
        sent,
        signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      );
      return sent.restore(parseDraft(text, evidence.length));
    },
  };
}

/** Whether an address is this machine; only then may identifying text be sent as it is. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function asIs(question: string, evidence: readonly NumberedEvidence[]): ReturnType<typeof deidentify> {
  return { question, evidence, restore: (claims) => claims };
}

async function ask(
  chat: ChatOpenAI,
  prompt: string,
  sent: { readonly question: string; readonly evidence: readonly NumberedEvidence[] },
  signal: AbortSignal,
): Promise<string> {
  const data = JSON.stringify({ question: sent.question, evidence: sent.evidence });
  try {
    const reply = await chat.invoke([new SystemMessage(prompt), new HumanMessage(data)], {
      signal,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'claims', strict: true, schema: z.toJSONSchema(DRAFT) as Record<string, unknown> },
      },
    });
    return typeof reply.content === 'string' ? reply.content : '';
  } catch (error) {
    // The client library parses the reply itself when a schema is asked for.
    if (error instanceof SyntaxError) throw new ClinicalError('MODEL_OUTPUT_INVALID', {}, error);
    throw new ClinicalError('LANGUAGE_MODEL_UNAVAILABLE', { reason: reasonOf(error, signal) }, error);
  }
}

/** A word for the provenance; never the server's own message, which may echo the question. */
function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted || (error instanceof Error && /timeout|abort/i.test(error.name))) return 'time-out';
  const status = (error as { status?: unknown }).status;
  if (status === 429) return 'rate limit';
  if (typeof status === 'number') return `status ${status}`;
  return error instanceof Error && /timed? ?out/i.test(error.message) ? 'time-out' : 'no connection';
}

/** Reads the model's JSON by the schema, strictly. */
function parseDraft(text: string, evidence: number): readonly DraftedClaim[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ClinicalError('MODEL_OUTPUT_INVALID', {}, error);
  }
  const parsed = DRAFT.safeParse(value);
  if (!parsed.success) throw new ClinicalError('MODEL_OUTPUT_INVALID');
  if (parsed.data.claims.some((claim) => claim.evidence.some((number) => number > evidence))) {
    throw new ClinicalError('MODEL_OUTPUT_INVALID');
  }
  return parsed.data.claims;
}
