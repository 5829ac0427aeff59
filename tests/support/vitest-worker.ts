/** Hands the stack of the global set-up to the support code, which knows neither vitest nor Playwright. */
import { inject } from 'vitest';
import { stackVariable } from './stack-variable';

process.env[stackVariable] = inject('stack');
