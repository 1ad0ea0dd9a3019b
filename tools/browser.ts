/** Finds the Chromium that browser tests drive; on Debian as root it is installed when missing. */
import { existsSync } from 'node:fs'
import { run } from './shell.ts'

const places = [
  process.env['TONGGE_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export function findChromium(): string | undefined {
  return places.find((place) => place !== undefined && existsSync(place))
}

/** The path of a Chromium, or undefined after telling the person what to install. */
export async function ensureChromium(): Promise<string | undefined> {
  const found = findChromium()
  const cjk = existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (found && (cjk || !isDebianRoot)) return found
  if (isDebianRoot) {
    console.log('Installing chromium and fonts-noto-cjk with apt …')
    const quiet = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }
    if ((await run('apt-get', ['update'], quiet)) === 0) {
      await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], quiet)
    }
    const installed = findChromium()
    if (installed) return installed
  }
  console.error(
    'Browser tests need Chromium. Install it (Debian: apt-get install chromium fonts-noto-cjk) or set TONGGE_CHROMIUM to its path.',
  )
  return undefined
}
