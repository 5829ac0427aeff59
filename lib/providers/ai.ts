import 'server-only';
import { createGroq } from '@ai-sdk/groq';
import type { LanguageModel } from 'ai';
import { env } from '../env';

/** What must be set before a model can write: a sentence that names the variable, or null where nothing is missing. */
export function writingProblem(): string | null {
  return env().GROQ_API_KEY
    ? null
    : 'Set GROQ_API_KEY: without it no section can be written by AI. Fixed sections work.';
}

/**
 * The model that writes. Groq's, or any that speaks its API under `GROQ_API_URL`.
 * @returns null where no key is set
 */
export function writingModel(): LanguageModel | null {
  const { GROQ_API_KEY: apiKey, GROQ_API_URL: baseURL, GROQ_MODEL: model } = env();
  return apiKey ? createGroq({ apiKey, ...(baseURL && { baseURL }) })(model) : null;
}
