/** 添加到桌面: one tap where the browser offers it, else the steps for this browser; inside WeChat the way out to a real browser. */
import ExternalLink from 'lucide-solid/icons/external-link'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { browserOf, install, installOffer, isStandalone } from '../../pwa/install.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { List } from '../../ui/List.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './MePage.module.css'

export function InstallPage(): JSX.Element {
  const browser = browserOf(navigator.userAgent)
  const steps = createMemo(() => t(`me.install.steps.${browser}`).split('\n'))
  const add = async () => {
    if (await install()) toast(t('me.install.done'))
  }
  return (
    <Page title={t('me.install.title')} back={paths.me}>
      <EmptyState
        icon={<Mark size="2.25rem" />}
        title={isStandalone() ? t('me.install.already') : t('me.install.why')}
        text={t('me.install.whyText')}
        actions={
          <Show when={installOffer()}>
            <Button kind="primary" onClick={() => void add()}>
              {t('me.install.add')}
            </Button>
          </Show>
        }
        compact
      />
      <Show when={browser === 'wechat'}>
        <Banner tone="notice" icon={<ExternalLink size="1.25rem" />} title={t('me.install.inAppTitle')}>
          {t('me.install.inAppText')}
        </Banner>
      </Show>
      <Show when={!installOffer() && !isStandalone()}>
        <List title={t('me.install.how')}>
          <ol class={styles.steps}>
            <For each={steps()}>{(step) => <li>{step}</li>}</For>
          </ol>
        </List>
      </Show>
    </Page>
  )
}
