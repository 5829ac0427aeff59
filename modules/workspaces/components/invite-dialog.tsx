'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import { roleHelp, roleLabels } from '../roles';
import type { IssuedInvitation } from '../types';
import { IssuedLink } from './issued-link';

/** Invites an address by mail, or makes a link to hand over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [byLink, setByLink] = useState(false);
  const [role, setRole] = useState<'member' | 'admin'>('member');
  const [issued, setIssued] = useState<IssuedInvitation | null>(null);
  const form = useApiForm(
    ({ email }) => api<IssuedInvitation>('POST', '/api/invitations', byLink ? { role } : { email, role }),
    (answer) => {
      void client.invalidateQueries({ queryKey: ['workspaces', 'invitations'] });
      if (answer.link) return setIssued(answer);
      notify.success(`Invitation sent to ${answer.email}`);
      onClose();
    },
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Invite a colleague</DialogTitle>
          <DialogDescription>
            {byLink
              ? 'A link lets in whoever holds it, for seven days.'
              : 'They get a mail with a link that works for seven days.'}
          </DialogDescription>
        </DialogHeader>
        {issued ? (
          <>
            <DialogBody>
              <IssuedLink issued={issued} />
            </DialogBody>
            <DialogFooter>
              <Button onClick={onClose}>Done</Button>
            </DialogFooter>
          </>
        ) : (
          <form method="post" noValidate onSubmit={form.onSubmit} className="flex min-h-0 flex-col">
            <DialogBody className="grid gap-4">
              <FormProblem failure={form.failure} />
              {byLink ? null : (
                <Field label="E-mail" error={form.errors.email}>
                  {(control) => (
                    <Input
                      {...control}
                      name="email"
                      type="email"
                      autoComplete="off"
                      placeholder="kim@company.example"
                    />
                  )}
                </Field>
              )}
              <Field label="Role" error={form.errors.role} help={roleHelp[role]}>
                {(control) => (
                  <NativeSelect
                    {...control}
                    name="role"
                    value={role}
                    onChange={(event) => setRole(event.target.value === 'admin' ? 'admin' : 'member')}
                  >
                    <option value="member">{roleLabels.member}</option>
                    <option value="admin">{roleLabels.admin}</option>
                  </NativeSelect>
                )}
              </Field>
              <p>
                <Button variant="link" onClick={() => setByLink(!byLink)}>
                  {byLink ? 'Invite an address by mail' : 'Make a link instead'}
                </Button>
              </p>
            </DialogBody>
            <DialogFooter>
              <Button variant="outline" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={form.pending} disabled={!form.isReady}>
                {byLink ? 'Make the link' : 'Send the invitation'}
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
