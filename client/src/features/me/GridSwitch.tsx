/** Moves to another of the grids this person works in. */
import { parseGridCode } from '@tongge/model'
import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Select } from '../../ui/Select.tsx'
import { gridName } from '../records/people.ts'

export function GridSwitch(): JSX.Element {
  const session = useSession()
  return (
    <Select
      label={t('me.grid')}
      value={session.grid}
      options={session.grids.map((grid) => ({ value: grid, label: `${gridName(session, grid)} · ${grid}` }))}
      onChange={(value) => {
        const grid = parseGridCode(value)
        if (grid) session.switchGrid(grid)
      }}
    />
  )
}
