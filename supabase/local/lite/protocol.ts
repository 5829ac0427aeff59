/** What the stack and the process that serves Data API, Auth and Storage say to each other over IPC. */

/** Stands in the mail templates for where the link leads in the end; a word that no mail holds by chance. */
export const REDIRECT_PLACEHOLDER = 'local-stack-redirect-to';

/** All that the server process needs; sent over IPC so that no secret stands on a command line. */
export interface LiteConfig {
  dbUrl: string;
  port: number;
  /** Where clients reach the gateway: the origin of the links in auth mails. */
  gatewayUrl: string;
  appUrl: string;
  /** Origins that links in auth mails may lead back to. */
  redirectOrigins: string[];
  smtpPort: number;
  storageDir: string;
  publishableKey: string;
  secretKey: string;
  jwtSecret: string;
  /** The auth part of supabase/config.toml, with template paths made absolute. */
  auth: Record<string, unknown>;
  /** The cluster whose postmaster is shut down when the supervisor vanishes. */
  postgresDataDir: string;
}

/** From the stack to the server process. */
export type LiteCommand = { type: 'prepare' | 'serve'; config: LiteConfig };

/** From the server process to the stack: alive, system schemas made, listening, or failed. */
export type LiteReport =
  | { type: 'up' }
  | { type: 'prepared' }
  | { type: 'listening' }
  | { type: 'failed'; message: string };
