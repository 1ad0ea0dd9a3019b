/** What may be added to a report and need not be. */
import { categoryOf, codeList, type Visibility } from '@tongge/model'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import { createUniqueId, Show, type JSX } from 'solid-js'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Select } from '../../../ui/Select.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { mayNameReporter } from '../reporter-view.ts'
import type { ReportDraft, ReportFields } from './report-draft.ts'
import styles from './report.module.css'

const details: readonly string[] = [
  'description',
  'risk',
  'source',
  'visibility',
  'reporter/name',
  'reporter/phone',
  'peopleInvolved',
  'impactScope',
] satisfies readonly (keyof ReportFields | 'reporter/name' | 'reporter/phone')[]

/** Whether a field stands in this part of the form. */
export function isDetail(field: string): boolean {
  return details.includes(field)
}

export interface MoreFieldsProps {
  readonly draft: ReportDraft
  readonly open: boolean
  readonly onToggle: (open: boolean) => void
  readonly problem: (field: string) => string | undefined
}

export function MoreFields(props: MoreFieldsProps): JSX.Element {
  const session = useSession()
  const id = createUniqueId()
  const mayGrade = () => categoryOf(props.draft.category())?.resolveByRisk !== undefined
  const optionsOf = (list: 'RISK' | 'TICKET_SOURCE') =>
    codeList(list).map((code) => ({ value: code.code, label: nameOf(code) }))
  return (
    <section class={styles.more}>
      <button
        type="button"
        class={styles.disclose}
        aria-expanded={props.open}
        aria-controls={id}
        onClick={() => props.onToggle(!props.open)}
      >
        <span>{t('tickets.form.details')}</span>
        <ChevronDown size="1.25rem" aria-hidden="true" />
      </button>
      <div id={id} class={styles.details} hidden={!props.open}>
        <div class={styles.whole}>
          <TextArea
            label={t('tickets.form.description')}
            placeholder={t('tickets.form.descriptionPlaceholder')}
            maxlength={5000}
            error={props.problem('description')}
            value={props.draft.fields.description}
            onInput={(text) => props.draft.set('description', text)}
          />
        </div>
        <Show when={mayGrade()}>
          <Select
            label={t('tickets.form.risk')}
            hint={t('tickets.form.riskHint')}
            emptyLabel={t('tickets.form.ungraded')}
            error={props.problem('risk')}
            value={props.draft.fields.risk}
            options={optionsOf('RISK')}
            onChange={(risk) => props.draft.set('risk', risk)}
          />
        </Show>
        <Show
          when={mayNameReporter(session.roles)}
          fallback={<p class={`${styles.quiet} ${styles.whole}`}>{t('tickets.form.reporterElsewhere')}</p>}
        >
          <TextInput
            label={t('tickets.form.reporterName')}
            maxlength={40}
            error={props.problem('reporter/name')}
            value={props.draft.fields.reporterName}
            onInput={(text) => props.draft.set('reporterName', text)}
          />
          <TextInput
            label={t('tickets.form.reporterPhone')}
            type="tel"
            error={props.problem('reporter/phone')}
            value={props.draft.fields.reporterPhone}
            onInput={(text) => props.draft.set('reporterPhone', text)}
          />
        </Show>
        <TextInput
          label={t('tickets.form.peopleInvolved')}
          inputmode="numeric"
          error={props.problem('peopleInvolved')}
          value={props.draft.fields.peopleInvolved}
          onInput={(text) => props.draft.set('peopleInvolved', text)}
        />
        <TextInput
          label={t('tickets.form.impactScope')}
          maxlength={200}
          error={props.problem('impactScope')}
          value={props.draft.fields.impactScope}
          onInput={(text) => props.draft.set('impactScope', text)}
        />
        <Select
          label={t('tickets.form.source')}
          error={props.problem('source')}
          value={props.draft.source()}
          options={optionsOf('TICKET_SOURCE')}
          onChange={(source) => props.draft.set('source', source)}
        />
        <Select
          label={t('tickets.form.visibility')}
          error={props.problem('visibility')}
          value={props.draft.visibility()}
          options={(['public', 'anonymous', 'private'] as const).map((value) => ({
            value,
            label: t(`tickets.visibility.${value}`),
          }))}
          onChange={(visibility) => props.draft.set('visibility', visibility as Visibility)}
        />
      </div>
    </section>
  )
}
