'use client';

import type { Subject } from '../domain';
import { RecordTimeline } from './record-timeline';
import type { RecordStoryState } from './use-record-story';

/**
 * What happened with a record, and the place to write on it.
 * @param phones, emails those that a call or an e-mail can be logged on
 * @param isLive false for a deleted record, on which nothing is written
 */
export function RecordStory({
  subject,
  id,
  story,
  isLive,
  phones,
  emails = [],
}: {
  subject: Subject;
  id: string;
  story: RecordStoryState;
  isLive: boolean;
  phones: readonly { id: string; display: string }[];
  emails?: readonly { id: string; address: string }[];
}) {
  return (
    <div ref={story.frame}>
      <RecordTimeline
        subject={subject}
        id={id}
        isLive={isLive}
        logging={story.logging}
        onLogging={story.setLogging}
        points={{
          phones: phones.map(({ id, display }) => ({ id, label: display })),
          emails: emails.map(({ id, address }) => ({ id, label: address })),
        }}
      />
    </div>
  );
}
