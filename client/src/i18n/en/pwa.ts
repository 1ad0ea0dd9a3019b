export const pwa = {
  updateReady: 'A new version is ready',
  updateNow: 'Update',
  later: 'Later',
  offlineReady: 'Ready for use without a network',
  persistenceGranted: 'The browser will keep the data on this device',
  persistenceRefused: 'The browser did not promise to keep the data; sync often',
  details: 'Details',
}
