/** What the ledger holds: coverage, buildings, units and facilities. */
import { labelOf, type BuildingNode } from '@tongge/model'
import Building2 from 'lucide-solid/icons/building'
import Lamp from 'lucide-solid/icons/lamp'
import Store from 'lucide-solid/icons/store'
import BookPlus from 'lucide-solid/icons/book-plus'
import { useLocation } from '@solidjs/router'
import { createMemo, Index, Show, type JSX } from 'solid-js'
import { number } from '../../../i18n/format.ts'
import { language, t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { drawn } from '../../../ui/drawn.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { buildingCounts } from '../building/building-counts.ts'
import { doorFrom } from '../building/door-grid.ts'
import { createGrowing } from '../later.ts'
import { useLedger } from '../ledger-context.ts'
import { ledgerPaths } from '../ledger-paths.ts'
import { useRights } from '../record/use-rights.ts'
import { Strays } from './Strays.tsx'
import { CoverageStrip } from './CoverageStrip.tsx'
import styles from './home.module.css'

export function Overview(): JSX.Element {
  const { index } = useLedger()
  const rights = useRights()
  const location = useLocation()
  const buildings = createGrowing(() => index().buildings, 24)
  return (
    <div class={styles.overview}>
      <Show
        when={index().buildings.length > 0}
        fallback={
          <EmptyState
            icon={<BookPlus size="1.75rem" />}
            title={t('ledger.noBuildings')}
            text={t('ledger.noBuildingsText')}
            actions={
              <Show when={rights.mayAdd('building')}>
                <ButtonLink kind="primary" href={paths.import}>
                  {t('ledger.toImport')}
                </ButtonLink>
                <ButtonLink href={ledgerPaths.add('building')}>{t('ledger.addHere.building')}</ButtonLink>
              </Show>
            }
          />
        }
      >
        <CoverageStrip />
        <List title={t('ledger.buildings')} aside={number(index().buildings.length)}>
          {/* By place: the index is made anew at every change, and its rows are not. */}
          <Index each={buildings()}>
            {(node) => <BuildingRow node={node()} current={location.pathname === paths.building(node().building.id)} />}
          </Index>
          <Show when={rights.mayAdd('building')}>
            <Row
              lead={<BookPlus size="1.375rem" aria-hidden="true" />}
              title={t('ledger.addHere.building')}
              href={ledgerPaths.add('building')}
            />
          </Show>
        </List>
      </Show>
      <Strays />
      <List>
        <Row
          lead={<Store size="1.375rem" aria-hidden="true" />}
          title={t('ledger.units')}
          trail={number(index().units.length)}
          href={ledgerPaths.units}
          current={location.pathname === ledgerPaths.units}
        />
        <Row
          lead={<Lamp size="1.375rem" aria-hidden="true" />}
          title={t('ledger.facilities')}
          trail={number(index().facilities.length)}
          href={ledgerPaths.facilities}
          current={location.pathname === ledgerPaths.facilities}
        />
      </List>
    </div>
  )
}

const houses = drawn(() => <Building2 size="1.375rem" aria-hidden="true" />)

function BuildingRow(props: { readonly node: BuildingNode; readonly current: boolean }): JSX.Element {
  const building = () => props.node.building
  const counts = createMemo(() => buildingCounts(props.node.houses.map(doorFrom)))
  const risk = (): string | undefined => building().fields.risk
  return (
    <Row
      lead={houses()}
      title={[building().fields.estate, building().fields.name].filter(Boolean).join(' ')}
      detail={[
        t('ledger.buildingCounts', counts().households, counts().people),
        counts().unregistered > 0 && t('ledger.unregisteredCount', counts().unregistered),
        counts().unverified > 0 && t('ledger.unverifiedCount', counts().unverified),
      ]
        .filter(Boolean)
        .join(' · ')}
      trail={
        <Show when={risk() === 'H' || risk() === 'M'}>
          <Chip tone={risk() === 'H' ? 'danger' : 'notice'}>
            {t('ledger.risk', labelOf('RISK', risk() ?? '', language() === 'en' ? 'en' : 'zh'))}
          </Chip>
        </Show>
      }
      href={paths.building(building().id)}
      current={props.current}
    />
  )
}
