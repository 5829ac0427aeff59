'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

/** Where messages about finished or failed acts appear. Mounted once, by the root layout. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      mobileOffset={{ bottom: 72 }}
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full font-sans items-start gap-2.5 rounded-lg border bg-popover px-3.5 py-3 text-sm text-foreground shadow-float md:w-[356px]',
          icon: 'mt-0.5 [&>svg]:size-4',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'text-muted-foreground',
          success: '[&_[data-icon]]:text-primary-text',
          error: '[&_[data-icon]]:text-destructive-text',
          warning: '[&_[data-icon]]:text-warning-text',
          info: '[&_[data-icon]]:text-info-text',
          actionButton:
            'h-7 shrink-0 rounded-md border border-input px-2 font-medium text-sm hover:bg-accent max-md:h-10',
          cancelButton: 'h-7 shrink-0 rounded-md px-2 text-muted-foreground text-sm hover:bg-accent',
        },
      }}
    />
  );
}
