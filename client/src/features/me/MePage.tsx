/** 我的: who works here, how the app looks, and the doors to sync, conflicts, trash, import and storage. */
import Inbox from 'lucide-solid/icons/inbox'
import Info from 'lucide-solid/icons/info'
import Download from 'lucide-solid/icons/download'
import FileX from 'lucide-solid/icons/file-x'
import FileInput from 'lucide-solid/icons/file-input'
import GitMerge from 'lucide-solid/icons/git-merge'
import HardDrive from 'lucide-solid/icons/hard-drive'
import MapIcon from 'lucide-solid/icons/map'
import LogOut from 'lucide-solid/icons/log-out'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import Trash from 'lucide-solid/icons/trash'
import { maySetParameters, mayWriteDocument, roleNames } from '@tongge/model'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { number } from '../../i18n/format.ts'
import { nameOf, t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { isStandalone } from '../../pwa/install.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { List } from '../../ui/List.tsx'
import { Page } from '../../ui/Page.tsx'
import { Row } from '../../ui/Row.tsx'
import { gridName } from '../records/people.ts'
import { lightTitle } from '../sync/light.ts'
import { Appearance } from './Appearance.tsx'
import { DeviceNameRow } from './DeviceNameRow.tsx'
import { GridSwitch } from './GridSwitch.tsx'
import styles from './MePage.module.css'
import { SignOutDialog } from './SignOutDialog.tsx'

const version = String(import.meta.env.VITE_VERSION)

export function MePage(): JSX.Element {
  const session = useSession()
  const [leaving, setLeaving] = createSignal(false)
  const trashed = () => Object.keys(session.store.trash).length
  const conflicts = () => session.inbox().length
  const handed = () => session.handedOver.waiting()?.length ?? 0
  return (
    <Page title={t('app.me')}>
      <section class={styles.person}>
        <span class={styles.badge} aria-hidden="true">
          {session.name.slice(-1)}
        </span>
        <div class={styles.who}>
          <h2 class={styles.name}>{session.name}</h2>
          <p class={styles.account}>
            {session.account}
            <Show when={session.grids.length > 0}> · {gridName(session, session.grid)}</Show>
          </p>
          <div class={styles.roles}>
            <For each={session.roles}>{(role) => <Chip tone="accent">{nameOf(roleNames[role])}</Chip>}</For>
          </div>
        </div>
      </section>
      <Show when={session.grids.length > 1}>
        <GridSwitch />
      </Show>
      <List title={t('me.work')}>
        <Show when={session.grids.length > 0}>
          <Row lead={<MapIcon size="1.25rem" aria-hidden="true" />} title={t('grid.title')} href={paths.grid} />
        </Show>
        <Row
          lead={<RefreshCw size="1.25rem" aria-hidden="true" />}
          title={t('sync.label')}
          trail={lightTitle(session.light())}
          href={paths.sync}
        />
        <Row
          lead={<GitMerge size="1.25rem" aria-hidden="true" />}
          title={t('conflicts.title')}
          trail={
            <Show when={conflicts() > 0}>
              <Chip tone="notice">{number(conflicts())}</Chip>
            </Show>
          }
          href={paths.conflicts}
        />
        <Show when={session.roles.includes('gridLeader')}>
          <Row
            lead={<Inbox size="1.25rem" aria-hidden="true" />}
            title={t('handovers.title')}
            trail={
              <Show when={handed() > 0}>
                <Chip tone="notice">{number(handed())}</Chip>
              </Show>
            }
            href={paths.handovers}
          />
        </Show>
        <Show when={session.refused().length > 0}>
          <Row
            lead={<FileX size="1.25rem" aria-hidden="true" />}
            title={t('refused.title')}
            trail={<Chip tone="notice">{number(session.refused().length)}</Chip>}
            href={paths.refused}
          />
        </Show>
        <Row
          lead={<Trash size="1.25rem" aria-hidden="true" />}
          title={t('trash.title')}
          trail={trashed() > 0 ? number(trashed()) : undefined}
          href={paths.trash}
        />
        <Show when={maySetParameters(session.roles) && session.grids.length > 0}>
          <Row
            lead={<SlidersHorizontal size="1.25rem" aria-hidden="true" />}
            title={t('settings.title')}
            href={paths.settings}
          />
        </Show>
        <Show when={mayWriteDocument(session.roles, 'ledger')}>
          <Row lead={<FileInput size="1.25rem" aria-hidden="true" />} title={t('me.import')} href={paths.import} />
        </Show>
      </List>
      <Appearance />
      <List title={t('me.device')}>
        <DeviceNameRow />
        <Row
          lead={<HardDrive size="1.25rem" aria-hidden="true" />}
          title={t('me.storage.title')}
          href={paths.storage}
        />
        <Show when={!isStandalone()}>
          <Row
            lead={<Download size="1.25rem" aria-hidden="true" />}
            title={t('me.install.title')}
            href={paths.install}
          />
        </Show>
        <Row lead={<Info size="1.25rem" aria-hidden="true" />} title={t('me.version')} trail={version} />
      </List>
      <Button wide icon={<LogOut size="1.125rem" aria-hidden="true" />} onClick={() => setLeaving(true)}>
        {t('me.signOut.button')}
      </Button>
      <SignOutDialog open={leaving()} onClose={() => setLeaving(false)} />
    </Page>
  )
}
