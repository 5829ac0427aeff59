'use client';

import { CopyButton } from '@/components/copy-button';
import { dnsRecords } from '../settings-words';

/** What a domain needs in its DNS, each part to copy. */
export function DnsRecords({ domain, isEu }: { domain: string; isEu: boolean }) {
  return (
    <ul aria-label={`DNS records of ${domain}`} className="mt-2 grid gap-2">
      {dnsRecords(domain, isEu).map((record) => (
        <li key={record.name} className="rounded-md bg-muted/50 px-3 py-2 text-xs">
          <p className="text-muted-foreground">{record.why}</p>
          <dl className="mt-1.5 grid grid-cols-[auto_1fr_auto] items-center gap-x-2">
            <dt className="text-muted-foreground">{record.type}</dt>
            <dd className="wrap-anywhere font-mono">{record.name}</dd>
            <CopyButton value={record.name} label="Copy the name" />
            <dt className="text-muted-foreground">Value</dt>
            <dd className="wrap-anywhere font-mono">{record.value}</dd>
            <CopyButton value={record.value} label="Copy the value" />
          </dl>
        </li>
      ))}
    </ul>
  );
}
