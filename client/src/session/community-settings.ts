/** 社区设置 at the relay. They are set there and nowhere else: without a connection they can be read, in the directory, and not changed. */
import type { CommunityParameters, GridCode } from '@tongge/model'
import { communityOf } from '@tongge/model'
import type { HttpRefusal, ParametersAnswer } from '@tongge/protocol'

export type SettingsReply =
  | { readonly ok: true; readonly answer: ParametersAnswer }
  | { readonly ok: false; readonly reason: HttpRefusal['reason'] | 'offline'; readonly field?: string }

export interface CommunitySettings {
  load(): Promise<SettingsReply>
  /** `version`: of the answer that was worked on. Refused as a `conflict` when somebody else has saved since. */
  save(parameters: CommunityParameters, version: number): Promise<SettingsReply>
}

/** Those of the community that the grid belongs to. */
export function createCommunitySettings(grid: GridCode): CommunitySettings {
  const address = `/api/communities/${communityOf(grid)}/parameters`
  return {
    load: () => ask(address),
    save: (parameters, version) =>
      ask(address, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ parameters, version }),
      }),
  }
}

async function ask(address: string, init?: RequestInit): Promise<SettingsReply> {
  try {
    const response = await fetch(address, { credentials: 'same-origin', ...init })
    if (response.ok) return { ok: true, answer: (await response.json()) as ParametersAnswer }
    const { reason, field } = (await response.json()) as HttpRefusal
    return { ok: false, reason, ...(field === undefined ? {} : { field }) }
  } catch {
    return { ok: false, reason: 'offline' }
  }
}
