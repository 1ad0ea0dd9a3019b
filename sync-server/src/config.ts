/** Environment in, configuration out. The only module that knows the names of environment variables; it reads nothing by itself. */
import { fail, ok, type Result } from '@tongge/model'
import { join, resolve } from 'node:path'
import type { KeySource } from './seal/read-keyring.ts'

export const demoSizes = ['community', 'street', 'none'] as const
export type DemoSize = (typeof demoSizes)[number]

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Seven days. */
const longestLeaseHours = 168

export interface Config {
  /** 0 lets the system choose. */
  readonly port: number
  readonly host: string
  /** Folder of everything the relay keeps. */
  readonly data: string
  /** Of the keys under which the log rests. */
  readonly keys: KeySource | undefined
  readonly demo: DemoSize
  /** Origins, beside the relay's own, whose pages may call it: `https://grid.example.cn`. */
  readonly origins: readonly string[]
  readonly logLevel: LogLevel
  /** For how long the app works on a device that has not met the relay; undefined leaves it to the app. */
  readonly leaseHours?: number | undefined
  /** Who asks for the metrics must bring it; without one they are told to this machine alone. */
  readonly metricsToken?: string | undefined
  /** Folder of the built app. */
  readonly app: string
}

/** Collects every mistake, so that one start shows all of them. `root` is the project's folder. */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): Result<Config, readonly string[]> {
  const problems: string[] = []
  const oneOf = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
    const text = env[name]?.trim()
    if (!text) return otherwise
    const found = allowed.find((word) => word === text)
    if (!found) problems.push(`${name}: "${text}" is not one of ${allowed.join(', ')}`)
    return found ?? otherwise
  }

  const portText = env['PORT']?.trim() || '8080'
  const port = /^\d{1,5}$/.test(portText) && Number(portText) <= 65_535 ? Number(portText) : undefined
  if (port === undefined) problems.push(`PORT: "${portText}" is not a whole number from 0 to 65535`)

  const host = env['TONGGE_HOST']?.trim() || '127.0.0.1'
  if (!/^[A-Za-z0-9.:_-]+$/.test(host)) problems.push(`TONGGE_HOST: "${host}" is not a host name or address`)

  const origins: string[] = []
  for (const text of (env['TONGGE_ORIGIN'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    if (isOrigin(text)) origins.push(text)
    else
      problems.push(
        `TONGGE_ORIGIN: "${text}" is not an origin such as https://grid.example.cn (no path, no slash at the end)`,
      )
  }

  const keyFile = env['TONGGE_KEY_FILE']?.trim()
  const keyText = env['TONGGE_KEYS']?.trim()
  if (keyFile && keyText) problems.push('TONGGE_KEYS: is set beside TONGGE_KEY_FILE; one of them is enough')

  const leaseText = env['TONGGE_LEASE_HOURS']?.trim()
  const leaseHours = leaseText ? Number(leaseText) : undefined
  if (leaseText && !(/^\d{1,3}$/.test(leaseText) && Number(leaseText) >= 1 && Number(leaseText) <= longestLeaseHours))
    problems.push(`TONGGE_LEASE_HOURS: "${leaseText}" is not a whole number from 1 to ${longestLeaseHours}`)
  const metricsToken = env['TONGGE_METRICS_TOKEN']?.trim() || undefined
  if (metricsToken !== undefined && !/^[\x21-\x7e]{16,200}$/.test(metricsToken))
    problems.push('TONGGE_METRICS_TOKEN: is not 16 to 200 letters, digits and signs without blanks')

  const demo = oneOf('TONGGE_DEMO', demoSizes, 'community')
  const logLevel = oneOf('TONGGE_LOG', logLevels, 'info')
  if (port === undefined || problems.length > 0) return fail(problems)
  return ok({
    port,
    host,
    data: resolve(root, env['TONGGE_DATA']?.trim() || 'data'),
    keys: keyFile ? { file: resolve(root, keyFile) } : keyText ? { text: keyText } : undefined,
    demo,
    origins,
    logLevel,
    leaseHours,
    metricsToken,
    app: join(root, 'client/dist'),
  })
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === text
}
