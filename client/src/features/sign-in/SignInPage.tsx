/** 登录: account and password, accounts known on this device, and in a demo one row per role. */
import CloudOff from 'lucide-solid/icons/cloud-off'
import GitMerge from 'lucide-solid/icons/git-merge'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import UserRound from 'lucide-solid/icons/user-round'
import WifiOff from 'lucide-solid/icons/wifi-off'
import { roleNames } from '@tongge/model'
import { createEffect, createResource, createSignal, For, Show, type JSX } from 'solid-js'
import { nameOf, t } from '../../i18n/i18n.ts'
import { askRelay, knownAccounts, signIn } from '../../session/account.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { List } from '../../ui/List.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Row } from '../../ui/Row.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import styles from './SignInPage.module.css'
import { isRole, signInRefusalText } from './texts.ts'

const promises = [
  { icon: CloudOff, text: 'signIn.promise.offline' },
  { icon: GitMerge, text: 'signIn.promise.merge' },
  { icon: ShieldCheck, text: 'signIn.promise.minimum' },
] as const

export function SignInPage(): JSX.Element {
  const [relay, { refetch }] = createResource(askRelay)
  const [account, setAccount] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [missing, setMissing] = createSignal(false)
  const [problem, setProblem] = createSignal<string>()
  const [busy, setBusy] = createSignal<string>()
  let passwordInput: HTMLInputElement | undefined
  // Whoever signs out leaves no name of a resident in the tab.
  createEffect(() => {
    document.title = t('app.name')
  })

  const enter = async (name: string, secret: string) => {
    setProblem(undefined)
    setBusy(name)
    const answer = await signIn(name, secret)
    setBusy(undefined)
    if (answer.ok) return
    setProblem(signInRefusalText(answer.refusal))
    passwordInput?.focus()
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const complete = account().trim() !== '' && password() !== ''
    setMissing(!complete)
    if (complete && !busy()) void enter(account().trim(), password())
  }
  const demo = () => relay()?.demo || undefined
  return (
    <main class={styles.page}>
      <div class={styles.brand}>
        <span class={styles.mark}>
          <Mark size="3.5rem" />
        </span>
        <h1 class={styles.name}>{t('app.name')}</h1>
        <p class={styles.slogan}>{t('app.slogan')}</p>
        <ul class={styles.promises}>
          <For each={promises}>
            {(promise) => (
              <li>
                <promise.icon size="1.25rem" aria-hidden="true" />
                {t(promise.text)}
              </li>
            )}
          </For>
        </ul>
      </div>
      <div class={styles.ways}>
        <form class={styles.form} onSubmit={submit} novalidate>
          <TextInput
            label={t('signIn.account')}
            name="username"
            autocomplete="username"
            autocapitalize="off"
            spellcheck={false}
            value={account()}
            error={missing() && account().trim() === '' ? t('signIn.accountMissing') : undefined}
            onInput={setAccount}
          />
          <TextInput
            label={t('signIn.password')}
            name="password"
            type="password"
            autocomplete="current-password"
            ref={(element) => (passwordInput = element)}
            value={password()}
            error={missing() && password() === '' ? t('signIn.passwordMissing') : undefined}
            onInput={setPassword}
          />
          <Show when={problem()}>{(text) => <Banner tone="danger" title={text()} />}</Show>
          <Button type="submit" kind="primary" wide disabled={busy() !== undefined}>
            {busy() === undefined ? t('signIn.enter') : t('signIn.entering')}
          </Button>
        </form>
        <Show when={!relay.loading && !relay()}>
          <Banner
            tone="notice"
            icon={<WifiOff size="1.25rem" />}
            title={t('signIn.offlineTitle')}
            actions={<Button onClick={() => void refetch()}>{t('ui.retry')}</Button>}
          >
            {t('signIn.offlineText')}
          </Banner>
        </Show>
        <Show when={knownAccounts().length > 0}>
          <List title={t('signIn.known')}>
            <For each={knownAccounts()}>
              {(known) => (
                <Row
                  lead={<UserRound size="1.25rem" aria-hidden="true" />}
                  title={known.name}
                  detail={`${known.account} · ${known.roles
                    .filter(isRole)
                    .map((role) => nameOf(roleNames[role]))
                    .join(' ')}`}
                  onClick={() => {
                    setAccount(known.account)
                    passwordInput?.focus()
                  }}
                />
              )}
            </For>
          </List>
        </Show>
        <Show when={demo()}>
          {(open) => (
            <List title={t('signIn.demo')} aside={t('signIn.demoPassword', open().password)}>
              <For each={open().accounts}>
                {(one) => (
                  <Row
                    title={one.name}
                    detail={one.account}
                    trail={isRole(one.role) ? nameOf(roleNames[one.role]) : one.role}
                    onClick={() => {
                      setAccount(one.account)
                      if (!busy()) void enter(one.account, open().password)
                    }}
                  />
                )}
              </For>
            </List>
          )}
        </Show>
      </div>
    </main>
  )
}
