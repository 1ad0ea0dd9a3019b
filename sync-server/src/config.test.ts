import { describe, expect, it } from 'vitest'
import { parseConfig } from './config.ts'

describe('the configuration', () => {
  it('[HTTP11] has a default for everything', () => {
    expect(parseConfig({}, '/srv/tongge')).toEqual({
      ok: true,
      value: {
        port: 8080,
        host: '127.0.0.1',
        data: '/srv/tongge/data',
        demo: 'community',
        origins: [],
        logLevel: 'info',
        app: '/srv/tongge/client/dist',
      },
    })
  })

  it('[HTTP11] takes what the environment says, folders relative to the project', () => {
    const env = {
      PORT: '0',
      TONGGE_HOST: '0.0.0.0',
      TONGGE_DATA: 'elsewhere',
      TONGGE_DEMO: 'street',
      TONGGE_ORIGIN: 'https://grid.example.cn, http://localhost:5173',
      TONGGE_LOG: 'debug',
    }
    expect(parseConfig(env, '/srv/tongge')).toMatchObject({
      ok: true,
      value: {
        port: 0,
        host: '0.0.0.0',
        data: '/srv/tongge/elsewhere',
        demo: 'street',
        origins: ['https://grid.example.cn', 'http://localhost:5173'],
        logLevel: 'debug',
      },
    })
  })

  it('[HTTP11] reports every mistake at once, each by the name of its variable', () => {
    const result = parseConfig(
      {
        PORT: '70000',
        TONGGE_HOST: 'a b',
        TONGGE_DEMO: 'city',
        TONGGE_ORIGIN: 'https://a.example/,ftp://b.example',
        TONGGE_LOG: 'loud',
        TONGGE_METRICS_TOKEN: 'short',
      },
      '/',
    )
    expect(result.ok).toBe(false)
    if (result.ok) return
    expect(result.failure.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'TONGGE_HOST',
      'TONGGE_ORIGIN',
      'TONGGE_ORIGIN',
      'TONGGE_METRICS_TOKEN',
      'TONGGE_DEMO',
      'TONGGE_LOG',
    ])
  })

  it('[LEASE1] takes the hours that a device may be without the relay, up to seven days', () => {
    const parsed = parseConfig({ TONGGE_LEASE_HOURS: '12' }, '/')
    expect(parsed.ok && parsed.value.leaseHours).toBe(12)
    for (const text of ['0', '169', '1.5', '-1', 'x'])
      expect(parseConfig({ TONGGE_LEASE_HOURS: text }, '/')).toMatchObject({ ok: false })
  })

  it.each(['-1', '80.5', '1e3', '0x50', ' ', 'port'])(
    '[HTTP11] takes no port such as "%s", except that blank means the default',
    (text) => {
      expect(parseConfig({ PORT: text }, '/').ok).toBe(text.trim() === '')
    },
  )
})
