/** vitest's global set-up of the projects that need a stack: started before the first file, ended after the last. */
import type { TestProject } from 'vitest/node';
import { provideStack } from './stack';

declare module 'vitest' {
  export interface ProvidedContext {
    stack: string;
  }
}

/** @param project `db` needs the stack alone; `integration` needs the app too. */
export default async function setup(project: TestProject) {
  const { stack, stop } = await provideStack({ needsApp: project.name === 'integration' });
  project.provide('stack', JSON.stringify(stack));
  return stop;
}
