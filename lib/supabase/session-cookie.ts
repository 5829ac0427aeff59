/** Session cookies are for the server alone: the browser asks `/api/realtime/token` for the one thing it needs. */
export const sessionCookieOptions = { httpOnly: true, sameSite: 'lax', path: '/' } as const;
