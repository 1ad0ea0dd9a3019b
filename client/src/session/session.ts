/**
 * What a view sees of the signed-in person's work: one way to write (`dispatch`) and one way to read (`store`).
 * Views know this file, never a document, a provider or a socket.
 */
import type { CoText, CoTextAddress, HistoryLine, InboxItem, RefusedEdit as Unwritten, RevealLine } from '@tongge/crdt'
import type {
  AccountId,
  Command,
  Entry,
  GridCode,
  PlanContext,
  RecordId,
  Refusal,
  Role,
  RosterDoor,
  Snapshot,
  Ticket,
  TrashedEntry,
  WorkCalendar,
} from '@tongge/model'
import type { FailureReason, Persistence, Unsent, VaultUsage } from '@tongge/sync'
import type { Accessor } from 'solid-js'
import type { CommunitySettings } from './community-settings.ts'
import type { DeviceName } from './device-name.ts'
import type { Directory } from './directory.ts'
import type { LeaderInbox } from './leader-inbox.ts'

export type { CoText, CoTextDelta, RevealLine } from '@tongge/crdt'

/** The grid as signals: one entry changes without waking whoever shows the others. */
export interface GridStore {
  /** Everything at once, as plain data. Its maps keep their identity until one of their records changes. */
  readonly snapshot: Accessor<Snapshot>
  readonly entries: Readonly<Record<RecordId, Entry>>
  readonly trash: Readonly<Record<RecordId, TrashedEntry>>
  readonly tickets: Readonly<Record<RecordId, Ticket>>
}

/** The three-state sync light. `saved`: on this device only; `synced`: the relay has committed everything; `unsaved`: not even on this device. */
export interface SyncLight {
  readonly light: 'synced' | 'saved' | 'unsaved'
  readonly connection: 'online' | 'offline' | 'connecting' | 'stopped'
  /** What still waits for the relay, in human units. */
  readonly waiting: {
    readonly households: number
    readonly people: number
    readonly tickets: number
    readonly photos: number
    readonly others: number
  }
  readonly problem?: FailureReason
}

/** What a sync brought, shown once it is done. */
export interface SyncSummary {
  readonly at: number
  readonly added: readonly RecordId[]
  readonly changed: readonly RecordId[]
  readonly removed: readonly RecordId[]
  readonly tickets: readonly RecordId[]
  readonly conflicts: number
  /** Nothing was here before: it brought the grid itself. */
  readonly isFirst?: true
}

export interface Peer {
  readonly account: string
  readonly name: string
  /** What they are looking at, such as `household/h1`. */
  readonly subject: string | undefined
  readonly editing: boolean
}

export interface DeviceStorage {
  usage(): Promise<VaultUsage>
  /** Whether the browser keeps the store when space runs low; asked for at the first save. */
  persistence(): Promise<Persistence>
  /** What the relay has not committed, for the rescue export. */
  unsent(): Promise<readonly Unsent[]>
  retry(): Promise<void>
}

/** `away`: not on this device, and the relay cannot be asked or has it no more. */
export type ShownPhoto = Blob | 'coming' | 'away'

export interface Photos {
  /** JPEG files, taken together. Resolves with their names for a step's evidence once they are on this device's disk; rejects where it refuses. */
  add(photos: readonly Blob[]): Promise<readonly string[]>
  look(name: string): { readonly photo: Accessor<ShownPhoto>; readonly dispose: () => void }
}

/** What somebody is still writing, kept on this device sealed like the documents until it is sent or discarded. */
export interface Drafts {
  /** Undefined forgets it. A disk that refuses it has said so elsewhere. */
  keep(name: string, draft: object | undefined): void
  recall(name: string): Promise<unknown>
}

export type DispatchAnswer =
  | { readonly ok: true; readonly saved: Promise<void>; readonly created: readonly RecordId[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** Something this person wrote that the relay did not take: what it said, for them to read. */
export interface RefusedEdit extends Omit<Unwritten, 'reason'> {
  readonly id: RecordId
  /** `ledger`, `sensitive`, `work/2026q4`, `notes/b1`. */
  readonly document: string
  /** When that was found. */
  readonly at: number
  /**
   * `torn`: it builds on what is nowhere any more. `again`: written again, it was refused once more.
   * `movedOut`: the whole document may not be read any more.
   */
  readonly reason: Unwritten['reason'] | 'torn' | 'again' | 'movedOut'
  readonly grid?: GridCode
  /** Kinds of documents that left this device because this account may not read them any more; then there are no lines. */
  readonly left?: readonly LeftKind[]
  /** Photos that only this device has; see `refusedPhoto`. */
  readonly photos?: number
  /** The records it is about and those they lie in, where the ledger shows them no more. */
  readonly known?: readonly Entry[]
  /** How far it is on its way to the leaders of the grid 请网格长处理; absent where nobody asked them. */
  readonly handover?: Handover
}

export const leftKinds = ['ledger', 'sensitive', 'diary', 'work', 'journal', 'notes', 'roster', 'photos'] as const
export type LeftKind = (typeof leftKinds)[number] | 'other'

/** `asked`: waits on this device. `waiting`: the relay has it. `refused`: the relay would not take it. */
export type Handover =
  | { readonly state: 'asked' | 'waiting' }
  | { readonly state: 'adopted' | 'discarded'; readonly at: number; readonly by: string }
  | { readonly state: 'refused'; readonly reason: 'tooLarge' | 'notTaken' }

export interface Session {
  readonly account: AccountId
  readonly name: string
  readonly roles: readonly Role[]
  readonly grid: GridCode
  readonly grids: readonly GridCode[]
  /** The buildings whose notes this person may write. */
  readonly buildings: readonly RecordId[]
  readonly store: GridStore
  /** False until there is something to show: what was remembered, or the documents of this device; a first-ever sign-in also waits for the first sync. */
  readonly loaded: Accessor<boolean>
  /** Whether every document of this device has been read: until then, a record that is not shown may still come. */
  readonly complete: Accessor<boolean>
  readonly light: Accessor<SyncLight>
  /** Newest first; the last twenty. */
  readonly summaries: Accessor<readonly SyncSummary[]>
  readonly inbox: Accessor<readonly InboxItem[]>
  /** 被拒绝的修改, newest first, until this person has seen to them. */
  readonly refused: Accessor<readonly RefusedEdit[]>
  dismissRefused(id: RecordId): Promise<void>
  refusedPhoto(id: RecordId, index: number): Promise<Blob | undefined>
  /** Gives one of them to the leaders of its grid, now or once the relay can be reached. */
  handOver(id: RecordId): Promise<void>
  /** What others gave to the leaders of this grid. */
  readonly handedOver: Omit<LeaderInbox, 'dispose'>
  readonly peers: Accessor<readonly Peer[]>
  /** Ids with edits the relay has not committed. */
  waiting(id: RecordId): boolean
  dispatch(command: Command): DispatchAnswer
  /** What plan needs, for views that ask `allowedSteps` or `mayWrite`. */
  context(): PlanContext
  undo(): DispatchAnswer | undefined
  redo(): DispatchAnswer | undefined
  canRedo(): boolean
  /** The one that `undo` would take back; the same object until there is another. */
  lastEdit(): object | undefined
  /** Tracked: empty while the documents are being read. */
  history(id: RecordId): readonly HistoryLine[]
  /** Which steps of a ticket were adopted, and from whom. Tracked likewise. */
  adoptedSteps(ticket: RecordId): ReadonlyMap<RecordId, AccountId>
  /** Who was shown the sensitive fields of a record, newest first, the last fifty. Tracked likewise. */
  reveals(id: RecordId): readonly RevealLine[]
  /** Tells the others what this person looks at. */
  watch(subject: string | undefined, editing: boolean): void
  /** What this device is called in histories. */
  readonly device: DeviceName
  /** The co-edited text of a record: a household's diary, a ticket's description. Undefined while its document is not open; tracked. */
  openText(of: CoTextAddress): CoText | undefined
  readonly directory: Accessor<Directory>
  /** The masked doors of a building, in no order; empty where this account has no roster. Tracked. */
  doorsOf(building: RecordId): readonly RosterDoor[]
  /** Working days and times of tickets in this community, by which tickets are folded. */
  calendar(): WorkCalendar
  /** 社区设置 at the relay, for those who set them. */
  readonly settings: CommunitySettings
  readonly drafts: Drafts
  readonly photos: Photos
  /** The store on this device, for the storage page. */
  readonly storage: DeviceStorage
  switchGrid(grid: GridCode): void
  syncNow(): void
  signOut(): Promise<void>
}
