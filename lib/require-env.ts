import { env } from './env';

/** Stops the process where a setting is missing or malformed, with the names of what is wrong and what each is for. */
export function requireEnv(): void {
  try {
    env();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
