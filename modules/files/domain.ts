/** What files are, for both sides. Pure; runs in the browser too. */

/** The private bucket of files. */
export const filesBucket = 'crm-files';
/** The bucket refuses more as well. */
export const maxFileBytes = 50 * 1024 * 1024;
/** How many one call announces, at most. */
export const maxFilesAtOnce = 20;

/** One file, as the API gives it. */
export type StoredFile = {
  id: string;
  /** `<workspace id>/<file id>` */
  path: string;
  title: string;
  mime: string;
  size_bytes: number;
  /** A browser shows it; anything else is saved. */
  is_viewable: boolean;
  created_at: string;
  uploaded_at: string;
  created_by: string | null;
  uploader: string | null;
};

/** An announced upload: where to PUT it. The address works once, for two hours. */
export type Upload = { id: string; path: string; uploadUrl: string };

/** Opens a file, or saves it where a browser shouldn't show it. */
export const fileHref = (path: string, download = false) =>
  `/api/storage/signed-view?bucket=${filesBucket}&path=${encodeURIComponent(path)}${download ? '&download=yes' : ''}`;

/** A file's name as it is kept: the last part of a path, in one line. */
export function cleanTitle(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const line = last.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  if (line.length <= 255) return line;
  // the ending tells what it is: shorten what stands before it
  const ending = /\.[^.]{1,10}$/.exec(line)?.[0] ?? '';
  return line.slice(0, 255 - ending.length) + ending;
}
