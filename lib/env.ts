import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ });

/** Every setting of the app, with what it is for: the sentence an operator reads when it is missing. */
const schema = z.object({
  NEXT_PUBLIC_SUPABASE_URL: url.describe('the address of the Supabase project'),
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: z
    .string()
    .min(1)
    .describe('the publishable key of the Supabase project'),
  SUPABASE_SECRET_KEY: z.string().min(1).describe('the secret key that crons and webhooks use'),
  APP_URL: url.describe('the public origin of this app, used in the links of mails'),
  CRON_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe('the bearer that crons must show; without it every cron is refused'),
  SMTP_URL: z
    .string()
    .min(1)
    .optional()
    .describe('where invitation mails are handed in, as smtp://user:password@host:port'),
  MAIL_FROM: z
    .string()
    .min(3)
    .default('Freehold <no-reply@freehold.example>')
    .describe('the sender of invitation mails'),
  DEFAULT_COUNTRY: z
    .string()
    .length(2)
    .default('US')
    .describe('the country of phone numbers written without a country code'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much is logged'),
});

export type Env = z.infer<typeof schema>;

let cached: Env | undefined;

/**
 * The validated settings. Read at start-up by `instrumentation.ts`, so a wrong one stops the app at once.
 * @throws {Error} that names each missing or malformed variable and what it is for.
 */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Parses settings from any record; empty strings count as unset. Exported for its test. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = String(issue.path[0]) as keyof typeof schema.shape;
    const state = set[name] === undefined ? 'is missing' : `is malformed (${issue.message})`;
    return `  ${name} ${state}: ${schema.shape[name].description}`;
  });
  throw new Error(
    `Freehold can't start, its environment is incomplete:\n${lines.join('\n')}\nSee .env.example.`,
  );
}
