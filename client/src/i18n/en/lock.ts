export const lock = {
  title: 'Connect to go on',
  text: (name: string, hours: number) =>
    `This device has not met the server for over ${hours} ${hours === 1 ? 'hour' : 'hours'}. To protect residents, nothing of ${name} is shown until it has.`,
  waiting: (count: number) =>
    `Changes of ${count} ${count === 1 ? 'record' : 'records'} wait on this device to be sent, and will not be lost.`,
  kept: 'Everything on the device is still there.',
  auto: 'Unlocks by itself once connected',
  connect: 'Connect now',
  connecting: 'Connecting…',
  failed: 'The server cannot be reached yet; unlocks by itself once connected',
}
