/** The provider emulators that the local stack runs beside Supabase, so that no account anywhere is needed. */
import { gmailProvider } from './gmail';
import { groq } from './groq';
import { sparkpost } from './sparkpost';
import { twilio } from './twilio';

/** An emulator while it runs. */
export interface RunningProvider {
  /** What the app needs to reach it, such as `{ TWILIO_API_URL: 'http://127.0.0.1:...' }`. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** What an emulator is started with. */
export interface ProviderOptions {
  /** 0 lets the system choose. */
  port: number;
  /** A directory of its own, kept between runs. */
  dataDir: string;
  /** Where the app will listen, once it is up: webhooks go there. */
  appUrl: string;
  /** The app's settings, other emulators' included as they start: read it when it is needed, not at the start. */
  env: Readonly<Record<string, string>>;
  /** Whether it behaves as if people stood behind it (they open, click, reply): in the demo, never in a test. */
  isLiving: boolean;
  log: (line: string) => void;
}

/** One emulator, speaking its provider's wire format. */
export interface Provider {
  name: string;
  start(options: ProviderOptions): Promise<RunningProvider>;
}

/** Every emulator the stack starts, in this order. */
export const PROVIDERS: readonly Provider[] = [gmailProvider, sparkpost, groq, twilio];
