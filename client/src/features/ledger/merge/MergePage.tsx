/** Merging duplicates in two steps: candidates, then both records side by side. Nothing is written before the second. */
import { useParams } from '@solidjs/router'
import type { Entry, RecordId } from '@tongge/model'
import CopyCheck from 'lucide-solid/icons/copy-check'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { recordPath } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { Pane } from '../Pane.tsx'
import { titleOf } from '../record/entry-of.ts'
import { valueOf } from '../record/FieldList.tsx'
import { Missing } from '../record/Missing.tsx'
import { findCandidates } from './candidates.ts'
import { MergeCompare } from './MergeCompare.tsx'

export function MergePage(): JSX.Element {
  const session = useSession()
  const params = useParams()
  const id = createMemo(() => {
    const entry = session.store.entries[params['id'] as RecordId]
    return entry === undefined || entry.kind === 'note' ? undefined : entry.id
  })
  return (
    <Show when={id()} keyed fallback={<Missing />}>
      {(id) => <Merge id={id} />}
    </Show>
  )
}

function Merge(props: { readonly id: RecordId }): JSX.Element {
  const session = useSession()
  const [other, setOther] = createSignal<RecordId>()
  const entry = (): Entry | undefined => session.store.entries[props.id]
  const duplicate = (): Entry | undefined => {
    const id = other()
    return id === undefined ? undefined : session.store.entries[id]
  }
  const nameOf = (one: Entry): string =>
    one.kind === 'household'
      ? titleOf(session.store, valueOf(one, 'head') as string | undefined)
      : String(valueOf(one, 'name') ?? '')
  const candidates = createMemo(() => {
    const of = entry()
    return of === undefined ? [] : findCandidates(of, [...session.store.snapshot().entries.values()], nameOf)
  })
  const detail = (one: Entry): string =>
    one.kind === 'person'
      ? [titleOf(session.store, valueOf(one, 'household') as string), valueOf(one, 'birthDate')]
          .filter(Boolean)
          .join(' · ')
      : titleOf(session.store, one.id)
  return (
    <Show when={entry()} fallback={<Missing />}>
      {(keep) => (
        <Pane title={t('ledger.mergeTitle')} back={recordPath(keep().kind, keep().id)}>
          <Show
            when={duplicate()}
            fallback={
              <>
                <p>
                  <strong>{t('ledger.mergeStep1')}</strong>
                  <br />
                  {t('ledger.mergeStep1Text')}
                </p>
                <Show
                  when={candidates().length > 0}
                  fallback={
                    <EmptyState
                      icon={<CopyCheck size="1.75rem" />}
                      title={t('ledger.mergeNone')}
                      text={t('ledger.mergeNoneText')}
                    />
                  }
                >
                  <List title={t('ledger.mergeLike', nameOf(keep()))}>
                    <For each={candidates()}>
                      {(candidate) => (
                        <Row
                          title={nameOf(candidate.entry) || t('ledger.noHead')}
                          detail={detail(candidate.entry)}
                          trail={
                            <For each={candidate.why}>
                              {(why) => (
                                <Chip tone={why === 'sameId' ? 'notice' : 'plain'}>{t(`ledger.why.${why}`)}</Chip>
                              )}
                            </For>
                          }
                          onClick={() => setOther(candidate.entry.id)}
                        />
                      )}
                    </For>
                  </List>
                </Show>
              </>
            }
          >
            {(found) => <MergeCompare keep={keep()} duplicate={found()} onBack={() => setOther(undefined)} />}
          </Show>
        </Pane>
      )}
    </Show>
  )
}
