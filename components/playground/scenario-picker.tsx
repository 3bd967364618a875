'use client'
// The scenario's title, and a menu of all there are; files and links too.
import { StarterItems } from '../controls/starter-items'
import { useRun, useRunStore } from '../session/context'
import { openStarter, saveFile } from '../session/documents'
import { DisclosureMenu } from '../ui/disclosure-menu'
import { ChevronIcon } from '../ui/icons'
import { MenuItem } from '../ui/menu'

export function ScenarioPicker({ onOpenPanel }: { readonly onOpenPanel: () => void }) {
  const store = useRunStore()
  const { id, title } = useRun((run) => run.session.scenario)
  return (
    <h1 className="flex min-w-0">
      <DisclosureMenu
        label={`Scenario: ${title}. Choose another`}
        className="min-w-0 shrink! px-1! font-normal text-ink-2 max-md:font-semibold max-md:text-ink"
        button={
          <>
            <span className="truncate">{title}</span>
            <ChevronIcon size={14} />
          </>
        }
      >
        {(close) => (
          <>
            <MenuItem
              title="Open a file, a link or pasted text"
              onChoose={() => {
                close()
                onOpenPanel()
              }}
            />
            <MenuItem
              title="Save as a file"
              detail="The scenario, its seed and the faults injected by hand"
              onChoose={() => {
                close()
                saveFile(store)
              }}
            />
            <StarterItems
              open={id}
              onChoose={(starter) => {
                close()
                openStarter(store, starter)
              }}
            />
          </>
        )}
      </DisclosureMenu>
    </h1>
  )
}
