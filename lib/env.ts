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
  TOKEN_ENCRYPTION_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'expected 32 bytes in base64')
    .optional()
    .describe('what the tokens of connected mailboxes are encrypted with; without it none can be connected'),
  SPARKPOST_API_KEY: z.string().min(1).optional().describe('the key that campaigns send with'),
  SPARKPOST_API_URL: url
    .default('https://api.sparkpost.com')
    .describe('the address of SparkPost, another one for accounts in the EU'),
  SPARKPOST_WEBHOOK_USER: z
    .string()
    .min(1)
    .optional()
    .describe('the user that SparkPost shows with its events'),
  SPARKPOST_WEBHOOK_PASSWORD: z
    .string()
    .min(8)
    .optional()
    .describe('the password that SparkPost shows with its events; without it every event is refused'),
  GOOGLE_CLIENT_ID: z
    .string()
    .min(1)
    .optional()
    .describe('the OAuth client that mailboxes are connected with'),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional().describe('the secret of that OAuth client'),
  GOOGLE_REDIRECT_URI: url
    .optional()
    .describe("where Google sends people back to; unset: APP_URL and '/api/mailboxes/callback'"),
  GOOGLE_OAUTH_URL: url
    .optional()
    .describe("the address of Google's OAuth, moved to an emulator by the demo and the tests"),
  GMAIL_API_URL: url
    .optional()
    .describe('the address of Gmail, moved to an emulator by the demo and the tests'),
  GROQ_API_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('the key of the model that writes sections for each recipient'),
  GROQ_API_URL: url.optional().describe("the address of the model's API, any that speaks Groq's"),
  GROQ_MODEL: z.string().min(1).default('moonshotai/kimi-k2-instruct-0905').describe('which model writes'),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/i, 'expected AC and 32 hexadecimal digits')
    .optional()
    .describe('the Twilio account that calls and texts go through'),
  TWILIO_AUTH_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe(
      'the token of that account, which its webhooks are signed with; without it all of them are refused',
    ),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/i, 'expected MG and 32 hexadecimal digits')
    .optional()
    .describe('the messaging service that texts go through, where the numbers are in one'),
  TWILIO_API_URL: url
    .optional()
    .describe("the address of Twilio's API, moved to an emulator by the demo and the tests"),
  TWILIO_API_KEY_SID: z
    .string()
    .regex(/^SK[0-9a-f]{32}$/i, 'expected SK and 32 hexadecimal digits')
    .optional()
    .describe('the API key that browsers get their tokens for calls from'),
  TWILIO_API_KEY_SECRET: z.string().min(1).optional().describe('the secret of that API key'),
  TWILIO_TWIML_APP_SID: z
    .string()
    .regex(/^AP[0-9a-f]{32}$/i, 'expected AP and 32 hexadecimal digits')
    .optional()
    .describe('the TwiML app that calls from the browser reach; unset: calls ring the caller’s own phone'),
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
