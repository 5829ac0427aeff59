/** Playwright's global set-up: the stack and the app of the run, noted where the workers find them. */
import { provideStack } from './stack';
import { stackVariable } from './stack-variable';

/** @returns what ends the stack, where this run started it */
export default async function setup(): Promise<() => Promise<void>> {
  const { stack, stop } = await provideStack({ needsApp: true });
  process.env[stackVariable] = JSON.stringify(stack);
  return stop;
}
