/** The stack's ports: from the environment for people, free ones for tests. */
import { createServer } from 'node:net';
import { StackError } from './processes';

/** TCP ports on 127.0.0.1. `app` is where the product itself will listen; the stack only names it. */
export interface StackPorts {
  app: number;
  gateway: number;
  db: number;
  lite: number;
  mail: number;
  smtp: number;
}

const DEFAULTS: Record<keyof StackPorts, [variable: string, port: number]> = {
  app: ['PORT', 3000],
  gateway: ['STACK_PORT', 54321],
  db: ['STACK_DB_PORT', 54322],
  lite: ['STACK_LITE_PORT', 54323],
  mail: ['STACK_MAIL_PORT', 54324],
  smtp: ['STACK_SMTP_PORT', 54325],
};

/**
 * @param part which port
 * @returns the environment variable that moves it
 */
export function portVariable(part: keyof StackPorts): string {
  return DEFAULTS[part][0];
}

/**
 * @param env usually process.env
 * @throws StackError naming the variable whose value is no port
 */
export function portsFromEnv(env: NodeJS.ProcessEnv): StackPorts {
  const ports: StackPorts = { app: 0, gateway: 0, db: 0, lite: 0, mail: 0, smtp: 0 };
  for (const part of Object.keys(DEFAULTS) as (keyof StackPorts)[]) {
    const [variable, fallback] = DEFAULTS[part];
    const port = Number(env[variable] || fallback);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new StackError(`${variable} must be a port from 1 to 65535, not "${env[variable]}".`);
    }
    ports[part] = port;
  }
  return ports;
}

/**
 * Finds six ports that nobody uses, for tests that start a stack of their own.
 * @returns ports that were free a moment ago, all held at once so that no two are the same
 */
export async function freePorts(): Promise<StackPorts> {
  const holders = Object.keys(DEFAULTS).map(() => createServer());
  const numbers = await Promise.all(
    holders.map(
      (holder) =>
        new Promise<number>((resolve, reject) => {
          holder.once('error', reject);
          holder.listen(0, '127.0.0.1', () => {
            const address = holder.address();
            resolve(typeof address === 'object' && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(holders.map((holder) => new Promise((resolve) => holder.close(resolve))));
  const [app = 0, gateway = 0, db = 0, lite = 0, mail = 0, smtp = 0] = numbers;
  return { app, gateway, db, lite, mail, smtp };
}
