const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

export const sync = {
  label: 'Sync state',
  now: 'Sync now',
  waiting: (what: string) => `${what} waiting to sync`,
  toStorage: 'Look at storage',
  summaries: 'Recent syncs',
  noSummaries: 'No changes from others since the app was opened',
  toConflicts: (n: number) => `Settle ${count(n, 'conflict', 'conflicts')}`,
  short: {
    synced: 'Synced',
    offline: 'Offline',
    connecting: 'Connecting',
    saved: 'On device',
    waiting: (n: number) => `${n} waiting`,
    unsaved: 'Not saved',
  },
  title: { synced: 'Synced', saved: 'Saved on this device', unsaved: 'Not saved' },
  text: {
    synced: 'Everything you changed is stored on the server, and your colleagues can see it.',
    checking:
      'Everything on this device is stored and nothing waits to be sent. Colleagues’ changes arrive once there is a network.',
    sending: 'Your changes are stored on this device and on their way to the server.',
    saved:
      'Your changes are stored on this device and survive switching it off. They go to the server once there is a network.',
    unsaved: 'Your last change could not be stored on this device. Please do not close this page yet.',
  },
  connection: {
    online: 'Connected to the server',
    offline: 'No network; will connect by itself when it is back',
    connecting: 'Connecting to the server',
    stopped: 'No longer connecting',
  },
  unit: {
    households: (n: number) => count(n, 'household', 'households'),
    people: (n: number) => count(n, 'person', 'people'),
    tickets: (n: number) => count(n, 'ticket', 'tickets'),
    photos: (n: number) => `${n} ${n === 1 ? 'photo' : 'photos'}`,
    others: (n: number) => count(n, 'other record', 'other records'),
    separator: ', ',
  },
  group: {
    added: 'Added',
    changed: 'Changed',
    removed: 'Deleted',
    tickets: 'Tickets',
    more: (n: number) => `${n} more`,
  },
  summary: {
    line: (parts: string) => `This sync: ${parts}`,
    households: (n: number) => `${count(n, 'household', 'households')} added`,
    added: (n: number) => `${count(n, 'record', 'records')} added`,
    changed: (n: number) => `${n} changed`,
    removed: (n: number) => `${n} deleted`,
    tickets: (n: number) => count(n, 'ticket', 'tickets'),
    conflicts: (n: number) => count(n, 'conflict', 'conflicts'),
    nothing: 'nothing new',
    separator: ', ',
  },
  doubt: {
    title: 'The server’s audit log does not match',
    text: 'The server’s audit log is shorter than when this device last saw it, or was changed. Your data is not affected. Please tell the auditor; after a restored backup or a new server this is to be expected.',
    seen: 'Understood',
  },
  problem: {
    quota: {
      title: 'Storage is full',
      text: 'This device has no room for new changes. Delete some photos or apps, then choose “Sync now”; or export the unsynced data first.',
    },
    denied: {
      title: 'The browser does not allow saving',
      text: 'It may be a private window, or site data is blocked. Open the app in an ordinary window; keep this page open until then.',
    },
    lost: {
      title: 'The local database was closed',
      text: 'The browser interrupted local storage. Export the unsynced data first, then open the app again.',
    },
    corrupt: {
      title: 'Some local data is damaged',
      text: 'The damaged part is skipped and fetched again from the server. Unsynced changes can be exported first.',
    },
    unsupported: {
      title: 'The app has another version',
      text: 'App and server are of different versions and cannot sync. Update the app while online; your changes are still on this device.',
    },
    signedOut: {
      title: 'Your sign-in has expired',
      text: 'Sign in again and syncing goes on. Your changes are still on this device.',
    },
    forbidden: {
      title: 'No permission to sync',
      text: 'Your account is no longer in this grid, or its rights changed. Ask your grid leader. Your changes are still on this device.',
    },
    absent: {
      title: 'The server does not have this',
      text: 'It may have been restored from a backup. Ask your community office. Your changes are still on this device.',
    },
    tooLarge: {
      title: 'Too large',
      text: 'One change is over the server’s limit and was not sent. Please make it shorter.',
    },
    refused: {
      title: 'A change was not accepted',
      text: 'Fetching the latest content; what may be written is written again, the rest is listed under “Refused changes”. Nothing is lost.',
    },
    readOnly: { title: 'Read only', text: 'Your role may not change this part; the change was not sent.' },
    unknown: {
      title: 'Syncing has a problem',
      text: 'It will be tried again. If this goes on, ask your community office. Your changes are still on this device.',
    },
  },
  signInAgain: 'Sign in again',
}
