'use client';

import type { ComponentProps } from 'react';
import { AddToCampaignButton } from '@/modules/campaigns/components/add-to-campaign-button';
import { BulkTextButton } from '@/modules/texts/components/bulk-text-button';
import { TextAboutButton } from '@/modules/texts/components/text-button';

type Props =
  | ({ slot: 'reach' } & ComponentProps<typeof TextAboutButton>)
  | ({ slot: 'bulk' } & ComponentProps<typeof AddToCampaignButton>);

/** What stands on people, fetched as one: the list's first load names a single part for all of it. */
export function LazySlot(props: Props) {
  if (props.slot === 'reach') return <TextAboutButton about={props.about} />;
  return (
    <>
      <BulkTextButton ids={props.ids} />
      <AddToCampaignButton ids={props.ids} />
    </>
  );
}
