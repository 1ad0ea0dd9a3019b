/** The three coverage rings, each with its denominator beside it. */
import { coverage } from '@tongge/model'
import { createDeferred, createMemo, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { List } from '../../../ui/List.tsx'
import { Ring } from '../../../ui/Ring.tsx'
import styles from './home.module.css'

export function CoverageStrip(): JSX.Element {
  const session = useSession()
  // The list comes first: what is counted over all records is counted in a moment of its own.
  const snapshot = createDeferred(session.store.snapshot, { timeoutMs: 500 })
  const rates = createMemo(() => coverage(snapshot().entries.values(), session.context().now))
  return (
    <List title={t('ledger.coverage.title')}>
      <div class={styles.rings}>
        <Ring
          label={t('ledger.coverage.registered')}
          part={rates().registration.numerator}
          whole={rates().registration.denominator}
          detail={t('ledger.coverage.houses', rates().registration.numerator, rates().registration.denominator)}
        />
        <Ring
          label={t('ledger.coverage.floating')}
          part={rates().floating.numerator}
          whole={rates().floating.denominator}
          detail={t('ledger.coverage.people', rates().floating.numerator, rates().floating.denominator)}
        />
        <Ring
          label={t('ledger.coverage.care')}
          part={rates().care.numerator}
          whole={rates().care.denominator}
          detail={t('ledger.coverage.doors', rates().care.numerator, rates().care.denominator)}
        />
      </div>
    </List>
  )
}
