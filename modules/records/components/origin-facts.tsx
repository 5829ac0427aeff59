'use client';

import { RelativeTime } from '@/components/relative-time';
import { sourceWords, wordOf } from '../domain';
import { Fact } from './detail-layout';

/**
 * Where a record came from, when, and who touched it last; the end of its details.
 * @param memberName a colleague's name by id, empty for former ones
 */
export function OriginFacts({
  record: { sources, created_at, edited_at, edited_by },
  memberName,
}: {
  record: {
    sources: readonly string[];
    created_at: string;
    edited_at: string | null;
    edited_by: string | null;
  };
  memberName: (id: string | null) => string;
}) {
  const editor = memberName(edited_by);
  return (
    <>
      {sources.length > 0 ? (
        <Fact label="Sources">{sources.map((source) => wordOf(sourceWords, source)).join(', ')}</Fact>
      ) : null}
      <Fact label="Created">
        <RelativeTime at={created_at} />
      </Fact>
      {edited_at ? (
        <Fact label="Edited">
          <RelativeTime at={edited_at} />
          {editor ? ` by ${editor}` : null}
        </Fact>
      ) : null}
    </>
  );
}
