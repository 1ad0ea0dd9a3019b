export const me = {
  work: 'Work',
  import: 'Import a ledger',
  grid: 'Grid',
  appearance: 'Appearance',
  largeText: 'Large text',
  largeTextHint: 'Enlarges text and buttons',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languages: { zh: '中文', en: 'English' },
  device: 'This device',
  deviceName: {
    title: 'Name of this device',
    hint: 'It stands in histories, so that colleagues see on which device something was changed.',
    saved: (name: string) => `This device is now called “${name}”`,
  },
  version: 'Version',
  signOut: {
    button: 'Sign out',
    title: 'Sign out?',
    text: 'The ledger stays on this device; sign in again to go on.',
    waiting:
      'These changes have not reached the server. They stay on this device and are sent when this account signs in again.',
    unsaved: 'Some changes could not be stored on this device and are lost if you sign out now.',
  },
  storage: {
    title: 'Storage',
    usage: 'Data on this device',
    used: (bytes: string) => `${bytes} used`,
    usedOf: (bytes: string, quota: string) => `${bytes} used of up to ${quota}`,
    records: 'Ledger records',
    tickets: 'Tickets',
    waiting: 'Waiting to sync',
    ask: 'Ask the browser to keep it',
    persistence: {
      granted: 'The browser keeps this data for good',
      refused: 'The browser did not promise to keep it',
      unsupported: 'This browser cannot promise to keep it',
    },
    persistenceText: {
      granted: 'It is not cleared when space runs short.',
      refused:
        'When space runs short, the browser may clear data that was not used for long. What is synced can be fetched again; with the app on the home screen browsers usually agree.',
      unsupported: 'Sync often; what is synced can always be fetched again.',
    },
    rescue: 'Export unsynced data',
    rescueText:
      'When the device needs repair, is full or cannot connect, you can save the changes the server does not have to a file. Neither the app nor the server can read it back so far: only the technicians who maintain this program can take out what it holds. So while the device can still connect, sync it first; the changes are then sent by themselves. The file holds personal data, keep it safe.',
    rescueButton: 'Export unsynced data',
    rescued: (count: number) =>
      count > 0
        ? `Exported ${count} unsynced ${count === 1 ? 'change' : 'changes'}`
        : 'Nothing is unsynced; the file holds only account and time',
    rescueFailed: 'Could not export; please try again',
  },
  install: {
    title: 'Add to home screen',
    why: 'Put Tongge on your home screen',
    whyText: 'It opens like any other app, works without a network, and browsers are more willing to keep its data.',
    already: 'Already on your home screen',
    add: 'Add to home screen',
    done: 'Added to your home screen',
    how: 'How to add it',
    inAppTitle: 'Please open this in a browser',
    inAppText:
      'A page inside WeChat, DingTalk and the like cannot be installed, and its data may be cleared when you leave.',
    steps: {
      wechat: 'Tap “…” at the top right\nChoose “Open in browser”\nSign in there, then add the app',
      ios: 'Open this page in Safari\nTap the share button\nChoose “Add to Home Screen”',
      harmony: 'Open the menu at the bottom\nChoose “Add to home screen”\nCheck the name and tap “Add”',
      android:
        'Open the browser menu\nChoose “Add to home screen” or “Install app”\nIf nothing happens, allow the browser to create shortcuts in the phone’s settings',
      desktop:
        'Look for an install icon at the end of the address bar\nOr choose “Install Tongge” in the browser menu\nIt then appears in the start menu or on the desktop',
    },
  },
}
