import { it } from 'vitest'
import { simulate } from './simulate.ts'
process.setMaxListeners(0)
it('try', async () => {
  for (let seed = 20261123; seed < 20261423; seed++) {
    const t = performance.now()
    const timer = setTimeout(() => { process.stderr.write('HANG ' + seed + '\n') }, 3000)
    const o = await Promise.race([simulate({ seed }), new Promise<undefined>((r) => setTimeout(() => r(undefined), 4000))])
    clearTimeout(timer)
    if (!o) return
    if (o.problems.length) process.stderr.write(seed + JSON.stringify(o.problems).slice(0, 500) + '\n')
  }
})
