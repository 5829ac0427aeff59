/** Runs once when the server starts. The check stands in a file of its own, which the Edge build never takes in. */
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { requireEnv } = await import('./lib/require-env');
    requireEnv();
  }
}
