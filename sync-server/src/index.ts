/** The relay for those who run it inside another process, such as tests and benches. */
export { parseConfig, type Config } from './config.ts'
export type * from './ports.ts'
export { startRelay, type Relay, type RelayOptions } from './relay.ts'
export { StartError } from './stores.ts'
