/** Gives a page the record its address names; a page of another record begins anew, with its own scroll and its own state. */
import { useParams } from '@solidjs/router'
import type { Entry, Kind } from '@tongge/model'
import { createMemo, Show, type JSX } from 'solid-js'
import { useSession } from '../../../session/use-session.ts'
import { entryOf } from './entry-of.ts'
import { Missing } from './Missing.tsx'

export function RecordOf<K extends Kind>(props: {
  readonly kind: K
  readonly children: (entry: () => Entry<K>) => JSX.Element
}): JSX.Element {
  const session = useSession()
  const params = useParams()
  return (
    <Show when={params['id']} keyed>
      {(id) => {
        const entry = createMemo(() => entryOf(session.store, props.kind, id))
        return (
          <Show when={entry()} fallback={<Missing />}>
            {(found) => props.children(found)}
          </Show>
        )
      }}
    </Show>
  )
}
