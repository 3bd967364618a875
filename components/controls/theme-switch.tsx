'use client'
// Light, dark, system.
import { type Theme, useTheme } from '../session/theme'
import { DisclosureMenu } from '../ui/disclosure-menu'
import { MoonIcon, SunIcon, SystemIcon } from '../ui/icons'
import { MenuItem } from '../ui/menu'

const THEMES: readonly {
  readonly theme: Theme
  readonly title: string
  readonly icon: React.ReactNode
}[] = [
  { theme: 'light', title: 'Light', icon: <SunIcon /> },
  { theme: 'dark', title: 'Dark', icon: <MoonIcon /> },
  { theme: 'system', title: 'As the system', icon: <SystemIcon /> },
]

export function ThemeSwitch() {
  const [theme, choose] = useTheme()
  const now = THEMES.find((each) => each.theme === theme)
  return (
    <DisclosureMenu look="square" label={`Theme: ${now?.title}`} button={now?.icon}>
      {(close) =>
        THEMES.map((each) => (
          <MenuItem
            key={each.theme}
            icon={each.icon}
            title={each.title}
            checked={each.theme === theme}
            onChoose={() => {
              choose(each.theme)
              close()
            }}
          />
        ))
      }
    </DisclosureMenu>
  )
}
