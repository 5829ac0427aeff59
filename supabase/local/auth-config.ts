/** Reads the auth settings of supabase/config.toml for the local Auth server. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { REDIRECT_PLACEHOLDER } from './lite/protocol';

interface AuthSection {
  email?: { template?: Record<string, { subject?: string; content_path?: string }> };
  [key: string]: unknown;
}

/**
 * @param projectRoot directory that holds supabase/; paths in the file are relative to it, as for the CLI
 * @param templateDir where the prepared copies of the mail templates go; made when missing
 * @returns the section, with template paths that point at the copies
 * @throws Error when the file is no TOML or names a template that isn't there
 */
export async function readAuthConfig(
  projectRoot: string,
  templateDir: string,
): Promise<Record<string, unknown>> {
  const text = await readFile(join(projectRoot, 'supabase', 'config.toml'), 'utf8');
  const auth = (parseToml(text).auth ?? {}) as AuthSection;
  await mkdir(templateDir, { recursive: true });
  for (const [name, template] of Object.entries(auth.email?.template ?? {})) {
    if (!template.content_path) continue;
    const html = await readFile(resolve(projectRoot, template.content_path), 'utf8');
    // The local server always renders the site's own URL here; the mail driver knows what was asked for.
    const prepared = html.replaceAll(/\{\{\s*\.RedirectTo\s*\}\}/g, REDIRECT_PLACEHOLDER);
    template.content_path = join(templateDir, `${name}.html`);
    await writeFile(template.content_path, prepared);
  }
  return auth;
}
