/** A mail server that delivers nowhere: takes everything over SMTP and shows it on a page and as JSON. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { listPage, messagePage } from './page';
import { type MailStore, openMailStore } from './store';

/** A running catcher. */
export interface MailCatcher {
  stop(): Promise<void>;
}

const MAX_MAIL_BYTES = 30 * 1024 * 1024;

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}

const sendJson = (response: ServerResponse, status: number, body: unknown) =>
  send(response, status, 'application/json', JSON.stringify(body));

async function answer(store: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const id = /^\/(?:api\/)?messages\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (url.pathname === '/api/messages' && request.method === 'DELETE') {
    await store.clear();
    sendJson(response, 200, { status: 'ok' });
  } else if (url.pathname === '/api/messages') {
    sendJson(response, 200, await store.list(url.searchParams.get('to') ?? undefined));
  } else if (id) {
    const mail = await store.find(id);
    if (!mail) send(response, 404, 'text/plain', 'No such mail.');
    else if (url.pathname.startsWith('/api/')) sendJson(response, 200, mail);
    else send(response, 200, 'text/html', messagePage(mail));
  } else if (url.pathname === '/') {
    send(response, 200, 'text/html', listPage(await store.list()));
  } else {
    send(response, 404, 'text/plain', 'Not found.');
  }
}

/**
 * Starts the catcher on 127.0.0.1.
 * @param options.dir directory for the mails, kept between runs
 * @param options.smtpPort port for SMTP (no TLS, no sign-in)
 * @param options.webPort port for the page and the API
 * @param options.log told of requests that fail
 */
export async function startMailCatcher(options: {
  dir: string;
  smtpPort: number;
  webPort: number;
  log: (line: string) => void;
}): Promise<MailCatcher> {
  const store = await openMailStore(options.dir);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    size: MAX_MAIL_BYTES,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map((to) => to.address);
        store.add(Buffer.concat(chunks), recipients).then(() => done(), done);
      });
    },
  });
  smtp.on('error', (error) => options.log(`mail: ${error.message}`));
  const web = createServer((request, response) => {
    answer(store, request, response).catch((error: unknown) => {
      options.log(`mail page: ${error instanceof Error ? error.message : String(error)}`);
      if (!response.headersSent) send(response, 500, 'text/plain', 'The mail could not be read.');
    });
  });
  await new Promise<void>((resolve) => smtp.listen(options.smtpPort, '127.0.0.1', resolve));
  await new Promise<void>((resolve, reject) => {
    web.once('error', reject);
    web.listen(options.webPort, '127.0.0.1', resolve);
  });
  return {
    async stop() {
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => web.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(resolve)),
      ]);
    },
  };
}
