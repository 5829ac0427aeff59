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
          <div className="mt-1.5 grid grid-cols-[auto_1fr_auto] items-center gap-x-2">
            <Line label={record.type} value={record.name} isExact={record.isExact} copy="Copy the name" />
            <Line label="Value" value={record.value} isExact={record.isExact} copy="Copy the value" />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Line({
  label,
  value,
  isExact,
  copy,
}: {
  label: string;
  value: string;
  isExact: boolean;
  copy: string;
}) {
  return (
    <>
      <span className="text-muted-foreground">{label}</span>
      <span className="wrap-anywhere py-0.5 font-mono">{value}</span>
      {isExact ? <CopyButton value={value} label={copy} /> : <span />}
    </>
  );
}
