import { cron } from '@/lib/http/cron';
import { cleanUploads } from '@/modules/files/cleaning';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('clean-uploads', cleanUploads);
