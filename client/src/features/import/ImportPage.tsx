/** 导入: a ledger from a spreadsheet, in four steps; nothing is written before the last. */
import ShieldX from 'lucide-solid/icons/shield-x'
import { Match, Show, Switch, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useDirty } from '../../pwa/dirty.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useRights } from '../ledger/record/use-rights.ts'
import { ColumnsStep } from './ColumnsStep.tsx'
import { createImport } from './create-import.ts'
import { DoneStep } from './DoneStep.tsx'
import { FileStep } from './FileStep.tsx'
import { ImportFoot } from './ImportFoot.tsx'
import { closedFields, refusalLines, targetName } from './import-text.ts'
import { PreviewStep } from './PreviewStep.tsx'
import { ProgressBar } from './ProgressBar.tsx'
import { StepBar } from './StepBar.tsx'
import { UndoImport } from './UndoImport.tsx'

export function ImportPage(): JSX.Element {
  const rights = useRights()
  return (
    <Show
      when={rights.mayAdd('household') && rights.mayAdd('person')}
      fallback={
        <Page title={t('imports.title')} back={paths.me}>
          <EmptyState icon={<ShieldX size="1.75rem" />} title={t('imports.denied')} text={t('imports.deniedText')} />
        </Page>
      }
    >
      <Import />
    </Show>
  )
}

function Import(): JSX.Element {
  const closed = closedFields(useRights())
  const course = createImport(useSession(), closed)
  // The file is read anew and every column is corrected again by whoever leaves here.
  useDirty(() => course.step() === 'columns' || course.step() === 'preview')
  return (
    <Page
      title={t('imports.title')}
      back={paths.me}
      foot={course.step() === 'columns' || course.step() === 'preview' ? <ImportFoot course={course} /> : undefined}
    >
      <UndoImport course={course} />
      <StepBar step={course.step()} />
      <Show when={course.busy()}>{(progress) => <ProgressBar step={progress().step} share={progress().share} />}</Show>
      <Show when={course.refusal()}>
        {(refusal) => (
          <Banner tone="danger" title={refusal() === 'notSaved' ? t('imports.notSaved') : t('imports.refused')}>
            <Show when={refusal() !== 'notSaved'}>
              {refusalLines(refusal()).map((line) => (
                <p>{line}</p>
              ))}
            </Show>
          </Banner>
        )}
      </Show>
      <Switch>
        <Match when={course.step() === 'file'}>
          <FileStep course={course} />
        </Match>
        <Match when={course.step() === 'columns'}>
          <Show when={closed.length > 0}>
            <Banner title={t('imports.closed')}>
              {t('imports.closedText', closed.map(targetName).join(t('ledger.comma')))}
            </Banner>
          </Show>
          <ColumnsStep course={course} />
        </Match>
        <Match when={course.step() === 'preview' && course.plan()}>
          {(plan) => <PreviewStep course={course} plan={plan()} />}
        </Match>
        <Match when={course.step() === 'done' && course.outcome()}>
          {(outcome) => <DoneStep course={course} outcome={outcome()} />}
        </Match>
      </Switch>
    </Page>
  )
}
