/** The masked doors of the buildings, from the rosters that the relay writes. */
import { readRoster } from '@tongge/crdt'
import type { RecordId, RosterDoor } from '@tongge/model'
import { createSignal } from 'solid-js'
import type { OpenDocument } from './open-documents.ts'

export interface OpenRosters {
  /** In no order; empty where this account has no roster. Tracked. */
  doorsOf(building: RecordId): readonly RosterDoor[]
  /** The documents are loaded: rosters may be among them. */
  follow(documents: readonly OpenDocument[]): void
  dispose(): void
}

export function createRosters(): OpenRosters {
  const [byBuilding, setByBuilding] = createSignal<ReadonlyMap<RecordId, readonly RosterDoor[]>>(new Map())
  const undo: (() => void)[] = []
  return {
    doorsOf: (building) => byBuilding().get(building) ?? [],
    follow: (documents) => {
      for (const { parsed, doc } of documents) {
        if (parsed.kind !== 'roster') continue
        const building = parsed.building as RecordId
        const read = (): void => void setByBuilding((before) => new Map(before).set(building, readRoster(doc)))
        doc.on('update', read)
        undo.push(() => doc.off('update', read))
        read()
      }
    },
    dispose: () => {
      for (const stop of undo) stop()
    },
  }
}
