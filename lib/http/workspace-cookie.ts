/** The cookie that holds the workspace a browser is in. A header `x-workspace-id` goes before it. */
export const workspaceCookie = 'workspace';
