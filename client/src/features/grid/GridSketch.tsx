/** 边界示意图: the boundary of the grid, north up and true to scale. Nothing of it comes from anybody's map. */
import { outlineOf, type Boundary, type Outline } from '@tongge/model'
import MapIcon from 'lucide-solid/icons/map'
import { createMemo, Show, type JSX } from 'solid-js'
import { number } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { pathOf, sketchOf } from './sketch.ts'
import styles from './sketch.module.css'

export function GridSketch(props: { readonly boundary: Boundary | undefined }): JSX.Element {
  const outline = createMemo(() => props.boundary && outlineOf(props.boundary))
  return (
    <Show
      when={outline()}
      fallback={
        <EmptyState
          compact
          icon={<MapIcon size="1.5rem" />}
          title={t('grid.noBoundary')}
          text={t('grid.noBoundaryText')}
        />
      }
    >
      {(found) => <Drawing outline={found()} />}
    </Show>
  )
}

function Drawing(props: { readonly outline: Outline }): JSX.Element {
  const paper = createMemo(() => sketchOf(props.outline))
  const size = () => t('grid.size', lengthText(props.outline.width), lengthText(props.outline.height))
  return (
    <figure class={styles.figure}>
      <div class={styles.paper}>
        <svg
          class={styles.drawing}
          viewBox={`${paper().left} ${paper().top} ${paper().width} ${paper().height}`}
          role="img"
          aria-label={t('grid.drawing', size())}
        >
          <path class={styles.ground} d={pathOf(props.outline)} />
        </svg>
        <div class={styles.key} aria-hidden="true">
          <span class={styles.bar} style={{ width: `${(paper().bar / paper().width) * 100}%` }}>
            {lengthText(paper().bar)}
          </span>
          <span class={styles.north}>
            {t('grid.north')}
            <svg viewBox="0 0 12 18" class={styles.needle}>
              <polygon points="6,0 11,17 6,13 1,17" />
            </svg>
          </span>
        </div>
      </div>
      <figcaption class={styles.caption}>{t('grid.caption', size())}</figcaption>
    </figure>
  )
}

/** To the metre, and from two kilometres on to a tenth of one. */
function lengthText(metres: number): string {
  return metres < 2000
    ? t('grid.metres', number(Number(metres.toPrecision(3))))
    : t('grid.kilometres', number(Number((metres / 1000).toFixed(1))))
}
