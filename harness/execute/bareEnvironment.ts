/** Owns where trials' environments begin: nothing of the user's. */

export const BARE_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' };
