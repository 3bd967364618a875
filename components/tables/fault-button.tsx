'use client'
// A bolt that opens the fault menu of the actor or message beside it.
import { useRunFields } from '../session/context'
import { Button } from '../ui/button'
import { BoltIcon } from '../ui/icons'

export function FaultButton({ target, name }: { readonly target: string; readonly name: string }) {
  const set = useRunFields('set').set
  return (
    <Button
      look="square"
      className="size-3!"
      aria-label={`Inject a fault: ${name}`}
      aria-haspopup="menu"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        set({ menu: { target, x: box.left, y: box.bottom + 4 } })
      }}
    >
      <BoltIcon size={16} />
    </Button>
  )
}
