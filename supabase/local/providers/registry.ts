/** The provider emulators that the local stack runs beside Supabase, so that no account anywhere is needed. */

/** An emulator while it runs. */
export interface RunningProvider {
  /** What the app needs to reach it, such as `{ TWILIO_API_URL: 'http://127.0.0.1:...' }`. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** One emulator, speaking its provider's wire format. */
export interface Provider {
  name: string;
  /** @param options.port 0 lets the system choose  @param options.dataDir directory of its own, kept between runs */
  start(options: { port: number; dataDir: string }): Promise<RunningProvider>;
}

/** Every emulator the stack starts, in this order. */
export const PROVIDERS: readonly Provider[] = [];
