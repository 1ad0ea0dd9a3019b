/**
 * Photos 照片 of the grid. Those taken together are an album, a document of its own: it is on this device's disk before anybody names it,
 * waits for the relay like every edit, and is fetched when somebody looks.
 */
import { addPhoto, photoIn } from '@tongge/crdt'
import { formatPhotoRef, parsePhotoRef, type GridCode, type PhotoRef, type RecordId } from '@tongge/model'
import { formatDocumentName } from '@tongge/protocol'
import { createSignal } from 'solid-js'
import type { OpenDocument } from './open-documents.ts'
import type { Photos, ShownPhoto } from './session.ts'

interface Parts {
  readonly grid: GridCode
  /** Those open already: an album may still be on its way to the relay. */
  readonly documents: readonly OpenDocument[]
  /** The light tells of what waits in it. */
  readonly open: (name: string) => OpenDocument | undefined
  readonly openBeside: (name: string) => OpenDocument | undefined
  /** It is open no more. */
  readonly drop: (document: OpenDocument) => void
  readonly newId: () => RecordId
}

/** Albums that were opened to look at, and that nobody looks at any more, stay open up to this number. */
const kept = 6

export function createPhotos({ grid, documents, open, openBeside, drop, newId }: Parts): Photos {
  const lookers = new Map<OpenDocument, number>()
  const closing = new Map<string, Promise<void>>()

  const nameOf = (album: RecordId): string => formatDocumentName({ kind: 'photos', grid, album })
  const toLookAt = async (name: string): Promise<OpenDocument | undefined> => {
    await closing.get(name)
    const known = documents.find((one) => one.name === name)
    const document = known ?? openBeside(name)
    if (document && !known) lookers.set(document, 0)
    return document
  }
  /** Oldest first. */
  const tidy = (): void => {
    const idle = [...lookers].flatMap(([document, count]) =>
      count === 0 && !document.vault?.unsent() ? [document] : [],
    )
    for (const document of idle.slice(0, Math.max(0, idle.length - kept))) {
      lookers.delete(document)
      drop(document)
      const done = document.close().finally(() => closing.delete(document.name))
      closing.set(document.name, done)
    }
  }
  const count = (document: OpenDocument, change: 1 | -1): void => {
    const before = lookers.get(document)
    if (before !== undefined) lookers.set(document, before + change)
  }
  const follow = async (
    { album: id, index }: PhotoRef,
    show: (photo: ShownPhoto) => void,
    isOver: () => boolean,
    onOver: (work: () => void) => void,
  ): Promise<void> => {
    const document = await toLookAt(nameOf(id))
    if (!document || isOver()) return
    count(document, 1)
    onOver(() => {
      count(document, -1)
      document.doc.off('update', read)
      tidy()
    })
    const read = (): void => {
      const bytes = photoIn(document.doc, index)
      if (bytes) show(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }))
    }
    document.doc.on('update', read)
    await document.loaded
    read()
    if (photoIn(document.doc, index)) return
    const { state } = document.relay.status()
    if (state === 'offline') show('away')
    await document.relay.ready.catch(() => undefined)
    if (!photoIn(document.doc, index)) show('away')
  }

  return {
    add: async (photos) => {
      const id = newId()
      const album = open(nameOf(id))
      if (!album?.vault) throw new Error('nowhere to keep photos')
      await album.loaded
      for (const [index, photo] of photos.entries())
        addPhoto(album.doc, id, index, new Uint8Array(await photo.arrayBuffer()))
      await album.vault.durable()
      return photos.map((_, index) => formatPhotoRef({ album: id, index }))
    },
    look: (ref) => {
      const [photo, setPhoto] = createSignal<ShownPhoto>('coming')
      const found = parsePhotoRef(ref)
      const undo: (() => void)[] = []
      let isOver = false
      if (found)
        void follow(
          found,
          (shown) => setPhoto(() => shown),
          () => isOver,
          (work) => undo.push(work),
        )
      else setPhoto('away')
      return {
        photo,
        dispose: () => {
          isOver = true
          for (const work of undo) work()
        },
      }
    },
  }
}
