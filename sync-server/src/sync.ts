/** The relay's core: the log, the documents over it, and the sockets into them. */
export { createMemoryUpdateLog } from './log/memory-update-log.ts'
export { openPostgresUpdateLog, type PostgresLogOptions } from './log/postgres-update-log.ts'
export { createSqliteUpdateLog, type SqliteUpdateLog } from './log/sqlite-update-log.ts'
export { UnusableLogError } from './log/unusable-log.ts'
export type { SyncConnection } from './sockets/connection.ts'
export { createSyncEndpoint, type SyncEndpoint, type SyncEndpointOptions, type SyncStats } from './sockets/endpoint.ts'
export { defaultLimits, type SyncLimits } from './sockets/limits.ts'
export { createNewest, type Newest } from './rooms/newest.ts'
