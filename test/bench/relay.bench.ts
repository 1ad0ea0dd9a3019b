/**
 * The relay beside hocuspocus, @y/websocket-server (yws) and a bare echo with fsync: `npm run bench -- relay p3 p5`, or all of it without names.
 * `--full` takes the sizes and times of the published figures. Ratios taken side by side mean something on a busy machine, absolute figures do not.
 */
import { loadavg } from 'node:os'
import { runKills } from '../crash/kill-run.ts'
import { measureAudit } from './relay-audit.ts'
import { measureFirstSync } from './relay-first-sync.ts'
import { measureConnections, measureIdleRoom } from './relay-idle.ts'
import { measureCalm, measureGrids, measureHall } from './relay-rates.ts'
import { print, printHeader } from './relay-report.ts'
import { measureStorm } from './relay-storm.ts'

const parts: readonly { readonly ids: readonly string[]; measure(isFull: boolean): Promise<void> }[] = [
  { ids: ['p1'], measure: measureGrids },
  { ids: ['p2'], measure: measureHall },
  { ids: ['p3'], measure: measureCalm },
  { ids: ['p4', 'p5', 'p6'], measure: measureStorm },
  { ids: ['p6'], measure: measureConnections },
  { ids: ['p7'], measure: measureKills },
  { ids: ['p8'], measure: measureIdleRoom },
  { ids: ['p12'], measure: measureFirstSync },
  { ids: ['audit'], measure: measureAudit },
]

/** A short run of the crash harness, whose longer runs are `npm test -- crash`. */
async function measureKills(isFull: boolean): Promise<void> {
  const kills = isFull ? 200 : 40
  const { acknowledged, lost } = await runKills(Date.now() % 1e9, kills)
  print({
    id: 'P7',
    what: `kill -9, ${kills} times: edits acknowledged or seen, and lost`,
    ours: `${lost.length} of ${acknowledged}`,
    theirs: '',
    target: '0 lost',
    isMet: lost.length === 0,
  })
}

const isFull = process.argv.includes('--full')
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const known = new Set(parts.flatMap(({ ids }) => ids))
const unknown = names.filter((name) => !known.has(name))
if (unknown.length > 0) {
  console.log(`No part ${unknown.join(', ')}. There are: ${[...known].join(' ')}`)
  process.exit(2)
}
const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')
console.log(`load ${load()}`)
printHeader()
for (const { ids, measure } of parts)
  if (names.length === 0 || ids.some((id) => names.includes(id))) await measure(isFull)
console.log(`load ${load()}`)
process.exit(0)
