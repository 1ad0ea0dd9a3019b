/** What every audit log does, whatever it stands on. */
import { encodeHash, isConsistent, isIncluded, leafHash, type AuditEvent } from '@tongge/protocol/audit'
import { describe, expect, test } from 'vitest'
import type { AuditLog } from '../../sync-server/src/audit/audit-log.ts'
import type { LogWitness } from '../../sync-server/src/ports.ts'

export interface AuditStage {
  readonly audit: AuditLog & { readonly witness: LogWitness }
  /** The same log after a restart. */
  reopen(): Promise<AuditLog>
  dispose(): Promise<void>
}

export const signedOut = (index: number): AuditEvent => ({ type: 'signOut', account: `member${index}` })
const leafOf = (text: string): Uint8Array => leafHash(new TextEncoder().encode(text))

export function describeAuditLog(name: string, open: () => Promise<AuditStage>): void {
  describe(`audit log over ${name}`, () => {
    test('[AUDIT3] entries stand in the order of their commit, as canonical JSON with the time, also after a restart', async () => {
      const stage = await open()
      const from = await stage.audit.size()
      expect(await stage.audit.append([signedOut(1), signedOut(2)])).toEqual([from, from + 1])
      expect(await stage.audit.append([{ type: 'signIn', outcome: 'ok', account: 'member3' }], { at: 5 })).toEqual([
        from + 2,
      ])
      const texts = [
        '{"account":"member1","at":1000,"type":"signOut"}',
        '{"account":"member2","at":1000,"type":"signOut"}',
        '{"account":"member3","at":5,"outcome":"ok","type":"signIn"}',
      ]
      expect(await stage.audit.entries(from, 10)).toEqual(texts)
      expect(await stage.audit.entries(from + 1, 1)).toEqual([texts[1]])
      const again = await stage.reopen()
      expect(await again.size()).toBe(from + 3)
      expect(await again.entries(from, 10)).toEqual(texts)
      expect(await again.append([signedOut(4)])).toEqual([from + 3])
      await stage.dispose()
    })

    test('[AUDIT3] each root is that of the entries, and proofs hold between any two of them', async () => {
      const stage = await open()
      const roots = new Map<number, Uint8Array>()
      for (let index = 0; (await stage.audit.size()) < 530; index++) {
        await stage.audit.append(Array.from({ length: 1 + (index % 40) }, (_, at) => signedOut(at)))
        const size = await stage.audit.size()
        roots.set(size, await stage.audit.root(size))
      }
      const audit = await stage.reopen()
      const size = await audit.size()
      const root = await audit.root(size)
      for (const [earlier, before] of roots) {
        expect(await audit.root(earlier)).toEqual(before)
        const proof = await audit.consistency(earlier, size)
        expect(isConsistent({ size: earlier, root: before }, { size, root }, proof)).toBe(true)
      }
      const texts = await audit.entries(0, size)
      for (let index = 0; index < size; index += 37)
        expect(isIncluded(leafOf(texts[index] ?? ''), index, { size, root }, await audit.inclusion(index, size))).toBe(
          true,
        )
      await stage.dispose()
    })

    test('[AUDIT3] everything appended in one turn takes its own positions, and marks are kept', async () => {
      const stage = await open()
      const from = await stage.audit.size()
      const positions = await Promise.all([
        stage.audit.append([signedOut(1)], { mark: { name: 'accounts', value: 7 } }),
        stage.audit.append([signedOut(2), signedOut(3)]),
        stage.audit.append([], { mark: { name: 'other', value: 1 } }),
      ])
      expect(positions).toEqual([[from], [from + 1, from + 2], []])
      const again = await stage.reopen()
      expect([await again.mark('accounts'), await again.mark('other'), await again.mark('none')]).toEqual([7, 1, 0])
      await stage.dispose()
    })

    test('[AUDIT3] the newest head is kept, and none takes the place of another', async () => {
      const stage = await open()
      expect(await stage.audit.lastHead()).toBeUndefined()
      const head = (size: number) => ({
        log: stage.audit.name,
        size,
        root: encodeHash(leafOf(String(size))),
        at: size,
        key: 'k',
        signature: 's',
      })
      await stage.audit.addHead(head(1))
      await stage.audit.addHead(head(4))
      await stage.audit.addHead({ ...head(4), at: 9 })
      expect(await (await stage.reopen()).lastHead()).toEqual(head(4))
      await stage.dispose()
    })
  })
}
