/** 社区设置: times of every kind of ticket and the days the community works, set at the relay for everybody. */
import { codeList, openLists, taxonomy } from '@tongge/model'
import CloudOff from 'lucide-solid/icons/cloud-off'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { nameOf, t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useDirty } from '../../pwa/dirty.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { List } from '../../ui/List.tsx'
import { Page } from '../../ui/Page.tsx'
import { Row } from '../../ui/Row.tsx'
import { toast } from '../../ui/toast.ts'
import { useNow } from '../records/use-now.ts'
import { createSettings, type SettingsFailure } from './create-settings.ts'
import { termsInForce } from './edit-times.ts'
import { ownCodes } from './edit-lists.ts'
import { KindEditor } from './KindEditor.tsx'
import { ListEditor } from './ListEditor.tsx'
import styles from './settings.module.css'
import { termsText } from './term-text.ts'
import { WorkdayList } from './WorkdayList.tsx'

export function SettingsPage(): JSX.Element {
  const session = useSession()
  const now = useNow()
  const state = createSettings(session)
  const [kind, setKind] = createSignal<string>()
  const [list, setList] = createSignal<(typeof openLists)[number]>()
  void state.load()
  useDirty(() => state.changes() > 0)
  const save = async () => {
    if (await state.save()) toast(t('settings.saved'))
  }
  return (
    <Page
      title={t('settings.title')}
      back={paths.me}
      foot={
        <Show when={state.answer()}>
          <Button kind="primary" wide disabled={state.busy() || state.changes() === 0} onClick={() => void save()}>
            {t('settings.save', state.changes())}
          </Button>
        </Show>
      }
    >
      <p class={styles.intro}>
        {[session.directory().community?.name, t('settings.intro')].filter(Boolean).join(' · ')}
      </p>
      <Show when={state.failure()}>
        {(failure) => (
          <Banner
            tone={state.answer() ? 'danger' : 'notice'}
            icon={<CloudOff size="1.25rem" />}
            title={failureText(failure(), state.answer() !== undefined)}
            actions={
              <Show when={!state.answer() || failure().reason === 'conflict'}>
                <Button onClick={() => void state.load()}>
                  {t(state.answer() ? 'settings.reload' : 'settings.retry')}
                </Button>
              </Show>
            }
          >
            {state.answer() ? undefined : t('settings.offlineText')}
          </Banner>
        )}
      </Show>
      <Show when={state.answer()?.changedBy}>
        {(by) => (
          <p class={styles.last}>
            {t(
              'settings.last',
              session.directory().nameOf(by() as typeof session.account),
              momentText(state.answer()?.changedAt ?? now(), now()),
            )}
          </p>
        )}
      </Show>
      <WorkdayList parameters={state.parameters()} onChange={state.answer() && state.change} />
      <For each={taxonomy}>
        {(group) => (
          <List title={nameOf(group)}>
            <For each={group.categories}>
              {(category) => {
                const terms = () => termsInForce(category.code, state.parameters())
                return (
                  <Row
                    title={nameOf(category)}
                    detail={termsText(terms())}
                    trail={
                      <Show when={terms().some(({ isSet }) => isSet)}>
                        <Chip tone="accent">{t('settings.changed')}</Chip>
                      </Show>
                    }
                    onClick={state.answer() ? () => setKind(category.code) : undefined}
                  />
                )
              }}
            </For>
          </List>
        )}
      </For>
      <List title={t('settings.lists')}>
        <For each={openLists}>
          {(one) => {
            const own = () => ownCodes(state.parameters(), one.id).filter(({ retired }) => !retired).length
            return (
              <Row
                title={nameOf(one)}
                detail={t('settings.codeCount', codeList(one.id).length)}
                trail={
                  <Show when={own() > 0}>
                    <Chip tone="accent">{t('settings.ownCount', own())}</Chip>
                  </Show>
                }
                onClick={state.answer() ? () => setList(one) : undefined}
              />
            )
          }}
        </For>
      </List>
      <Show when={list()} keyed>
        {(one) => (
          <ListEditor
            list={one}
            parameters={state.parameters()}
            saved={state.answer()?.parameters ?? {}}
            onClose={() => setList(undefined)}
            onChange={state.change}
          />
        )}
      </Show>
      <Show when={kind()} keyed>
        {(code) => (
          <KindEditor
            kind={code}
            parameters={state.parameters()}
            onClose={() => setKind(undefined)}
            onApply={(next) => {
              state.change(next)
              setKind(undefined)
            }}
          />
        )}
      </Show>
    </Page>
  )
}

function failureText({ reason, field }: SettingsFailure, isSaving: boolean): string {
  if (!isSaving && reason !== 'forbidden') return t(reason === 'offline' ? 'settings.offline' : 'settings.unavailable')
  if (reason === 'offline' || reason === 'conflict' || reason === 'forbidden') return t(`settings.failed.${reason}`)
  return reason === 'invalid' ? t('settings.failed.invalid', field ?? '') : t('settings.failed.other')
}
