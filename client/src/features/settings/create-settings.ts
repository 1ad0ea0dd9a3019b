/** The settings page's state: what the relay has, what was changed here, and what became of the saving. */
import type { CommunityParameters } from '@tongge/model'
import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { SettingsReply } from '../../session/community-settings.ts'
import type { Session } from '../../session/session.ts'
import { changeCount } from './edit-times.ts'

export type SettingsFailure = Extract<SettingsReply, { readonly ok: false }>
type Answer = Extract<SettingsReply, { readonly ok: true }>['answer']

export interface SettingsState {
  /** What is shown: with the changes where it can be changed, else what this device synced last. */
  readonly parameters: Accessor<CommunityParameters>
  readonly answer: Accessor<Answer | undefined>
  readonly changes: Accessor<number>
  /** Why there is nothing to change, or why the changes were not saved. */
  readonly failure: Accessor<SettingsFailure | undefined>
  readonly busy: Accessor<boolean>
  change(next: CommunityParameters): void
  load(): Promise<void>
  /** True once the relay has it. */
  save(): Promise<boolean>
}

export function createSettings(session: Session): SettingsState {
  const [answer, setAnswer] = createSignal<Answer>()
  const [draft, setDraft] = createSignal<CommunityParameters>()
  const [failure, setFailure] = createSignal<SettingsFailure>()
  const [busy, setBusy] = createSignal(false)
  const ask = async (question: Promise<SettingsReply>): Promise<boolean> => {
    setBusy(true)
    const reply = await question
    setBusy(false)
    setFailure(reply.ok ? undefined : reply)
    if (reply.ok) {
      setAnswer(reply.answer)
      setDraft(undefined)
    }
    return reply.ok
  }
  const parameters = (): CommunityParameters => draft() ?? answer()?.parameters ?? session.directory().parameters
  return {
    parameters,
    answer,
    changes: createMemo(() => changeCount(answer()?.parameters ?? {}, draft() ?? answer()?.parameters ?? {})),
    failure,
    busy,
    change: (next) => void setDraft(next),
    load: async () => void (await ask(session.settings.load())),
    save: async () => ask(session.settings.save(parameters(), answer()?.version ?? 0)),
  }
}
