'use client';

import dynamic from 'next/dynamic';
import { DetailSection } from '@/modules/records/components/detail-layout';
import type { WorkSubject } from '@/modules/tasks/domain';

const TaskList = dynamic(() =>
  import('@/modules/tasks/components/task-list').then((module) => module.TaskList),
);
const FileList = dynamic(() =>
  import('@/modules/files/components/file-list').then((module) => module.FileList),
);

/** Tasks and files of a record, for its page. */
export function RecordWork({ subject }: { subject: WorkSubject }) {
  return (
    <>
      <DetailSection title="Tasks">
        <TaskList subject={subject} />
      </DetailSection>
      <DetailSection title="Files">
        <FileList subject={subject} />
      </DetailSection>
    </>
  );
}
