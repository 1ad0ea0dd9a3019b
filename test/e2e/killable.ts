/** The browser that holds a profile, killed as a phone does when it runs out of memory or power. Linux only. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Device } from './stage.ts'

/** SIGKILL to the whole process group at once: nothing gets to flush or say goodbye. */
export async function killBrowser(device: Device, profile: string): Promise<void> {
  const browser = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((id) => {
      const line = commandLine(id)
      return line.includes(`--user-data-dir=${profile}`) && !line.some((word) => word.startsWith('--type='))
    })
  if (browser === undefined) throw new Error(`no browser holds ${profile}`)
  const gone = new Promise((resolve) => device.context.once('close', resolve))
  process.kill(-Number(browser), 'SIGKILL')
  await gone
}

function commandLine(id: string): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}
