'use client';

import type { TimelinePage } from '@/modules/activities/domain';
import type { Subject } from '../domain';
import { RecordTimeline } from './record-timeline';
import type { RecordStoryState } from './use-record-story';

/**
 * What happened with a record, and the place to write on it.
 * @param isLive false for a deleted record, on which nothing is written
 * @param name who writes and calls, where the record is a person
 * @param start the first page of the timeline, where it came with the record
 */
export function RecordStory({
  subject,
  id,
  story,
  isLive,
  start,
  name,
}: {
  subject: Subject;
  id: string;
  story: RecordStoryState;
  isLive: boolean;
  name?: string;
  start?: { page: TimelinePage; at: number };
}) {
  return (
    <div ref={story.frame}>
      <RecordTimeline
        subject={subject}
        id={id}
        isLive={isLive}
        logging={story.logging}
        onLogging={story.setLogging}
        start={start}
        name={name}
      />
      {story.composer}
    </div>
  );
}
