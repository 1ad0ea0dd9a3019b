/** How a document moves and rests. Knows no schema. */
export type { FailureReason, Provider, ProviderStatus } from './provider.ts'
export { backoffDelay, relayBackoff, type BackoffLimits } from './backoff.ts'
export { ProviderFailure } from './status.ts'
export type { SetTimer } from './timing.ts'
export { plainCipher, type Cipher } from './vault/cipher.ts'
export type { Unsent } from './vault/entry.ts'
export { createMemoryDisk, type MemoryDisk } from './vault/memory-shelf.ts'
export { openVault, type VaultOptions } from './vault/open-vault.ts'
export { ShelfFailure, type Shelf } from './vault/shelf.ts'
export type { TabChannel } from './vault/tabs.ts'
export type { LeftCopy, Vault, VaultProblem, VaultUsage } from './vault/vault.ts'
export type { VaultProvider } from './vault/vault-provider.ts'
export type { LocalCopy, RelayProvider } from './relay/relay-provider.ts'
export {
  createRelayLink,
  type LinkState,
  type LinkStatus,
  type RelayLink,
  type RelayLinkOptions,
} from './relay/relay-link.ts'
export { streamInflate, type Inflate } from './relay/inflate.ts'
export { webSocketOpener, type CreateSocket, type RelaySocket, type RelaySocketEvents } from './relay/socket.ts'
export { createIndexeddbProvider, type IndexeddbOptions, type IndexeddbProvider } from './indexeddb-provider.ts'
export { createMemoryHub, type MemoryHub } from './memory-hub.ts'
export { askPersistence, storageEstimate, type Persistence, type StorageRoom } from './storage.ts'
export { deriveSyncLight, type DerivedSyncLight, type SyncLightInput } from './sync-light.ts'
export { isWhole, markWhole, standingsOf, unmarkWhole, type Standing } from './vault/generations.ts'
export { leaseSlot, type SlotLease, type SlotOptions } from './vault/slot.ts'
export { createSlotKeeper, type SlotKeeper } from './vault/slot-keeper.ts'
