import type { StatusGlyph, StatusTone } from '@/components/status-badge';
import { capOfDay } from './domain';
import type { SendingDomain } from './schema';

/** A record that a domain's owner sets at their DNS provider. */
export type DnsRecord = {
  type: 'TXT' | 'CNAME';
  name: string;
  value: string;
  why: string;
  /** Whether it is to be copied as it stands; the rest of it stands at SparkPost. */
  isExact: boolean;
};

/** How a domain stands, in a word with its shape. `detail` says what follows from it; `at` is when, where a time belongs to it. */
export type DomainState = { label: string; glyph: StatusGlyph; tone: StatusTone; detail: string | null };

/**
 * How a domain stands.
 * @param today `YYYY-MM-DD` of the workspace's calendar
 */
export function domainState(domain: SendingDomain, today: string): DomainState {
  const { consecutive_errors: errors, last_error: error } = domain;
  if (domain.status === 'paused') {
    return { label: 'Paused', glyph: 'half', tone: 'neutral', detail: domain.paused_reason };
  }
  if (domain.breaker === 'open') {
    const detail = `${errors === 1 ? 'An error' : `${errors} errors in a row`}: ${error ?? 'the provider failed'}.`;
    return { label: 'Stopped by errors', glyph: 'ban', tone: 'danger', detail };
  }
  if (domain.breaker === 'half_open') {
    const detail = 'One e-mail is being tried. If it goes through, sending goes on.';
    return { label: 'Trying again', glyph: 'half', tone: 'warning', detail };
  }
  if (domain.sent_today >= capOfDay(domain.daily_cap, domain.warmup_started_on, today)) {
    return { label: 'Done for today', glyph: 'full', tone: 'info', detail: 'What waits goes tomorrow.' };
  }
  if (errors > 0) {
    return {
      label: 'Sending',
      glyph: 'check',
      tone: 'warning',
      detail: `The last try failed: ${error ?? ''}`,
    };
  }
  return { label: 'Sending', glyph: 'check', tone: 'positive', detail: null };
}

/** "Every 3 min 30 s to 4 min", as a domain's pace is said. */
export function paceWords({
  interval_seconds: least,
  jitter_seconds: more,
}: Pick<SendingDomain, 'interval_seconds' | 'jitter_seconds'>): string {
  if (least === 0 && more === 0) return 'As fast as it goes';
  return more === 0 ? `Every ${duration(least)}` : `Every ${duration(least)} to ${duration(least + more)}`;
}

function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([n, unit]) => (n > 0 ? [`${n} ${unit}`] : [])).join(' ') || '0 s';
}

/** "12 of 120 today", and the day of its warm-up. */
export function capWords(domain: SendingDomain, today: string): string {
  const cap = capOfDay(domain.daily_cap, domain.warmup_started_on, today);
  const sent = `${domain.sent_today.toLocaleString('en-US')} of ${cap.toLocaleString('en-US')} today`;
  if (domain.warmup_started_on === null || cap >= domain.daily_cap) return sent;
  const day = Math.round((Date.parse(today) - Date.parse(domain.warmup_started_on)) / 86_400_000) + 1;
  return `${sent}, day ${Math.max(day, 1)} of its warm-up to ${domain.daily_cap.toLocaleString('en-US')}`;
}

/**
 * What must stand in a domain's DNS before mail from it is believed.
 * @see https://support.sparkpost.com/docs/getting-started/getting-started-sparkpost
 * @see https://www.rfc-editor.org/rfc/rfc7489 DMARC
 */
export function dnsRecords(domain: string, isEu: boolean): DnsRecord[] {
  return [
    {
      type: 'TXT',
      name: `…._domainkey.${domain}`,
      value: 'v=DKIM1; k=rsa; h=sha256; p=…',
      isExact: false,
      why: 'DKIM signs each e-mail. SparkPost shows the selector and the key under Sending Domains: copy both from there.',
    },
    {
      type: 'CNAME',
      name: `bounces.${domain}`,
      isExact: true,
      value: isEu ? 'eu.sparkpostmail.com' : 'sparkpostmail.com',
      why: 'Bounces come back under your own name, and SPF passes with it. Add it as a bounce domain at SparkPost.',
    },
    {
      type: 'TXT',
      name: domain,
      isExact: true,
      value: `v=spf1 include:${isEu ? '_spf.eu.sparkpostmail.com' : '_spf.sparkpostmail.com'} ~all`,
      why: 'SPF names who may send. If there is such a record already, add the include to it: two are as good as none.',
    },
    {
      type: 'TXT',
      name: `_dmarc.${domain}`,
      isExact: true,
      value: `v=DMARC1; p=none; rua=mailto:dmarc@${domain}`,
      why: 'Gmail and Yahoo refuse bulk e-mail without DMARC. Begin with p=none, read the reports, then ask for quarantine.',
    },
  ];
}
