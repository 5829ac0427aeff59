'use client';

import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import type { SendingDomain } from '../schema';

/**
 * A new domain, or the pace of one.
 * @param today `YYYY-MM-DD`: the first day of a warm-up that begins here
 */
export function DomainDialog({
  domain,
  today,
  onSaved,
  onClose,
}: {
  domain: SendingDomain | null;
  today: string;
  onSaved: () => void;
  onClose: () => void;
}) {
  const wasWarming = domain ? domain.warmup_started_on !== null : true;
  const [isWarming, setIsWarming] = useState(wasWarming);
  const form = useApiForm(
    ({ domain: name, ...pace }) => {
      const warmup = isWarming ? (domain?.warmup_started_on ?? today) : null;
      const body = { ...pace, warmup_started_on: warmup };
      return domain
        ? api('PATCH', `/api/sending-domains/${domain.id}`, body)
        : api('POST', '/api/sending-domains', { ...body, domain: name });
    },
    () => {
      notify.success(domain ? 'Pace saved' : 'Domain added', {
        description: domain ? undefined : 'Set its DNS records next: they are listed under it.',
      });
      onSaved();
      onClose();
    },
  );
  return (
    <FormDialog
      title={domain ? `Pace of ${domain.domain}` : 'Add a domain'}
      description={domain ? undefined : 'Verify it at SparkPost as well: only verified domains may send.'}
      submitLabel={domain ? 'Save' : 'Add the domain'}
      dirty={isWarming !== wasWarming}
      pending={form.pending}
      onSubmit={(event) => void form.onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={form.failure} />
      {domain ? null : (
        <Field label="Domain" error={form.errors.domain}>
          {(control) => (
            <Input
              {...control}
              name="domain"
              placeholder="mail.company.example"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
      )}
      <Field
        label="At most, a day"
        error={form.errors.daily_cap}
        help="E-mails of this domain on one day of your calendar, once it is warm."
      >
        {(control) => (
          <Input {...control} name="daily_cap" inputMode="numeric" defaultValue={domain?.daily_cap ?? 120} />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label="Seconds between two" error={form.errors.interval_seconds}>
          {(control) => (
            <Input
              {...control}
              name="interval_seconds"
              inputMode="numeric"
              defaultValue={domain?.interval_seconds ?? 210}
            />
          )}
        </Field>
        <Field label="And up to, by chance" error={form.errors.jitter_seconds}>
          {(control) => (
            <Input
              {...control}
              name="jitter_seconds"
              inputMode="numeric"
              defaultValue={domain?.jitter_seconds ?? 30}
            />
          )}
        </Field>
      </div>
      <div className="flex items-start gap-2">
        <Checkbox
          id="warm-up"
          className="mt-0.5"
          checked={isWarming}
          onCheckedChange={(checked) => setIsWarming(checked === true)}
        />
        <div>
          <Label htmlFor="warm-up">Warm it up</Label>
          <p className="text-muted-foreground text-xs">
            Ten e-mails on the first day and three tenths more every day. Leave it on for a domain that nobody
            has had mail from yet.
          </p>
        </div>
      </div>
    </FormDialog>
  );
}
