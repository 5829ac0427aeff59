import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Providers } from '@/components/providers';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Freehold', template: '%s · Freehold' },
  description: 'The open-source outreach CRM for real-estate teams.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
};

/** The frame of every page: language, font, theme and messages. It fetches nothing. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme script sets the class before hydration, so the server's attribute differs on purpose.
    <html lang="en" className={GeistSans.variable} suppressHydrationWarning>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
