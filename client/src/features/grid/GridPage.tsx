/** 我的网格: what the grid is, whom it belongs to, and who works in it, with their telephones. */
import { codeList, dayOf, gridFields, type GridRecord } from '@tongge/model'
import MapIcon from 'lucide-solid/icons/map'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { number } from '../../i18n/format.ts'
import { language, nameOf, t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { List } from '../../ui/List.tsx'
import { Page } from '../../ui/Page.tsx'
import { CallLink } from '../ledger/record/CallLink.tsx'
import { useNow } from '../records/use-now.ts'
import styles from './grid.module.css'
import { GridSketch } from './GridSketch.tsx'
import { Member } from './Member.tsx'
import { gridTeam } from './team.ts'

export function GridPage(): JSX.Element {
  const session = useSession()
  const now = useNow()
  const directory = session.directory
  const team = createMemo(() => gridTeam(directory(), language() === 'en' ? 'en' : 'zh', dayOf(now())))
  return (
    <Page title={t('grid.title')} back={paths.me}>
      <Show
        when={directory().grid}
        fallback={<EmptyState icon={<MapIcon size="1.75rem" />} title={t('grid.absent')} text={t('grid.absentText')} />}
      >
        {(grid) => (
          <>
            <section class={styles.head}>
              <div class={styles.words}>
                <h2 class={styles.name}>{grid().name}</h2>
                <p class={styles.quiet}>
                  {[directory().street?.name, directory().community?.name].filter(Boolean).join(' · ')}
                </p>
              </div>
              <Show when={grid().publicPhone}>
                {(phone) => (
                  <div class={styles.call}>
                    <span class={styles.quiet}>{nameOf(gridFields.publicPhone)}</span>
                    <CallLink number={phone()} />
                  </div>
                )}
              </Show>
            </section>
            <div class={styles.beside}>
              <List title={t('grid.facts')}>
                <dl class={styles.facts}>
                  <Fact name={nameOf(gridFields.gridCode)}>{grid().code}</Fact>
                  <Fact name={nameOf(gridFields.kind)}>{kindName(grid().kind)}</Fact>
                  <Fact name={nameOf(gridFields.level)}>{levelName(grid().level)}</Fact>
                  <Fact name={nameOf(gridFields.parent)}>{directory().community?.name ?? grid().community}</Fact>
                  <Show when={grid().targetHouseholds}>
                    {(count) => <Fact name={nameOf(gridFields.targetHouseholds)}>{number(count())}</Fact>}
                  </Show>
                  <Show when={grid().areaSquareMetres}>
                    {(area) => <Fact name={nameOf(gridFields.areaSquareMetres)}>{number(area())}</Fact>}
                  </Show>
                </dl>
              </List>
              <List title={nameOf(gridFields.boundary)}>
                <GridSketch boundary={grid().boundary} />
              </List>
            </div>
            <List title={nameOf(gridFields.leaderId)}>
              <Show when={team().leader} fallback={<p class={styles.none}>{t('grid.noLeader')}</p>}>
                {(leader) => <Member member={leader()} />}
              </Show>
            </List>
            <List title={t('grid.team')} aside={t('grid.people', team().members.length)}>
              <For each={team().members} fallback={<p class={styles.none}>{t('grid.nobody')}</p>}>
                {(member) => <Member member={member} />}
              </For>
            </List>
            <Show when={team().helpers.length > 0}>
              <List title={t('grid.helpers')} aside={t('grid.people', team().helpers.length)}>
                <For each={team().helpers}>{(member) => <Member member={member} />}</For>
              </List>
            </Show>
          </>
        )}
      </Show>
    </Page>
  )
}

function Fact(props: { readonly name: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <div class={styles.fact}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

function kindName(kind: string): string {
  const code = codeList('GRID_KIND').find((one) => one.code === kind)
  return code ? nameOf(code) : kind
}

/** Nothing else was said: a grid of 15 digits is one of the third level. */
function levelName(level: GridRecord['level']): string {
  return t(`grid.levels.${level === 1 ? 'first' : level === 2 ? 'second' : 'third'}`)
}
