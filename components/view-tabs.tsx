'use client';

import { ChevronDown, Pencil, RotateCcw, Save, Trash2, Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { cn } from '@/lib/utils';
import { ConfirmDialog } from './confirm-dialog';
import { Menu, type MenuItem } from './menu';
import { Button } from './ui/button';

const SaveViewDialog = dynamic(() => import('./save-view-dialog').then((module) => module.SaveViewDialog), {
  ssr: false,
});

/** A list's filters, sort and columns under a name. */
export type SavedView = {
  id: string;
  name: string;
  /** Everyone in the workspace sees it. */
  isShared: boolean;
  /** Only its maker (or an admin) changes it. */
  canEdit: boolean;
};

/** What a person gives a view. */
export type ViewNaming = { name: string; isShared: boolean };

type Naming = { kind: 'new' } | { kind: 'rename'; view: SavedView } | null;

/**
 * Saved views as tabs: All, then the person's and the shared ones. When filters differ from the view, it is marked and
 * can be saved or put back. The writers reject with an Error whose message can be shown.
 * @param activeId the view one is in, or null for All
 * @param isModified what is shown differs from the view (or, in All, from no filters)
 */
export function ViewTabs({
  views,
  activeId,
  isModified,
  onSelect,
  onCreate,
  onUpdate,
  onRename,
  onDelete,
}: {
  views: readonly SavedView[];
  activeId: string | null;
  isModified: boolean;
  onSelect: (id: string | null) => void;
  onCreate: (naming: ViewNaming) => Promise<void>;
  onUpdate: (id: string) => Promise<void> | void;
  onRename: (id: string, naming: ViewNaming) => Promise<void>;
  onDelete: (id: string) => Promise<void>;
}) {
  const [naming, setNaming] = useState<Naming>(null);
  const [deleting, setDeleting] = useState<SavedView | null>(null);
  const active = views.find((view) => view.id === activeId) ?? null;

  const menuOf = (view: SavedView): MenuItem[] => [
    ...(isModified
      ? ([
          { label: 'Put back the saved filters', icon: RotateCcw, onSelect: () => onSelect(view.id) },
          ...(view.canEdit
            ? [{ label: 'Save the changes', icon: Save, onSelect: () => void onUpdate(view.id) }]
            : []),
          { label: 'Save as a new view', icon: Save, onSelect: () => setNaming({ kind: 'new' }) },
          'separator',
        ] as MenuItem[])
      : []),
    {
      label: 'Rename or share',
      icon: Pencil,
      disabled: !view.canEdit,
      onSelect: () => setNaming({ kind: 'rename', view }),
    },
    {
      label: 'Delete the view',
      icon: Trash2,
      destructive: true,
      disabled: !view.canEdit,
      onSelect: () => setDeleting(view),
    },
  ];

  return (
    <nav
      aria-label="Views"
      className="flex min-w-0 items-center gap-0.5 overflow-x-auto [scrollbar-width:none]"
    >
      <Tab label="All" current={active === null} onClick={() => onSelect(null)} />
      {views.map((view) => (
        <span key={view.id} className="relative inline-flex shrink-0 items-center">
          <Tab
            label={view.name}
            shared={view.isShared}
            modified={isModified && view.id === activeId}
            current={view.id === activeId}
            hasMenu={view.id === activeId}
            onClick={() => onSelect(view.id)}
          />
          {view.id === activeId ? (
            <Menu
              label={`View ${view.name}`}
              className="-ml-7 relative inline-flex"
              items={() => menuOf(view)}
              trigger={(props) => (
                <button
                  type="button"
                  {...props}
                  aria-label={`Options of the view ${view.name}`}
                  className="focus-inset inline-flex size-6 items-center justify-center rounded-sm text-muted-foreground hover:text-foreground max-md:h-10"
                >
                  <ChevronDown aria-hidden className="size-3.5" />
                </button>
              )}
            />
          ) : null}
        </span>
      ))}
      {isModified ? (
        <Button
          variant="ghost"
          size="sm"
          className="text-primary-text"
          onClick={() => (active?.canEdit ? void onUpdate(active.id) : setNaming({ kind: 'new' }))}
        >
          {active?.canEdit ? 'Save' : 'Save view'}
        </Button>
      ) : null}
      {naming ? (
        <SaveViewDialog
          title={naming.kind === 'new' ? 'Save view' : 'Rename or share'}
          description={
            naming.kind === 'new'
              ? 'Keeps the filters, the sort and the columns as they are now.'
              : 'Shared views are seen by everyone in the workspace.'
          }
          initial={
            naming.kind === 'rename'
              ? { name: naming.view.name, isShared: naming.view.isShared }
              : { name: '', isShared: false }
          }
          onClose={() => setNaming(null)}
          onSave={(given) => (naming.kind === 'rename' ? onRename(naming.view.id, given) : onCreate(given))}
        />
      ) : null}
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete the view ${deleting?.name ?? ''}?`}
        description={
          deleting?.isShared
            ? 'It disappears for everyone in the workspace. The records stay as they are.'
            : 'Only the view goes. The records stay as they are.'
        }
        confirmLabel="Delete"
        destructive
        onConfirm={() => (deleting ? onDelete(deleting.id) : undefined)}
      />
    </nav>
  );
}

function Tab({
  label,
  current,
  shared = false,
  modified = false,
  hasMenu = false,
  onClick,
}: {
  label: string;
  current: boolean;
  shared?: boolean;
  modified?: boolean;
  hasMenu?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-current={current ? 'true' : undefined}
      onClick={onClick}
      className={cn(
        'focus-inset inline-flex h-7 max-w-48 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm transition-colors duration-120 max-md:h-10',
        current ? 'bg-accent font-medium' : 'text-muted-foreground hover:bg-accent hover:text-foreground',
        hasMenu && 'pr-7',
      )}
    >
      {shared ? <Users aria-label="Shared" className="size-3 shrink-0" /> : null}
      <span className="truncate">{label}</span>
      {modified ? (
        <>
          <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-info" />
          <span className="sr-only">changed</span>
        </>
      ) : null}
    </button>
  );
}
