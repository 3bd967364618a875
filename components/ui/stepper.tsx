// A small whole number with a minus and a plus.
import { Button } from './button'
import { MinusIcon, PlusIcon } from './icons'

interface Props {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  /** Stands before the number: ≤ where it is a bound. */
  readonly sign?: string
  readonly onChange: (value: number) => void
}

export function Stepper({ label, value, min, max, sign = '', onChange }: Props) {
  return (
    <fieldset
      aria-label={label}
      className="inline-flex h-4 items-stretch rounded-1 border border-rule"
    >
      <Button
        look="square"
        className="h-full"
        aria-label={`${label}: one fewer`}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        <MinusIcon size={14} />
      </Button>
      <output className="flex min-w-4.5 items-center justify-center border-x border-hair font-semibold">
        {sign}
        {value}
      </output>
      <Button
        look="square"
        className="h-full"
        aria-label={`${label}: one more`}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        <PlusIcon size={14} />
      </Button>
    </fieldset>
  )
}
