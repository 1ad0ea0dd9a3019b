/** Language, theme and text size of this device. */
import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { List } from '../../ui/List.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './MePage.module.css'
import { prefer, preferences } from './preferences.ts'

export function Appearance(): JSX.Element {
  return (
    <List title={t('me.appearance')}>
      <Switch
        label={t('me.largeText')}
        hint={t('me.largeTextHint')}
        checked={preferences.largeText}
        onChange={(largeText) => prefer({ largeText })}
      />
      <div class={styles.block}>
        <Choice
          label={t('me.theme')}
          value={preferences.theme}
          options={[
            { value: 'system', label: t('me.themes.system') },
            { value: 'light', label: t('me.themes.light') },
            { value: 'dark', label: t('me.themes.dark') },
          ]}
          onChange={(theme) => prefer({ theme })}
        />
      </div>
      <div class={styles.block}>
        <Choice
          label={t('me.language')}
          value={preferences.language}
          options={[
            { value: 'zh-CN', label: t('me.languages.zh') },
            { value: 'en', label: t('me.languages.en') },
          ]}
          onChange={(language) => prefer({ language })}
        />
      </div>
    </List>
  )
}
