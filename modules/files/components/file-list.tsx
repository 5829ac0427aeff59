'use client';

import {
  CircleAlert,
  Download,
  File as FileIcon,
  FileImage,
  FileSpreadsheet,
  FileText,
  type LucideIcon,
  Trash2,
  Upload,
  X,
} from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { ErrorState } from '@/components/error-state';
import { RelativeTime } from '@/components/relative-time';
import { TierHint, useFeature } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import { formatBytes } from '@/lib/format';
import { filesPerCard } from '@/lib/tiers';
import { cn } from '@/lib/utils';
import type { WorkSubject } from '@/modules/tasks/domain';
import { fileHref, type StoredFile } from '../domain';
import { type Sending, useFiles } from './use-files';

const iconOf = (mime: string): LucideIcon => {
  if (mime.startsWith('image/')) return FileImage;
  if (/spreadsheet|excel|csv/.test(mime)) return FileSpreadsheet;
  return /pdf|text|word|document/.test(mime) ? FileText : FileIcon;
};

/**
 * The documents of a record or a card: drop or choose, see, save, delete. It brings no heading.
 * @param subject what the files hang on
 */
export function FileList({ subject }: { subject: WorkSubject }) {
  const { query, sending, upload, forget, remove } = useFiles(subject);
  const hasBulk = useFeature('files_bulk');
  const hasAnyNumber = useFeature('files_uncapped');
  const [lockedDrop, setLockedDrop] = useState(false);
  const files = query.data?.rows ?? [];
  const isFull = subject.kind === 'verification' && !hasAnyNumber && files.length >= filesPerCard.beta;

  function take(list: DroppedFiles | null) {
    const chosen = [...(list ?? [])];
    if (chosen.length === 0) return;
    setLockedDrop(chosen.length > 1 && !hasBulk);
    // the rest waits until the plan has it: nothing is half taken
    void upload(hasBulk ? chosen.slice(0, 20) : chosen.slice(0, 1));
  }

  if (query.isPending) {
    return (
      <DelayedSkeleton label="Loading the files" className="grid gap-2 py-2">
        {[64, 48].map((width) => (
          <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
        ))}
      </DelayedSkeleton>
    );
  }
  if (query.isError && files.length === 0) {
    return (
      <ErrorState
        className="py-4"
        title="The files could not be loaded"
        description={query.error.message}
        requestId={query.error instanceof ApiError ? query.error.requestId : null}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <div className="grid gap-1.5">
      {files.length > 0 || sending.length > 0 ? (
        <ul className="-mx-1.5">
          {sending.map((each) => (
            <SendingRow key={each.key} sending={each} onForget={() => forget(each.key)} />
          ))}
          {files.map((file) => (
            <FileRow key={file.id} file={file} onDelete={() => void remove(file)} />
          ))}
        </ul>
      ) : null}
      {isFull ? (
        <TierHint feature="files_uncapped" />
      ) : (
        <DropRow isEmpty={files.length === 0} multiple={hasBulk} onFiles={take} />
      )}
      {lockedDrop ? (
        <TierHint feature="files_bulk">
          Only the first was taken: uploading several files at once comes with Premium
        </TierHint>
      ) : null}
    </div>
  );
}

type DroppedFiles = globalThis.FileList;

function DropRow({
  isEmpty,
  multiple,
  onFiles,
}: {
  isEmpty: boolean;
  multiple: boolean;
  onFiles: (files: DroppedFiles | null) => void;
}) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  // entering a child leaves the parent: count the levels, or the ground flickers
  const depth = useRef(0);
  return (
    <label
      htmlFor={id}
      onDragEnter={(event) => {
        event.preventDefault();
        depth.current += 1;
        setIsOver(true);
      }}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) setIsOver(false);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        depth.current = 0;
        setIsOver(false);
        onFiles(event.dataTransfer.files);
      }}
      className={cn(
        'flex cursor-pointer items-center justify-center gap-2 rounded-md border border-input border-dashed px-3 text-center text-muted-foreground text-sm transition-colors duration-120 hover:border-control hover:text-foreground',
        'has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2',
        isEmpty ? 'min-h-16 py-3' : 'min-h-9 max-md:min-h-11',
        isOver && 'border-primary bg-selected text-foreground',
      )}
    >
      <Upload aria-hidden className="size-4 shrink-0" />
      {multiple ? 'Drop files here, or choose them' : 'Drop a file here, or choose one'}
      <input
        id={id}
        type="file"
        multiple={multiple}
        onChange={(event) => {
          onFiles(event.target.files);
          // the same file may be chosen again
          event.target.value = '';
        }}
        className="sr-only"
      />
    </label>
  );
}

function SendingRow({ sending, onForget }: { sending: Sending; onForget: () => void }) {
  const { title, share, error } = sending;
  return (
    <li className="flex items-start gap-2.5 rounded-md px-1.5 py-1.5">
      {error ? (
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-destructive-text" />
      ) : (
        <Upload aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm">{title}</p>
        {error ? (
          <p role="alert" className="text-destructive-text text-xs">
            {error}
          </p>
        ) : (
          <progress
            aria-label={`Uploading ${title}`}
            max={1}
            value={share}
            className="mt-1 block h-1 w-full appearance-none overflow-hidden rounded-full bg-secondary [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-secondary [&::-webkit-progress-value]:bg-primary"
          />
        )}
      </div>
      {error ? (
        <Button variant="ghost" size="icon-sm" aria-label={`Forget ${title}`} onClick={onForget}>
          <X aria-hidden className="text-muted-foreground" />
        </Button>
      ) : null}
    </li>
  );
}

function FileRow({ file, onDelete }: { file: StoredFile; onDelete: () => void }) {
  const Icon = iconOf(file.mime);
  return (
    <li className="group/file flex items-start gap-2.5 rounded-md px-1.5 py-1.5 focus-within:bg-accent/50 hover:bg-accent/50">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <a
          href={fileHref(file.path)}
          target={file.is_viewable ? '_blank' : undefined}
          rel="noreferrer"
          className="block truncate text-sm underline-offset-2 hover:underline"
        >
          {file.title}
        </a>
        <p className="truncate text-muted-foreground text-xs">
          {formatBytes(file.size_bytes)} · <RelativeTime at={file.created_at} />
          {file.uploader ? ` by ${file.uploader}` : null}
        </p>
      </div>
      {file.is_viewable ? (
        <Button variant="ghost" size="icon-sm" asChild>
          <a href={fileHref(file.path, true)} aria-label={`Save ${file.title}`}>
            <Download aria-hidden className="text-muted-foreground" />
          </a>
        </Button>
      ) : null}
      <Button variant="ghost" size="icon-sm" aria-label={`Delete ${file.title}`} onClick={onDelete}>
        <Trash2 aria-hidden className="text-muted-foreground" />
      </Button>
    </li>
  );
}
