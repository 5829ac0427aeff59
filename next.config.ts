import type { NextConfig } from 'next';

const isDevelopment = process.env.NODE_ENV === 'development';

/**
 * Origins the browser may open connections to besides our own: the Supabase the app was built for.
 * A local stack may move its ports between runs, so on loopback any port is allowed.
 */
function connectSources(): string {
  const url = process.env.NEXT_PUBLIC_SUPABASE_URL;
  const host = url && URL.canParse(url) ? new URL(url) : null;
  if (host && !['127.0.0.1', 'localhost', '[::1]'].includes(host.hostname)) {
    return `${host.origin} ${host.origin.replace(/^http/, 'ws')}`;
  }
  return 'http://127.0.0.1:* ws://127.0.0.1:* http://localhost:* ws://localhost:*';
}

/**
 * Next inlines its bootstrap and the theme script, and a nonce would make every page dynamic and uncacheable,
 * so inline scripts stay allowed; everything else is closed to our own origin.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  `img-src 'self' data: blob: ${connectSources()}`,
  "font-src 'self'",
  // calls by the browser: Twilio's Voice SDK speaks to its edge and fetches its sounds
  `connect-src 'self' ${connectSources()} https://*.twilio.com wss://*.twilio.com`,
  "media-src 'self' blob: https://sdk.twilio.com",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(self), microphone=(self), payment=()' },
  { key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
];

const assetHeaders = securityHeaders.filter(({ key }) =>
  ['X-Content-Type-Options', 'Strict-Transport-Security'].includes(key),
);

const nextConfig: NextConfig = {
  // Two copies of the app (development beside a test build) must not share one build folder.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  devIndicators: false,
  serverExternalPackages: ['pino', 'twilio', 'ws'],
  experimental: {
    optimizePackageImports: ['lucide-react'],
    // the shapes of pages are checked through next-env.d.ts; otherwise Next writes each build folder into tsconfig.json
    strictRouteTypes: true,
  },
  headers: async () => [
    { source: '/((?!_next/static/).*)', headers: securityHeaders },
    // A page's rules for scripts and frames say nothing on its scripts and fonts, and weigh half a kB on each of them.
    { source: '/_next/static/:path*', headers: assetHeaders },
  ],
};

export default nextConfig;
