'use client';

import { FileUp } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { formatBytes } from '@/lib/format';
import { cn } from '@/lib/utils';

/**
 * A place to drop a file, or to press and choose one.
 * @param accept endings and MIME types, as the file input takes them (`.csv,text/csv`)
 * @param maxBytes refuses larger files with a sentence
 * @param error what is wrong with the chosen file; shown in place
 * @param onFile called with one file that is not too large; its content is the caller's to judge
 */
export function FileDrop({
  label,
  help,
  accept,
  maxBytes,
  disabled = false,
  error,
  onFile,
  className,
}: {
  label: string;
  help?: ReactNode;
  accept?: string;
  maxBytes?: number;
  disabled?: boolean;
  error?: ReactNode;
  onFile: (file: File) => void;
  className?: string;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const depth = useRef(0);

  function take(files: FileList | null) {
    const file = files?.[0];
    if (input.current) input.current.value = '';
    if (!file || disabled) return;
    if (files.length > 1) {
      setRefusal('One file at a time. Drop the first one alone.');
    } else if (maxBytes !== undefined && file.size > maxBytes) {
      setRefusal(`${file.name} is ${formatBytes(file.size)}. The limit is ${formatBytes(maxBytes)}.`);
    } else if (file.size === 0) {
      setRefusal(`${file.name} is empty.`);
    } else {
      setRefusal(null);
      onFile(file);
    }
  }

  const message = refusal ?? error;
  return (
    <div className={className}>
      <label
        htmlFor={id}
        data-over={isOver || undefined}
        // Entering a child leaves the parent: count the levels, or the ground flickers.
        onDragEnter={(event) => {
          event.preventDefault();
          depth.current += 1;
          setIsOver(!disabled);
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
          take(event.dataTransfer.files);
        }}
        className={cn(
          'flex min-h-40 cursor-pointer flex-col items-center justify-center gap-1 rounded-lg border border-input border-dashed bg-sidebar px-6 py-8 text-center transition-colors duration-120 hover:border-control',
          'has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2',
          isOver && 'border-primary bg-selected',
          disabled && 'cursor-not-allowed opacity-60',
        )}
      >
        <FileUp aria-hidden strokeWidth={1.5} className="mb-1 size-6 text-muted-foreground" />
        <span className="font-medium">{label}</span>
        {help ? <span className="text-muted-foreground text-sm">{help}</span> : null}
        <input
          ref={input}
          id={id}
          type="file"
          accept={accept}
          disabled={disabled}
          aria-invalid={message ? true : undefined}
          aria-describedby={message ? `${id}-error` : undefined}
          onChange={(event) => take(event.target.files)}
          className="sr-only"
        />
      </label>
      {message ? (
        <p id={`${id}-error`} role="alert" className="mt-2 text-destructive-text text-sm">
          {message}
        </p>
      ) : null}
    </div>
  );
}
