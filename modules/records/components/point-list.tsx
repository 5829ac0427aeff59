'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  type EmailDetail,
  emailState,
  type LinkedInDetail,
  lineTypeWords,
  linkedInState,
  type PhoneDetail,
  type PointKind,
  phoneState,
} from '@/modules/contact-points/domain';
import type { LinkedEntity } from '../domain';
import { DetailSection } from './detail-layout';
import { PointForm } from './point-form';
import { PointRow, type ShownPoint } from './point-row';

const shownPhone = (phone: PhoneDetail): ShownPoint => ({
  kind: 'phone',
  id: phone.id,
  value: phone.e164,
  display: phone.display,
  href: `tel:${phone.e164}`,
  label: phone.label,
  is_primary: phone.is_primary,
  state: phoneState({ ...phone, sms_opted_out: phone.sms_opted_out_at !== null }),
  reason: phone.do_not_call ? phone.do_not_call_reason : null,
  more: phone.line_type ? (lineTypeWords[phone.line_type] ?? null) : null,
  sharers: phone.sharers,
  phone,
});
const shownEmail = (email: EmailDetail): ShownPoint => ({
  kind: 'email',
  id: email.id,
  value: email.address,
  display: email.address,
  href: `mailto:${email.address}`,
  label: email.label,
  is_primary: email.is_primary,
  state: emailState(email),
  reason: email.status === 'active' ? null : email.reason,
  more: null,
  sharers: email.sharers,
  email,
});
const shownProfile = (profile: LinkedInDetail): ShownPoint => ({
  kind: 'linkedin',
  id: profile.id,
  value: profile.url,
  display: profile.url.replace(/^https:\/\/www\.linkedin\.com\//, ''),
  href: profile.url,
  label: profile.label,
  is_primary: profile.is_primary,
  state: linkedInState(profile),
  reason: null,
  more: null,
  sharers: profile.sharers,
});

/**
 * Contact points of a record: value, state, label, the primary, who shares each; add, edit, remove, set the state.
 * @param one "person", for messages
 * @param isLive false for a deleted record, to which nothing is added
 */
export function PointList({
  owner,
  one,
  isLive,
  phones,
  emails,
  linkedin,
  none,
}: {
  owner: { entity: LinkedEntity; id: string };
  one: string;
  isLive: boolean;
  phones: readonly PhoneDetail[];
  emails?: readonly EmailDetail[];
  linkedin?: readonly LinkedInDetail[];
  /** What is said where there is no point. */
  none?: string;
}) {
  const [adding, setAdding] = useState(false);
  const kinds: PointKind[] = [
    'phone',
    ...(emails ? ['email' as const] : []),
    ...(linkedin ? ['linkedin' as const] : []),
  ];
  const points = [
    ...(emails ?? []).map(shownEmail),
    ...phones.map(shownPhone),
    ...(linkedin ?? []).map(shownProfile),
  ];
  return (
    <DetailSection
      title="Contact"
      action={
        isLive ? (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Add a phone or e-mail"
            aria-expanded={adding}
            onClick={() => setAdding(true)}
          >
            <Plus aria-hidden className="text-muted-foreground" />
          </Button>
        ) : null
      }
    >
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        {points.map((point) => (
          <PointRow
            key={`${point.kind} ${point.id}`}
            owner={owner}
            one={one}
            point={point}
            isChoice={points.filter(({ kind }) => kind === point.kind).length > 1}
          />
        ))}
      </ul>
      {points.length === 0 && !adding ? (
        <p className="text-muted-foreground text-sm">{none ?? `No way to reach this ${one} is known yet.`}</p>
      ) : null}
      {adding ? <PointForm owner={owner} one={one} kinds={kinds} onClose={() => setAdding(false)} /> : null}
    </DetailSection>
  );
}
