/** A pane with a form: Enter and 保存 both save, and what was refused as a whole stands above it. */
import CircleAlert from 'lucide-solid/icons/circle-alert'
import { Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { RestoredDraft } from '../../drafts/RestoredDraft.tsx'
import { Pane } from '../Pane.tsx'
import styles from './form.module.css'

export interface FormPaneProps {
  readonly title: string
  readonly back: string
  readonly refusal: { readonly text: string; readonly href?: string | undefined } | undefined
  readonly onSave: () => void
  /** It goes on with what was typed in an earlier run. */
  readonly isRestored: boolean
  readonly onDiscard: () => void
  readonly ref: (element: HTMLFormElement) => void
  readonly children: JSX.Element
}

export function FormPane(props: FormPaneProps): JSX.Element {
  return (
    <Pane title={props.title} back={props.back}>
      <form
        class={styles.form}
        ref={props.ref}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          props.onSave()
        }}
      >
        <Show when={props.isRestored}>
          <RestoredDraft text={t('ui.restored')} discard={t('ui.discardInput')} onDiscard={() => props.onDiscard()} />
        </Show>
        <Show when={props.refusal}>
          {(refusal) => (
            <Banner
              tone="danger"
              icon={<CircleAlert size="1.25rem" />}
              title={refusal().text}
              actions={
                <Show when={refusal().href}>
                  {(href) => <ButtonLink href={href()}>{t('ledger.form.duplicateOpen')}</ButtonLink>}
                </Show>
              }
            />
          )}
        </Show>
        {props.children}
        <div class={styles.foot}>
          <ButtonLink href={props.back}>{t('ui.cancel')}</ButtonLink>
          <Button kind="primary" type="submit" class={styles.save ?? ''}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
    </Pane>
  )
}
